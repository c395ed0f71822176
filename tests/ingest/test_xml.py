"""XML: whose turns they are, in dialects and in files of nobody's; what is refused."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError
from pipeline.ingest import xml
from pipeline.ingest.content import Content
from tests.seconds import least_seconds

HEADER = """<teiHeader><fileDesc><titleStmt><title>Dredging</title></titleStmt>
<sourceDesc><bibl><date when="2024-03-04"/></bibl></sourceDesc></fileDesc><profileDesc><particDesc>
<person xml:id="c" role="interviewer"><persName><surname>Chair</surname><forename>First</forename>
</persName></person><person xml:id="w"><persName>Second Witness</persName></person></particDesc>
</profileDesc></teiHeader>"""


def _read(text: str, *, keys: dict[str, str] | None = None) -> Content:
    return xml.read(text.encode(), name="a.xml", keys=keys)


def _tei(body: str) -> Content:
    return _read(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body>{body}</body></text>'
                 "</TEI>")  # fmt: skip


def _said(content: Content) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in content.turns]


WITNESS = "Second Witness"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<u who="#w"><seg>It <hi>silts</hi> up.</seg><seg>Still.</seg></u>',
         [(WITNESS, "It silts up.\n\nStill.")]),
        ('<sp who="#w"><p><seg>It silts</seg> <seg>up.</seg></p></sp>', [(WITNESS, "It silts up.")]),
        ('<sp who="#w"><speaker>A.</speaker><p>It silts up.</p></sp>', [(WITNESS, "It silts up.")]),
        ("<sp><speaker>Pilot:</speaker><p>It silts up.</p></sp>", [("Pilot", "It silts up.")]),
        ('<note type="speaker">The Chair:</note><u who="#c">We are in order.</u>',
         [("First Chair", "We are in order.")]),
        ('<u who="#FirstMember">Why does it silt?</u><u who="#unknown">It rained.</u>',
         [("First Member", "Why does it silt?"), (None, "It rained.")]),
        ('<u who="#w">It <vocal><desc>coughs</desc></vocal>silts<pause/> up.</u>',
         [(WITNESS, "It silts up.")]),
    ],
)  # fmt: skip
def test_utterances_of_tei(body: str, said: list[tuple[str | None, str]]) -> None:
    assert _said(_tei(body)) == said


def test_what_is_in_no_turn_is_accounted_for() -> None:
    content = _tei(
        '<head>Piers</head><u who="#c">Why does it silt?<note>See the map.</note></u><p>Nobody.</p>'
    )
    assert content.turns[0].role == "interviewer"
    assert content.metadata == {"title": "Dredging"}
    assert [(one.reason, one.text) for one in content.dropped] == [
        ("heading", "Piers"), ("note", "See the map."), ("outside the speeches", "Nobody.")
    ]  # fmt: skip


AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><meta>
<references><TLCPerson eId="m" showAs="The Member"/><TLCPerson eId="n" showAs="The Minister"/>
</references></meta><debateBody><question by="#m"><num>1.</num><p>Why?</p></question>
<answer by="#n"><p>Silt.<remark>[Applause]</remark></p><p>Always.</p></answer><scene>(Bell)</scene>
<speech by="#s"><from>The Speaker:</from><p>Order.</p></speech></debateBody></debate></akomaNtoso>"""
EXB = """<basic-transcription><head><speakertable>
<speaker id="A"><abbreviation>Host</abbreviation></speaker>
<speaker id="B"><abbreviation>Pilot</abbreviation></speaker></speakertable></head><basic-body>
<common-timeline><tli id="T0" time="0.0"/><tli id="T1"/><tli id="T2" time="3.0"/>
<tli id="T3" time="4.0"/></common-timeline><tier speaker="A" type="t"><event start="T0" end="T1">Why
does </event><event start="T1" end="T2">it silt? </event><event start="T3" end="T4">Oh.</event>
</tier><tier speaker="B" type="t"><event start="T2" end="T3">It did.</event></tier>
<tier speaker="B" type="a"><event start="T2" end="T3">gloss</event></tier></basic-body>
</basic-transcription>"""
EAF = """<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="0"/>
<TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="3000"/></TIME_ORDER><TIER TIER_ID="x" PARTICIPANT="Pilot">
<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="t2"><ANNOTATION_VALUE>It did.</ANNOTATION_VALUE>
</ALIGNABLE_ANNOTATION></ANNOTATION></TIER><TIER TIER_ID="Host"><ANNOTATION><ALIGNABLE_ANNOTATION
TIME_SLOT_REF1="t1"><ANNOTATION_VALUE>Why does it silt?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>
</ANNOTATION></TIER></ANNOTATION_DOCUMENT>"""
TTML = """<tt><body><div><p begin="00:00:01.000" end="00:00:03.000">HOST: Why does it<br/>silt?</p>
<p begin="00:00:03.500" end="00:00:05.000">PILOT: It did</p>
<p begin="00:00:05.500" end="00:00:07.000">in the winter.</p></div></body></tt>"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (AKN, [("The Member", "Why?"), ("The Minister", "Silt.\n\nAlways."), ("s", "Order.")]),
        (EXB, [("Host", "Why does"), ("Host", "it silt?"), ("Pilot", "It did."), ("Host", "Oh.")]),
        (EAF, [("Host", "Why does it silt?"), ("Pilot", "It did.")]),
    ],
    ids=["akn", "exb", "eaf"],
)  # fmt: skip
def test_dialects(text: str, said: list[tuple[str, str]]) -> None:
    content = _read(text)
    assert _said(content) == said
    assert {(turn.role, turn.start_s) for turn in content.turns} == {(None, None)}


@pytest.mark.parametrize("part", ['<div type="event"><head>{}</head>', "<event><label>{}</label>"])
def test_paragraphs_that_open_with_a_bold_name_are_read_as_printed(part: str) -> None:
    talk = ["Chair", "Pilot", "Chair", "Pilot", "Clerk", "Pilot"]
    speeches = [f'<p><hi rend="bold">{who}</hi> It silts up {n} times.</p><p>And more.</p>'
                for n, who in enumerate(talk)]  # fmt: skip
    close = f"</{part[1:].split()[0].split('>')[0]}>"
    parts = [part.format("Debate" if n % 4 else "Hearing") + "".join(speeches[n : n + 2]) + close
             for n in (0, 2, 4)]  # fmt: skip
    content = _tei("".join(parts))
    assert not content.turns
    assert [p.text for p in content.paragraphs if p.bold] == [
        f"{who} It silts up {n} times." for n, who in enumerate(talk)
    ]
    assert sum(p.text == "And more." for p in content.paragraphs) == len(talk)


def test_one_element_that_holds_the_talk_is_the_text() -> None:
    index = "".join(
        f"<point><time>{n}</time><partial>Chair: Why</partial></point>" for n in range(9)
    )
    talk = "\n\n".join(f"Chair: Why is it {n}?\n\nPilot: It silts up in winter." for n in range(9))
    content = _read(f"<record><index>{index}</index><talk>{talk}</talk></record>")
    assert [p.text for p in content.paragraphs] == talk.split("\n\n")
    assert sum(one.text == "Chair: Why" for one in content.dropped) == 9


def test_words_without_an_element_of_their_own_are_of_the_speaker_beside_them() -> None:
    asked = "<p>1. <member>Mr. North</member> asked whether it silts up.</p>"
    rest = "".join(f"<p><member>{who}</member><said>: It does, in {n} of ten winters.</said></p>"
                   for n, who in enumerate(["The Minister", "Mr. North"] * 3))  # fmt: skip
    said = _said(_read(f"<house>{asked}{rest}</house>"))
    assert said[0] == ("Mr. North", "asked whether it silts up.")
    assert said[1] == ("The Minister", "It does, in 0 of ten winters.")


def test_captions_are_joined() -> None:
    assert [(p.text, p.start_s) for p in _read(TTML).paragraphs] == [
        ("HOST: Why does it silt?", 1.0), ("PILOT: It did in the winter.", 3.5)
    ]  # fmt: skip


ASKED, TOLD = "Why does it silt up?", "It always did, in the winter."
PEOPLE = (
    '<p><person id="h"><name>Host</name></person><person id="p"><name>Pilot</name></person></p>'
)


@pytest.mark.parametrize(
    "turn",
    [
        '<turn speaker="{}">{}</turn>', '<line who="{}" text="{}"/>',
        "<turn><who>{}</who><said>{}</said></turn>", "<u><speaker>{}</speaker><p>{}</p></u>",
        "<p><speaker>{}</speaker>: {}</p>",
        "<beitrag><kuerzel>{}</kuerzel><inhalt>{}</inhalt></beitrag>",
        "<e><head><k>{}</k><nr>1</nr></head><body><x>{}</x></body></e>",
        '<SPEAKER ID="1" NAME="{}" LANGUAGE="EN"><P>{}</P></SPEAKER>',
        '<SPEAKER NAME="{}"/><P>{}</P>', "<speaker>{}</speaker><text>{}</text>",
        "<kuerzel>{}</kuerzel><inhalt>{}</inhalt>",
        '<part><title>Piers</title><turn by="{}"><para>{}</para></turn></part>',
    ],
)  # fmt: skip
def test_elements_that_recur_are_turns_by_what_they_hold(turn: str) -> None:
    pairs = [("Host", ASKED), ("Pilot", TOLD), ("Host", "Who pays?"), ("Pilot", "Nobody does.")]
    content = _read(f"<t>{''.join(turn.format(*pair) for pair in pairs)}</t>")
    assert _said(content) == pairs


def test_ids_lead_to_the_list_of_people() -> None:
    content = _read(f'<t>{PEOPLE}<turn who="#h">{ASKED}</turn><turn who="#p">{TOLD}</turn></t>')
    assert _said(content) == [("Host", ASKED), ("Pilot", TOLD)]


@pytest.mark.parametrize(
    ("one", "two", "roles"),
    [("q", "a", ["interviewer", "respondent"]), ("frage", "antwort", ["interviewer", "respondent"]),
     ("foo", "bar", ["interviewer", "respondent"])],
)  # fmt: skip
def test_two_kinds_of_elements_may_take_turns(one: str, two: str, roles: list[str | None]) -> None:
    pairs = "".join(f"<{one}>{n}: {ASKED}</{one}><{two}>{TOLD}</{two}>" for n in range(4))
    turns = _read(f"<t><title>Piers</title>{pairs}</t>").turns
    assert [turn.role for turn in turns] == roles * 4
    assert [turn.text for turn in turns[:2]] == [f"0: {ASKED}", TOLD]


def test_fields_that_the_user_names_win() -> None:
    text = f'<t><x by="Host" n="1"><m>{ASKED}</m></x><x by="Pilot" n="1"><m>{TOLD}</m></x></t>'
    keys = {"speaker": "by", "text": "m"}
    assert _said(_read(text, keys=keys)) == [("Host", ASKED), ("Pilot", TOLD)]
    with pytest.raises(InputError, match='no column or key "nobody"'):
        _read(text, keys={"speaker": "nobody"})


LINES = """HOST: Why does it silt up every year, or
is it the crane that moves the bar up the
river?

PILOT: It is the bar that silts up, and it
always did."""
PROSE = [" ".join(part.split()) for part in LINES.split("\n\n")]


@pytest.mark.parametrize(
    "body",
    [
        f"<content><![CDATA[<p><b>{PROSE[0]}</b></p>\n<p>{PROSE[1]}</p>]]></content>",
        f"<content>&lt;p&gt;{PROSE[0]}&lt;/p&gt;&lt;p&gt;{PROSE[1]}&lt;/p&gt;</content>",
        f"<content><p>{PROSE[0]}</p><p>{PROSE[1]}</p></content>",
        f"<content><para><i>{PROSE[0]}</i></para><para>{PROSE[1]}</para></content>",
        f"<w><p><r><t>{PROSE[0][:9]}</t></r><r><t>{PROSE[0][9:]}</t></r></p><p>{PROSE[1]}</p></w>",
        f"<transcript>{LINES}</transcript>",
    ],
)
def test_prose_is_read_as_paragraphs_and_short_fields_beside_it_as_metadata(body: str) -> None:
    content = _read(f"<t><id>7</id><title>Piers</title><release-date>2024</release-date>{body}</t>")
    assert [paragraph.text for paragraph in content.paragraphs] == PROSE
    assert content.metadata == {"title": "Piers", "date": "2024"}
    assert [(one.reason, one.text) for one in content.dropped] == [("field id", "7")]


@pytest.mark.parametrize(
    "text",
    [
        f'<t><turn speaker="A & B">Why&nbsp;now?</turn><turn speaker="Pilot">{TOLD}</turn></t>',
        f'<?xml version="1.0" encoding="utf-16"?><t><turn speaker="A &amp; B">Why now?</turn>'
        f'<turn speaker="Pilot">{TOLD}</turn></t>',
    ],
)
def test_what_is_not_quite_xml_is_read(text: str) -> None:
    assert _said(_read(text)) == [("A & B", "Why now?"), ("Pilot", TOLD)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE t [<!ENTITY e SYSTEM "file:///etc/hostname">]><t>&e;</t>', "declares entities"),
        ("<t>" + "<x>" * 300 + "</x>" * 300 + "</t>", "Excessive depth"),
        ("no markup", "a.xml:1: malformed"),
        ("<t>" + "<x/>" * 1_600_000 + "</t>", "more than 1,500,000 elements"),
    ],
    ids=["file", "depth", "text", "elements"],
)
def test_what_cannot_be_read_is_refused_soon(text: str, message: str) -> None:
    def refuse() -> None:
        with pytest.raises(InputError, match=f"{message}.*expected"):
            _read(text)

    assert least_seconds(refuse, enough=10) < 10


def test_the_deepest_document_that_is_admitted_is_read_soon() -> None:
    turns = f'<turn speaker="Host">{ASKED}</turn><turn speaker="Pilot">{TOLD}</turn>' * 100
    deep = f"<t>{'<d>' * 240}{turns}{'</d>' * 240}</t>"
    assert len(_read(deep).turns) == 200
    assert least_seconds(lambda: _read(deep), enough=5) < 5


def test_an_element_of_many_attributes_is_read_soon() -> None:
    given = " ".join(f'a{number}=""' for number in range(100_000))
    turns = f'<turn speaker="Host" {given}>{ASKED}</turn><turn speaker="Pilot">{TOLD}</turn>'
    assert least_seconds(lambda: _read(f"<t>{turns}</t>"), enough=2) < 2


def test_an_element_of_many_short_fields_between_words_is_read_soon() -> None:
    mixed = "".join(f"<f{number}>x</f{number}>word" for number in range(20_000))
    turns = f'<turn speaker="Host">{ASKED}</turn><turn speaker="Pilot">{TOLD}</turn>'
    assert least_seconds(lambda: _read(f"<t>{turns}<d>{mixed}</d></t>"), enough=3) < 3
