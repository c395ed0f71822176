"""Features of grammar from spaCy's parse, cached by text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.parse import Parser, straighten
from pipeline.reading.rows import Span

_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_CACHE_LIMIT = 200_000


class Token(NamedTuple):
    """The attributes of a spaCy token that features use; ``lower`` has straight apostrophes.

    ``entity`` is empty where names were not asked for.
    """

    start: int
    end: int
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str


class SyntaxReader:
    """Parses texts and caches their tokens."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self._seen: dict[str, tuple[Token, ...]] = {}
        self._named: set[str] = set()

    def read(self, texts: Iterable[str], *, names: bool = False) -> list[tuple[Token, ...]]:
        """Return the tokens of each text, in order.

        Args:
            names: fill ``Token.entity`` as well.
        """
        wanted = list(texts)
        seen = self._named if names else self._seen
        missing = sorted({text for text in wanted if text not in seen})
        if len(self._seen) + len(missing) > _CACHE_LIMIT:
            self.forget()
            missing = sorted(set(wanted))
        for text, doc in zip(missing, self.parser.parse(missing, names=names), strict=True):
            self._seen[text] = _tokens_of(doc)
        if names:
            self._named.update(missing)
        return [self._seen[text] for text in wanted]

    def forget(self) -> None:
        """Empty the cache."""
        self._seen.clear()
        self._named.clear()


def _tokens_of(doc: Doc) -> tuple[Token, ...]:
    return tuple(
        Token(
            start=token.idx,
            end=token.idx + len(token),
            lower=straighten(token.lower_),
            lemma=token.lemma_.lower(),
            pos=token.pos_,
            tag=token.tag_,
            dep=token.dep_,
            head=token.head.i,
            entity=token.ent_type_,
        )
        for token in doc
    )


def sentence_terms(tokens: Sequence[Token]) -> list[str]:
    """Return the terms of a unit: n-grams of tags, root, subject, negation, entities."""
    tags = ["<s>", *(token.tag for token in tokens), "</s>"]
    terms = [f"t1:{tag}" for tag in tags[1:-1]]
    terms += [f"t2:{a}_{b}" for a, b in pairwise(tags)]
    terms += [f"t3:{a}_{b}_{c}" for a, b, c in zip(tags, tags[1:], tags[2:], strict=False)]
    terms += [f"ner:{token.entity}" for token in tokens if token.entity]
    terms += [f"p:{token.pos}" for token in tokens[:2]]
    for index, token in enumerate(tokens):
        if token.dep == "ROOT":
            terms += _clause_terms(tokens, index, prefix="root")
        elif token.dep in {"ccomp", "advcl", "conj", "relcl"} and token.pos in {"VERB", "AUX"}:
            terms += _clause_terms(tokens, index, prefix=token.dep)
    return terms


def _clause_terms(tokens: Sequence[Token], index: int, *, prefix: str) -> list[str]:
    root = tokens[index]
    terms = [f"{prefix}.lemma:{root.lemma}", f"{prefix}.tag:{root.tag}"]
    for token in tokens:
        if token.head != index or token is root:
            continue
        if token.dep in _SUBJECTS:
            terms.append(f"{prefix}.subj:{_person(token)}")
            terms.append(f"{prefix}.subj+tag:{_person(token)}+{root.tag}")
        elif token.dep in {"aux", "auxpass"}:
            terms.append(f"{prefix}.aux:{token.lower}")
        elif token.dep == "neg":
            terms.append(f"{prefix}.neg")
        elif token.dep in {"acomp", "attr", "dobj", "oprd"}:
            terms.append(f"{prefix}.{token.dep}:{token.lemma}")
        elif token.dep == "mark":
            terms.append(f"{prefix}.mark:{token.lower}")
        elif token.dep == "advmod":
            terms.append(f"{prefix}.advmod:{token.lower}")
    return terms


def _person(token: Token) -> str:
    if token.pos == "PRON" or token.tag in {"EX", "DT", "WDT", "WP"}:
        return token.lower
    return token.entity or token.pos


def head_token(tokens: Sequence[Token], span: Span) -> int | None:
    """Return the index of the head token of a span; None if it contains no token."""
    inside = {i for i, token in enumerate(tokens) if token.start < span[1] and token.end > span[0]}
    for i in sorted(inside):
        if tokens[i].head not in inside or tokens[i].head == i:
            return i
    return None


def target_terms(tokens: Sequence[Token], span: Span) -> list[str]:
    """Return the terms of a target: its dependency, its verb, its modifiers."""
    index = head_token(tokens, span)
    if index is None:
        return ["dep:?"]
    token = tokens[index]
    terms = [f"dep:{token.dep}", f"place:{4 * index // max(len(tokens), 1)}"]
    path = [token.dep]
    current = index
    for _ in range(4):
        head = tokens[current].head
        if head == current:
            break
        terms.append(f"up:{tokens[head].lemma}")
        if tokens[head].pos in {"VERB", "AUX"}:
            terms += _verb_terms(tokens, head, path="<".join(path[-2:]))
            break
        terms.append(f"under:{path[-1]}<{tokens[head].lemma}")
        path.append(tokens[head].dep)
        current = head
    terms += [
        f"mod:{child.lemma}"
        for child in tokens
        if child.head == index and child is not token and child.dep in {"amod", "compound", "poss"}
    ]
    return terms


def _verb_terms(tokens: Sequence[Token], verb: int, *, path: str) -> list[str]:
    lemma = tokens[verb].lemma
    terms = [f"verb:{lemma}", f"path:{path}", f"verb+path:{lemma}<{path}"]
    for child in tokens:
        if child.head != verb or child is tokens[verb]:
            continue
        if child.dep == "neg":
            terms += ["neg", f"neg+verb:{lemma}"]
        elif child.dep in {"aux", "dobj", "acomp", "attr", "xcomp", "advmod", "prt"}:
            terms.append(f"{path}<v>{child.dep}:{child.lemma}")
        elif child.dep in _SUBJECTS:
            terms.append(f"{path}<v>subj:{_person(child)}")
    return terms


def target_phrase(tokens: Sequence[Token], span: Span) -> Span:
    """Widen a mention to the words that name the target: "Western" to "Western sanctions".

    Includes the noun to its right that a mention modifies, and the title before a name.
    """
    head = head_token(tokens, span)
    if head is None:
        return span
    start, end = span
    token = tokens[head]
    if token.dep in ("amod", "compound") and token.head > head:
        end = max(end, tokens[token.head].end)
    index = next(i for i, t in enumerate(tokens) if t.end > start)
    while index and tokens[index - 1].dep == "compound" and tokens[index - 1].head == head:
        index -= 1
        start = tokens[index].start
    return start, end
