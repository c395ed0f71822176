"""Measures of agreement against libraries and published examples; what is compared with what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from pipeline.coding.agreement import compare, measure, read_raters, write_csv
from pipeline.errors import InputError
from pipeline.records import Label, LabelledReport
from tests.coding.runs import SOURCE, label, talk, write_run


def labels(answers: Sequence[str | None], *, name: str = "anna", doc: str = "a") -> list[Label]:
    """Labels of own stance on the sentences of one interview."""
    interview = talk(doc, ["none"] * len(answers))
    return [
        label(interview, n, west=west, source=f"human:{name}")
        for n, west in enumerate(answers)
        if west is not None
    ]


def test_two_raters_against_scikit_learn_and_by_hand() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: Po = .7."""
    first, second = [0] * 25 + [1] * 25, [0] * 20 + [1] * 5 + [0] * 10 + [1] * 15
    found = measure(np.array([first, second], dtype=float).T, 2)
    assert found["percent"] == 0.7
    assert found["cohen"] == pytest.approx(cohen_kappa_score(first, second), abs=1e-4) == 0.4
    assert found["pabak"] == 0.4
    by_chance = 2 * 0.55 * 0.45  # the mean share of yes is (25 + 30) / 100
    assert found["ac1"] == pytest.approx((0.7 - by_chance) / (1 - by_chance), abs=1e-4)
    assert found["fleiss"] == pytest.approx((0.7 - 0.505) / (1 - 0.505), abs=1e-4)


def test_alpha_of_krippendorffs_example_with_missing_answers() -> None:
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, example C: .743 nominal."""
    data = np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
            [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
        ]
    ).T
    paired = data[(~np.isnan(data)).sum(1) > 1] - 1
    assert measure(paired, 5)["alpha"] == pytest.approx(0.743, abs=5e-4)


def test_a_rare_label_pulls_kappa_down_and_ac1_not() -> None:
    """The paradox of Feinstein and Cicchetti (1990): 118 yes-yes, 5 and 2 apart, no no-no."""
    first, second = [0] * 123 + [1] * 2, [0] * 118 + [1] * 5 + [0] * 2
    found = measure(np.array([first, second], dtype=float).T, 2)
    assert (found["cohen"] or 0) < 0 < 0.9 < (found["ac1"] or 0)


def test_answers_that_are_all_alike_have_no_kappa() -> None:
    found = measure(np.zeros((5, 2)), 4)
    assert (found["percent"], found["cohen"], found["fleiss"], found["alpha"]) == (
        1.0,
        None,
        None,
        None,
    )


def test_sentences_that_one_rater_answered_are_left_out() -> None:
    raters = {
        "anna": labels(["favor", "none", None, "against"]),
        "ben": labels(["favor", "against", "none", None], name="ben"),
    }
    found, differences = compare(raters, draws=5)
    (west,) = found
    assert (west.question, west.n, west.figures["percent"][0]) == ("own stance", 2, 0.5)
    assert west.confusion == {"anna > ben": [("favor", "favor", 1), ("none", "against", 1)]}
    assert [(one["anna"], one["ben"]) for one in differences] == [("none", "against")]
    assert differences[0]["text"] == "NATO keeps case 1."


def test_the_interval_is_over_interviews() -> None:
    """One interview agrees wholly, the other not at all: draws of two give 0, 1/2 and 1."""
    raters = {
        name: [*labels(["favor", "none"], doc="a"), *labels(second, doc="b")]
        for name, second in (("anna", ["favor", "none"]), ("ben", ["none", "favor"]))
    }
    ((west,), _) = compare(raters)
    assert west.figures["percent"] == (0.5, 0.0, 1.0)
    ((alone,), _) = compare({name: given[:2] for name, given in raters.items()})
    assert alone.figures["percent"] == (1.0, None, None)


def test_a_holder_is_an_actor_whatever_its_words() -> None:
    interview = talk("a", ["none"])

    def labelled(holder: str) -> list[Label]:
        reports = (LabelledReport(holder=holder, stance="against"),)
        return [label(interview, 0, attributed=reports, date="2024-01-01")]

    found, _ = compare({"anna": labelled("China"), "ben": labelled("Beijing")}, draws=5)
    by_name = {one.question: one.figures["percent"][0] for one in found}
    assert by_name == {"reports a stance": 1.0, "reported stance": 1.0}


def test_a_run_is_a_rater_and_a_file_has_one_for_each_source(tmp_path: Path) -> None:
    interview = talk("a", ["favor", "none"])
    run = write_run(tmp_path / "run", [interview])
    file = tmp_path / "gold.jsonl"
    both = [*labels(["favor", "none"]), *labels(["none", "none"], name="ben")]
    file.write_text("".join(one.model_dump_json() + "\n" for one in both), encoding="utf8")
    raters = read_raters([run, file])
    assert [(name, len(given)) for name, given in raters.items()] == [
        ("run", 2),
        ("human:anna", 2),
        ("human:ben", 2),
    ]
    assert {one.source for one in raters["run"]} == {SOURCE}
    with pytest.raises(InputError, match="1 rater"):
        read_raters([run])


def test_rows_without_a_source_are_by_the_name_of_their_file(root: Path) -> None:
    raters = read_raters([root / "corpus" / "gold" / "labels.jsonl"] * 2)
    assert list(raters) == ["labels (1)", "labels (2)"]


def test_raters_without_a_sentence_in_common_are_an_error() -> None:
    with pytest.raises(InputError, match="no sentence in common"):
        compare({"anna": labels(["none"]), "ben": labels(["none"], doc="b")})


def test_differences_go_to_a_place_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose another -o"):
        write_csv(tmp_path / "nowhere" / "differences.csv", [])


def test_links_are_compared_as_linked_or_not_by_parent_and_by_kind() -> None:
    interview = talk("a", ["none"] * 4, per_turn=4)
    texts = [unit.text for unit in interview.judged_units()]
    anna = [("support", 1), ("attack", 2), ("none", None), (None, None)]
    ben = [("support", 1), ("support", 3), ("support", 0), ("none", None)]
    raters = {
        name: [
            label(interview, n, relation=kind, parent=None if to is None else texts[to],
                  source=f"human:{name}")
            for n, (kind, to) in enumerate(said)
        ]
        for name, said in (("anna", anna), ("ben", ben))
    }  # fmt: skip
    agreement, differences = compare(raters, draws=2)
    found = {one.question: one for one in agreement}
    assert {name: (one.n, one.figures["percent"][0]) for name, one in found.items()} == {
        "linked": (3, 0.6667), "parent": (2, 0.5), "relation": (2, 0.5),
    }  # fmt: skip
    assert found["linked"].confusion == {
        "anna > ben": [("linked", "linked", 2), ("none", "linked", 1)]
    }
    assert found["parent"].confusion == {}
    assert found["parent"].figures["cohen"] == (None, None, None)
    assert [row["anna"] for row in differences] == ["none", texts[2], "attack"]
