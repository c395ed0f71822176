"""The column country holds codes: a name is refused with the code that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import SegmentSettings
from pipeline.corpus.add import add_transcript
from pipeline.corpus.check import check_corpus
from pipeline.corpus.countries import country_codes, country_fault
from pipeline.errors import InputError


@pytest.mark.parametrize("country", ["DE", "de", "LV/SK", "US / UA", "GL"])
def test_codes_are_accepted(country: str) -> None:
    assert country_fault(country) is None


@pytest.mark.parametrize(
    ("country", "hint"),
    [
        ("Germany", "Germany is DE"),
        ("germany", "germany is DE"),
        ("the Netherlands", "the Netherlands is NL"),
        ("UK", "UK is GB"),
        ("LV/Slovakia", "Slovakia is SK"),
        ("Germny", "did you mean DE (Germany)?"),
        ("Mordor", "expected an ISO 3166 code of two letters"),
    ],
)
def test_a_name_is_refused_with_its_code(country: str, hint: str) -> None:
    assert hint in (country_fault(country) or "")


@pytest.mark.parametrize(
    ("country", "codes"), [("Germany", "DE"), ("lv/Slovakia", "LV/SK"), ("Mordor", None)]
)
def test_names_become_codes(country: str, codes: str | None) -> None:
    assert country_codes(country) == codes


def test_add_refuses_a_name_of_the_users_and_converts_the_files(
    tmp_path: Path, transcript: Path, settings: SegmentSettings
) -> None:
    new, name = tmp_path / "new", {"country": "Germany"}
    with pytest.raises(InputError, match="Germany is DE; correct --country"):
        add_transcript(transcript, corpus=new, metadata=name, settings=settings)
    assert not new.exists()
    text = transcript.read_text("utf8")
    transcript.write_text(f"---\ncountry: Germany\n---\n{text}", encoding="utf8")
    added = add_transcript(transcript, corpus=new, metadata={}, settings=settings)
    assert added.row.country == "DE"


def test_check_names_the_line(corpus: Path, write_index, settings: SegmentSettings) -> None:
    write_index({"id": "airport", "path": "transcripts/airport.txt", "country": "Germany"})
    (found,) = check_corpus(corpus, settings=settings)
    assert found.problems[0].endswith("Germany is DE; correct the line")
