"""Loading spaCy and parsing turns: the one place that knows the spaCy model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import ArtefactError, InputError
from pipeline.records import Interview

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"'})
_PARSE = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE")


def straighten(text: str) -> str:
    """Straighten curly apostrophes and quotation marks; every character keeps its offset."""
    return text.translate(_STRAIGHT)


@lru_cache(maxsize=2)
def load_spacy(model: str) -> Language:
    """Load the spaCy model that the settings name, from its installed package.

    Raises:
        ArtefactError: the package is not installed or holds no model.
    """
    try:
        nlp = import_module(model).load()
    except (ImportError, AttributeError, OSError) as error:
        raise ArtefactError(
            f'spaCy model "{model}" cannot be loaded ({error}); expected an installed package; '
            "install Westward with its dependencies, or set parse.model"
        ) from error
    if not isinstance(nlp, Language):
        raise ArtefactError(f'package "{model}" did not load as a spaCy pipeline')
    return nlp


class Parser:
    """Parses the turns of one interview once, for all stages that ask.

    spaCy's small models misread curly apostrophes ("don’t" without a negation), so a text is
    parsed as if they were straight. Its Doc has the words as they were written and the parse of
    the straight ones: lemmas, tags and dependencies are the same in both spellings, ``lower_`` is
    not (``straighten`` makes it so).
    """

    def __init__(self, model: str, *, max_chars: int = 1_000_000) -> None:
        self.nlp = load_spacy(model)
        self.max_chars = max_chars
        self._key: tuple[str, int] | None = None
        self._docs: dict[str, Doc] = {}

    @property
    def version(self) -> str:
        """Name and version of the model, for run.json."""
        meta = self.nlp.meta
        return f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"

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

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse loose texts, such as single units, in order; ``doc.text`` is the text as given."""
        yield from self._parse(texts, batch_size=128)

    def _parse(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Doc]:
        both = ((straighten(text), text) for text in texts)
        for doc, text in self.nlp.pipe(both, as_tuples=True, batch_size=batch_size):
            yield doc if doc.text == text else _as_written(doc, text)


def _as_written(doc: Doc, text: str) -> Doc:
    """Return a Doc with the words of a text and the parse of another of the same length."""
    words = [text[token.idx : token.idx + len(token)] for token in doc]
    written = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    parse: Any = doc.to_array(list(_PARSE))
    return written.from_array(list(_PARSE), parse)
