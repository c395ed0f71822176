"""The meaning of a name by the words around it: a place, an attribute, a person."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from pipeline.actors.matcher import Token
from pipeline.records import PartialDate, Record

_REACH = 4
_TITLE_WORDS = 3
_COURTESIES = frozenset(("miss", "mr", "mrs"))
_ARTICLES = frozenset({"the", "their", "our", "its"})
_EACH = frozenset({"every", "each", "any"})
_INSIDE = frozenset("',-/&")


class Context(Record):
    """The word lists of ``context.toml``, each explained there."""

    titles: frozenset[str] = frozenset()
    courtesies: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    place_words: frozenset[str] = frozenset()
    governors: frozenset[str] = frozenset()
    path_words: frozenset[str] = frozenset()
    journeys: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    powers: frozenset[str] = frozenset()
    opinions: frozenset[str] = frozenset()
    visited: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    sights: frozenset[str] = frozenset()
    assaults: frozenset[str] = frozenset()
    attributed: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    acting: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    no_names: frozenset[str] = frozenset()
    common_heads: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    tongues: frozenset[str] = frozenset()
    forenames: tuple[tuple[str, ...], ...] = ()
    undated_from: PartialDate | None = Field(default=None)

    def after_office(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether such a title is of an office: "President", not "Dr"."""
        title = self._title_before(tokens, start)
        return title is not None and title not in self.courtesies

    def _title_before(self, tokens: Sequence[Token], start: int) -> str | None:
        """The title right before a token, in lower case; none where there is none held now."""
        before = start - 1
        if before > 0 and tokens[before].text == ".":
            before -= 1
        if before < 0 or (title := tokens[before].text.lower()) not in self.titles:
            return None
        words = [token.text.lower() for token in tokens[max(0, before - _TITLE_WORDS) : before]]
        return None if self.former.intersection(words) else title

    def after_courtesy(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether "Ms", "Dr" or a given name makes of the next word a person's name."""
        if start and tokens[start - 1].text in self.given_names:
            return True
        title = self._title_before(tokens, start)
        return title is not None and (title in self.courtesies or title in _COURTESIES)

    def titled_surname(self, tokens: Sequence[Token], start: int, after: int) -> bool:
        """Tell whether a common surname is a person's: "Prime Minister May", not "Mr May Lin"."""
        follows = tokens[after].text if after < len(tokens) else ""
        return self._title_before(tokens, start) is not None and not follows.istitle()

    def after_forename(self, tokens: Sequence[Token], start: int) -> bool:
        """Return whether another person's forename precedes a surname: "Lara Trump".

        A capitalised word that is no title and does not start the sentence counts as one.
        """
        if start < 2:
            return False
        word, earlier = tokens[start - 1].text, tokens[start - 2].text
        if not (word.istitle() and word.isalpha() and len(word) > 1):
            return False
        starts_sentence = not earlier[0].isalnum() and earlier not in _INSIDE
        return not starts_sentence and word.lower() not in self.titles

    def in_longer_name(self, tokens: Sequence[Token], start: int, after: int) -> bool:
        """Tell whether capitalised words around a common word make a longer name of it."""
        if after < len(tokens) and tokens[after].text.istitle():
            return True
        before = tokens[start - 1].text if start else ""
        return before.istitle() and start > 1 and before.lower() not in _ARTICLES

    def only_a_place(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether a capital or continent is where something is, and does not act itself."""
        before = start - 1
        if before >= 0 and tokens[before].text == "the":
            before -= 1
        if before < 0:
            return False
        word = tokens[before].text
        if word in self.place_words:
            return before == 0 or tokens[before - 1].text.lower() not in self.governors
        if word in self.path_words:
            near = tokens[max(0, before - _REACH) : before]
            return any(token.text.lower() in self.journeys for token in near)
        return False

    def only_an_attribute(
        self, tokens: Sequence[Token], start: int, after: int, *, open_set: bool
    ) -> bool:
        """Tell whether tokens ``start`` to ``after``, a nationality, only describe the next noun.

        Args:
            open_set: the word names several states ("European countries": which is open).
        """
        if after >= len(tokens):
            return False
        noun = tokens[after].text
        if after + 1 < len(tokens) and tokens[after + 1].text.lower() in self.acting:
            return False
        if noun in self.private:
            return not start or tokens[start - 1].text.lower() not in _EACH
        return noun in self.attributed or (open_set and noun in self.countries)
