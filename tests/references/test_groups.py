"""Groups: the members of an alliance, a bloc, a partnership."""

from __future__ import annotations

import pytest

from tests.references.conftest import Resolve

TWO = ("China", "Russia")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("An alliance between China and Russia is near.", "An alliance"),
        ("The bloc of China and Russia grows.", "The bloc"),
        ("China and Russia trade. This new alliance will last.", "This new alliance"),
        ("China and Russia agree, and their axis will hold.", "their axis"),
        ("The Sino-Russian partnership grows. Such an entente will last.", "Such an entente"),
        ("China and Russia stand together against NATO. This new alliance is a danger.",
         "This new alliance"),
        ("China and Russia met to oppose the Western alliance. The strategic partnership grew.",
         "The strategic partnership"),
    ],
)  # fmt: skip
def test_the_members_of_a_group_are_those_named_together(
    resolve: Resolve, answer: str, words: str
) -> None:
    assert set(resolve(answer, country="BR")[words]) == set(TWO)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("NATO met in May. The alliance is old.", "The alliance"),
        ("NATO invited China and Russia. The alliance is old.", "The alliance"),
        ("China and Russia fear NATO. They say the alliance grows.", "the alliance"),
    ],
)
def test_the_alliance_stays_nato_where_nato_was_named(
    resolve: Resolve, answer: str, words: str
) -> None:
    assert resolve(answer, country="BR")[words] == ("NATO",)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("China and Russia trade. A new bloc is far away.", "A new bloc"),
        ("China trades. This new alliance will last.", "This new alliance"),
        ("A partnership with China and Russia is near.", "A partnership"),
        ("China and Russia fear the Western alliance. This alliance grows.", "This alliance"),
    ],
)
def test_a_group_without_known_members_is_not_resolved_to_others(
    resolve: Resolve, answer: str, words: str
) -> None:
    assert set(resolve(answer, country="BR").get(words, ())) != set(TWO)
