"""A government's press conference in German: the floor, who presides, and the page around it."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.speakers import group_labels

HEAD = (
    "HAFENKONFERENZ/0815: Konferenz der Häfen vom 3. März 2031",
    "Themen: Laternen am Nordkai, Brot für die Lotsen",
    "Sprecher: StS Ahlfeld, Brunk (MfL), Kapitän Dorn (HAmt)",
    "Vorsitzende Ehlers eröffnet die Konferenz.",
)
TURNS = (
    ("StS Ahlfeld", "Guten Tag! Die Laternen am Nordkai brennen seit gestern wieder."),
    ("Frage", "Wer hat das Öl bezahlt, und warum brennen die am Südkai nicht?"),
    ("StS Ahlfeld", "Das Öl hat die Stadt bezahlt."),
    ("Brunk", "Ich kann das nur ergänzen: Am Südkai gibt es keine Laternen."),
    ("Zusatzfrage", "Meine Frage war, ob es dort welche geben wird."),
    ("Brunk", "Darüber berichte ich, wenn es sie gibt."),
    ("Zuruf", "Dann sehen wir sie ja!"),
    ("Vorsitzende Ehlers", "Lassen Sie uns bitte beim Brot weitermachen."),
    ("Frage", "Bekommen die Lotsen jetzt wieder Brot?"),
    ("Kapitän Dorn", "Sie bekommen Brot, aber nicht jeden Tag."),
    ("Zusatz", "Das haben Sie im Herbst schon gesagt."),
    ("Kapitän Dorn", "Im Herbst war es auch so."),
    ("Frage", "Und wer backt es?"),
    ("StS Ahlfeld", "Ein Bäcker, den wir nicht nennen."),
    ("Vorsitzende Ehlers", "Damit sind wir am Ende. Einen guten Tag!"),
)
FOOT = ("Quelle:", "Mitschrift der Konferenz", "Herausgeber: Amt für Laternen")


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_who_calls_out_or_adds_is_of_the_floor_and_the_chair_leads() -> None:
    interview = build(*HEAD, *(f"{name}: {said}" for name, said in TURNS), *FOOT)
    roles = {speaker.name: speaker.role for speaker in interview.speakers}
    assert roles == {
        "StS Ahlfeld": "respondent",
        "Frage": "interviewer",
        "Brunk": "respondent",
        "Vorsitzende Ehlers": "interviewer",
        "Kapitän Dorn": "respondent",
    }
    assert [turn.text for turn in interview.turns] == [said for _, said in TURNS]


def test_a_chair_whom_the_floor_asks_answers() -> None:
    interview = build(
        "Frage: Wer hat das Öl bezahlt?",
        "Vorsitzender Ehlers: Das Öl hat die Stadt bezahlt, so wie in jedem Jahr.",
        "Frage: Und wer bezahlt den Docht?",
        "Vorsitzender Ehlers: Den Docht bezahlt der Wärter, der ihn auch schneidet.",
        "Frage: Warum der Wärter?",
        "Vorsitzender Ehlers: Weil er das Messer hat.",
    )
    assert [speaker.role for speaker in interview.speakers] == ["interviewer", "respondent"]


def test_beside_question_a_correspondent_is_one_of_the_floor() -> None:
    interview = build(
        "Question: Who paid for the lamps?",
        "Spokesman: The town did, and it has the receipt.",
        "Correspondent: It says that it has none.",
        "Spokesman: It has one, and it is for a crane.",
        "Question: Whose crane?",
        "Spokesman: Nobody's, so far.",
    )
    assert [speaker.name for speaker in interview.speakers] == ["Question", "Spokesman"]


def test_beside_a_reporter_a_correspondent_is_another() -> None:
    assert len(set(group_labels(_labels("Reporter", "Correspondent")))) == 2
    assert len(set(group_labels(_labels("Question", "Correspondent", "Follow-up")))) == 1


def _labels(*texts: str) -> list[Label]:
    return [label for text in texts if (label := parse_label(text))]
