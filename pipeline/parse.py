"""The spaCy model, and the parse of each turn of an interview."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.artefacts import has_model, sha256_of_folder, verify_model
from pipeline.errors import ArtefactError, InputError
from pipeline.records import Interview

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"'})
_NAMES = ("ner",)
_CHARS_AT_ONCE = 20_000
_PIECE = re.compile(r".{1,10000}(?:(?<=[.?!\n])\s+|\Z)|.{1,10000}", re.DOTALL)
"""What is parsed at once of a long text: to the end of a sentence or of a line."""
_PARSE = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE")


def straighten(text: str) -> str:
    """Straighten curly apostrophes and quotation marks; every character keeps its offset."""
    return text.translate(_STRAIGHT)


@lru_cache(maxsize=2)
def load_spacy(model: str, *, models: Path | None = None) -> Language:
    """Load a spaCy model from a folder of models, an installed package or a path, in this order.

    A model in a folder of models is verified against the hashes in its ``meta.json``.

    Raises:
        ArtefactError: there is no such model, or it is altered or incomplete.
    """
    name = str(verify_model(model, models=models)) if has_model(model, models=models) else model
    try:
        return spacy.load(name)
    except (ImportError, AttributeError, TypeError, OSError, ValueError) as error:
        raise ArtefactError(
            f'spaCy model "{model}" cannot be loaded ({error}); expected the name of a folder in '
            "models/, an installed package or a path; correct the setting parse.model"
        ) from error


class Parser:
    """Parses the turns of one interview once, for all stages.

    spaCy's small models misread curly apostrophes ("don’t" without a negation), so they are
    straightened before parsing. The Doc has the words as written: lemmas, tags and dependencies
    are the same in both spellings, ``lower_`` is not (see ``straighten``).
    """

    def __init__(
        self, model: str, *, models: Path | None = None, max_chars: int = 1_000_000
    ) -> None:
        self.nlp = load_spacy(model, models=models)
        self.max_chars = max_chars
        self._key: tuple[str, int] | None = None
        self._docs: dict[str, Doc] = {}

    @property
    def version(self) -> str:
        """Name and version of the model, for run.json."""
        meta = self.nlp.meta
        return f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"

    @cached_property
    def fingerprint(self) -> tuple[str, int]:
        """What a parse depends on: the hash of the model's files, and the longest turn."""
        return sha256_of_folder(Path(self.nlp.path)), self.max_chars

    def docs(self, interview: Interview) -> dict[str, Doc]:
        """Return a spaCy Doc for each turn, by turn id; ``doc.text == turn.text``.

        Raises:
            InputError: a turn is longer than spaCy can hold.
        """
        key = (interview.id, hash(interview.turns))
        if self._key != key:
            for turn in interview.turns:
                if len(turn.text) > self.max_chars:
                    raise InputError(
                        f"{interview.id}: turn {turn.id} has {len(turn.text):,} characters; "
                        f"expected at most {self.max_chars:,}; split the transcript, or check "
                        "that its speaker labels were found"
                    )
            texts = (turn.text for turn in interview.turns)
            docs = self._parse(texts, batch_size=32)
            self._docs = {turn.id: doc for turn, doc in zip(interview.turns, docs, strict=True)}
            self._key = key
        return self._docs

    def parse(self, texts: Iterable[str], *, names: bool = True) -> Iterator[Doc]:
        """Parse single texts, such as units, in order; ``doc.text`` is the text as given.

        Args:
            names: find named entities, which takes half of the time.
        """
        yield from self._parse(texts, batch_size=128, without=() if names else _NAMES)

    def _parse(
        self, texts: Iterable[str], *, batch_size: int, without: Sequence[str] = ()
    ) -> Iterator[Doc]:
        wanted = list(texts)
        pieces = [_PIECE.findall(straighten(text)) or [""] for text in wanted]
        docs = (
            doc
            for batch in _batches(chain.from_iterable(pieces), batch_size)
            for doc in self.nlp.pipe(batch, batch_size=batch_size, disable=without)
        )
        for text, own in zip(wanted, pieces, strict=True):
            parts = list(islice(docs, len(own)))
            doc = Doc.from_docs(parts, ensure_whitespace=False) if parts[1:] else parts[0]
            if doc is not None:
                yield doc if doc.text == text else _as_written(doc, text)


def _batches(texts: Iterable[str], most: int) -> Iterator[list[str]]:
    """Yield texts in order, some at a time: spaCy needs 25 kB a word while it parses."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == most or sum(map(len, batch)) + len(text) > _CHARS_AT_ONCE):
            yield batch
            batch = []
        batch.append(text)
    yield batch


def _as_written(doc: Doc, text: str) -> Doc:
    """Return a Doc with the words of a text and the parse of another of the same length."""
    words = [text[token.idx : token.idx + len(token)] for token in doc]
    written = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    parse: Any = doc.to_array(list(_PARSE))
    return written.from_array(list(_PARSE), parse)
