"""Written answers become records with their neighbours, and a faulty line is named."""

from pathlib import Path

import pytest

from pipeline.errors import InputError
from training.finetune.written import DEV_FOLDER, is_of_talk, read_written, written_files

SOUND = """\
# talk-01 | harbour master of a Baltic port
Q: Does the alliance hold?
C	F	+	The alliance	-	The alliance holds.
P	-	0	IMPLICIT:NATO	the neighbours:-;Oslo:+	The neighbours grumbled, Oslo cheered.
Q: -
N	-	n	-	-	Thank you.
"""


def write(folder: Path, text: str) -> Path:
    (folder / "talk.tsv").write_text(text, encoding="utf-8")
    return folder


def test_answers_become_records_in_context(tmp_path: Path) -> None:
    first, second, third = read_written(write(tmp_path, SOUND))
    assert first["target"] == "The alliance"
    assert first["implicit_target"] is None
    assert (first["component"], first["kind"], first["west"]) == ("claim", "fact", "favor")
    assert second["implicit_target"] == "NATO"
    assert second["kind"] is None
    assert second["attributed"] == [
        {"holder": "the neighbours", "stance": "against"},
        {"holder": "Oslo", "stance": "favor"},
    ]
    assert (first["context_before"], first["context_after"]) == ("", second["text"])
    assert second["question"] == "Does the alliance hold?"
    assert third["question"] == third["context_before"] == ""
    assert {r["split"] for r in (first, second, third)} == {"train"}
    assert [r["id"] for r in (first, second, third)] == ["talk:0003", "talk:0004", "talk:0006"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("C\tF\t+\tNATO\t-", "5 fields"),
        ("X\tF\t+\tNATO\t-\tNATO holds.", "component 'X'"),
        ("P\tF\t+\tNATO\t-\tNATO holds.", "kind 'F'"),
        ("C\tF\t+\tthe Union\t-\tNATO holds.", "target 'the Union'"),
        ("C\tF\tn\tNATO\t-\tNATO holds.", "target 'NATO'"),
        ("C\tF\t+\tNATO\tOslo\tNATO holds.", "attributed 'Oslo'"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(InputError, match=f"talk.tsv:2: found {reason}"):
        read_written(write(tmp_path, f"# d | somebody\n{line}\n"))


def test_the_shipped_answers_can_be_read() -> None:
    records = read_written()
    assert len(records) > 6000
    assert {path.stem for path in written_files()} == {r["id"].partition(":")[0] for r in records}
    assert len({r["id"] for r in records}) == len(records)


def test_the_talks_of_dev_are_fitted_on_by_nobody() -> None:
    dev = read_written(DEV_FOLDER, split="dev")
    fitted = {record["text"] for record in read_written()}
    assert {record["split"] for record in dev} == {"dev"}
    assert all(is_of_talk(record) for record in dev)
    assert not [one["text"] for one in dev if len(one["text"]) > 40 and one["text"] in fitted]


def test_whole_talks_are_told_from_answers() -> None:
    kinds = {is_of_talk(record) for record in read_written()}
    assert kinds == {True, False}
