"""Transcripts in XML: whose turns they are, what is no speech, and what is refused."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Source
from pipeline.turns import understand

HEADER = """\
<teiHeader><fileDesc>
<titleStmt><title type="main" xml:lang="xx">Zasedanie</title>
<title type="main" xml:lang="en">Committee on Harbours [SAMPLE]</title>
<title type="sub" xml:lang="en">Dredging</title>
<respStmt><resp>Encoding</resp><persName>The Encoder</persName></respStmt></titleStmt>
<publicationStmt><date when="2030-01-01"/></publicationStmt>
<sourceDesc><bibl><date when="2024-03-04"/></bibl></sourceDesc></fileDesc>
<profileDesc><particDesc><listPerson>
<person xml:id="c"><persName><surname>Chairwoman</surname><forename>First</forename></persName>
</person>
<person xml:id="w"><persName><forename>Second</forename><nameLink>van</nameLink>
<surname>Witness</surname></persName><occupation>pilot</occupation></person>
</listPerson></particDesc></profileDesc></teiHeader>
"""


def _read(text: str, *, name: str = "a.xml", keys: dict[str, str] | None = None) -> Source:
    return read_bytes(text.encode(), name=name, keys=keys)


def _tei(body: str, *, header: str = HEADER) -> Source:
    return _read(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'
    )


def _said(source: Source) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in source.turns]


def _dropped(source: Source) -> list[tuple[str, str]]:
    return [(piece.reason, piece.text) for piece in source.dropped]


# TEI


def test_segments_of_an_utterance_are_its_paragraphs() -> None:
    source = _tei('<u who="#w"><seg>The bar <hi>silts</hi> up.</seg><seg>Always did.</seg></u>')
    assert _said(source) == [("Second van Witness", "The bar silts up.\n\nAlways did.")]


def test_a_segment_in_a_paragraph_is_a_piece_of_it() -> None:
    source = _tei('<sp who="#w"><p><seg>It silts</seg> <seg>up.</seg></p></sp>')
    assert source.turns[0].text == "It silts up."


def test_a_note_before_the_utterance_says_by_which_name_the_speaker_is_shown() -> None:
    source = _tei(
        '<note type="speaker">The Chair:</note><u who="#c">Order.</u><u who="#w">Yes.</u>'
        '<u who="#c">Thank you.</u>'
    )
    assert _said(source) == [
        ("The Chair", "Order."),
        ("Second van Witness", "Yes."),
        ("The Chair", "Thank you."),
    ]
    assert _dropped(source) == [("speaker label", "The Chair:")]


def test_two_whom_the_transcript_shows_by_one_office_stay_apart() -> None:
    label = '<note type="speaker">The Chair:</note>'
    source = _tei(f'{label}<u who="#c">Order.</u>{label}<u who="#w">Order again.</u>')
    assert [turn.speaker for turn in source.turns] == [
        "The Chair (First Chairwoman)",
        "The Chair (Second van Witness)",
    ]


def test_a_label_of_one_letter_gives_way_to_the_name_in_the_header() -> None:
    source = _tei('<sp who="#w"><speaker>A:</speaker><p>It silts up.</p></sp>')
    assert _said(source) == [("Second van Witness", "It silts up.")]


def test_a_speech_without_ids_is_spoken_by_its_label() -> None:
    source = _tei("<sp><speaker>Harbour Master:</speaker><p>It silts up.</p></sp>")
    assert _said(source) == [("Harbour Master", "It silts up.")]


def test_an_id_without_a_name_is_shown_and_is_a_warning() -> None:
    source = _tei('<u who="#FirstMember">Why?</u><u who="#m2">Since when?</u>')
    assert [turn.speaker for turn in source.turns] == ["First Member", "m2"]
    assert "no names for 2 of the speakers (FirstMember, m2)" in source.warnings[0]


def test_an_id_for_the_unknown_makes_no_speaker_of_several() -> None:
    source = _tei(
        '<note type="speaker">A voice:</note><u who="#unknown">Oh!</u><u who="#unknown">No.</u>'
    )
    assert _said(source) == [("A voice", "Oh!"), (None, "No.")]


def test_what_nobody_says_is_accounted_for_with_its_reason_and_line() -> None:
    source = _tei(
        '\n<head>Dredging</head>\n<pb n="12"/>\n<note type="time">It met at nine.</note>\n'
        '<u who="#w">It <vocal><desc>coughs</desc></vocal>silts <gap reason="inaudible"/>up.'
        '<note place="foot">See the map.</note></u>\n<kinesic><desc>applause</desc></kinesic>\n'
        "<incident><desc>A door.</desc></incident><p>The room emptied.</p>"
    )
    assert _said(source) == [("Second van Witness", "It silts up.")]
    lines = HEADER.count("\n")
    assert [(piece.reason, piece.text, piece.line - lines) for piece in source.dropped] == [
        ("heading", "Dredging", 2),
        ("page break", "12", 3),
        ("note", "It met at nine.", 4),
        ("sound", "coughs", 5),
        ("gap", "inaudible", 5),
        ("note", "See the map.", 5),
        ("gesture", "applause", 6),
        ("incident", "A door.", 7),
        ("outside the speeches", "The room emptied.", 7),
    ]


def test_turns_have_the_lines_of_the_source() -> None:
    source = _tei('\n<u who="#c">Why?</u>\n\n<u who="#w">It silts up.</u>', header="")
    assert [turn.line for turn in source.turns] == [2, 4]


def test_title_and_date_are_of_the_talk_and_not_of_the_edition() -> None:
    source = _tei('<u who="#c">Why?</u>')
    assert source.metadata["title"] == "Committee on Harbours: Dredging"
    assert source.metadata["date"] == "2024-03-04"


def test_a_chair_a_member_and_a_guest_have_no_role() -> None:
    header = HEADER.replace('xml:id="c"', 'xml:id="c" role="chair"')
    source = _tei(
        '<u who="#c" ana="#chair">Why?</u><u who="#w" ana="#guest">It silts up.</u>', header=header
    )
    assert [turn.role for turn in source.turns] == [None, None]


def test_whom_the_header_calls_interviewer_has_that_role() -> None:
    header = HEADER.replace('xml:id="c"', 'xml:id="c" role="interviewer"').replace(
        'xml:id="w"', 'xml:id="w" role="informant"'
    )
    source = _tei('<u who="#c">Why?</u><u who="#w">It silts up.</u>', header=header)
    assert [turn.role for turn in source.turns] == ["interviewer", "respondent"]


def test_who_is_credited_with_asking_is_metadata() -> None:
    header = HEADER.replace("<resp>Encoding", "<resp>Interviewed by")
    assert _tei('<u who="#c">Why?</u>', header=header).metadata["interviewer"] == "The Encoder"


def test_speech_within_a_speech_parts_it() -> None:
    source = _tei('<u who="#w">It silts <u who="#c">Oh.</u> up.</u>')
    assert _said(source) == [
        ("Second van Witness", "It silts"),
        ("First Chairwoman", "Oh."),
        ("Second van Witness", "up."),
    ]


def test_the_speaker_may_be_named_around_the_utterance() -> None:
    source = _tei('<annotationBlock who="#w"><u><seg>It silts up.</seg></u></annotationBlock>')
    assert _said(source) == [("Second van Witness", "It silts up.")]


def test_words_marked_one_by_one_are_joined_as_they_say() -> None:
    source = _tei(
        '<u who="#w"><seg><s><w>At</w>\n<name><w>Old</w>\n<w join="right">Port</w></name>\n'
        '<pc>,</pc>\n<w>it</w> <w join="right">silts</w>\n<pc>.</pc></s></seg></u>'
    )
    assert source.turns[0].text == "At Old Port, it silts."


def test_of_two_readings_the_editors_is_taken() -> None:
    source = _tei('<u who="#w">It <choice><sic>sillts</sic><corr>silts</corr></choice> up.</u>')
    assert source.turns[0].text == "It silts up."
    assert _dropped(source) == [("other reading", "sillts")]


def test_a_corpus_of_several_texts_is_read_and_is_a_warning() -> None:
    text = '<TEI><text><u who="a">Why?</u></text></TEI>'
    source = _read(f"<teiCorpus>{text}{text}</teiCorpus>")
    assert len(source.turns) == 2
    assert "a corpus of 2 texts" in source.warnings[0]


def test_tei_without_speech_is_an_error_that_says_where() -> None:
    with pytest.raises(InputError, match=r"a\.xml:2: TEI without speech in <u> or <sp>; expected"):
        _read("<TEI>\n<text><body><p>The bar silts up.</p></body></text></TEI>")


# Akoma Ntoso

DEBATE = """\
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><meta>
<identification><FRBRWork><FRBRdate date="2024-03-04"/></FRBRWork></identification>
<references><TLCPerson eId="m" showAs="The Member"/><TLCPerson eId="n" showAs="The Minister"/>
</references></meta><debateBody><debateSection><heading>Dredging</heading>
{}
</debateSection></debateBody></debate></akomaNtoso>
"""


def test_speeches_of_a_debate_are_by_whom_they_name() -> None:
    source = _read(
        DEBATE.format(
            '<speech by="#s"><from>The Speaker:</from><p>Order.</p></speech><scene>(Bell)</scene>'
            '<speech by="#n"><p>It silts.<br/>It did.</p><p>Up.<remark>[Applause]</remark></p>'
            "</speech>"
        )
    )
    assert _said(source) == [
        ("The Speaker", "Order."),
        ("The Minister", "It silts. It did.\n\nUp."),
    ]
    assert _dropped(source) == [
        ("heading", "Dredging"),
        ("speaker label", "The Speaker:"),
        ("stage direction", "(Bell)"),
        ("stage direction", "[Applause]"),
    ]
    assert source.metadata == {"title": "Dredging", "date": "2024-03-04"}


def test_a_question_and_an_answer_say_who_asks() -> None:
    source = _read(
        DEBATE.format(
            '<question by="#m"><num>1.</num><p>Why?</p></question><answer by="#n"><p>Silt.</p>'
            "</answer>"
        )
    )
    assert [(turn.speaker, turn.role) for turn in source.turns] == [
        ("The Member", "interviewer"),
        ("The Minister", "respondent"),
    ]


def test_who_asks_and_answers_has_no_role() -> None:
    source = _read(
        DEBATE.format(
            '<question by="#m"><p>Why?</p></question><answer by="#m"><p>Silt.</p></answer>'
        )
    )
    assert [turn.role for turn in source.turns] == [None, None]


# tools for transcription

TRS = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans><Speakers><Speaker id="s1" name="Host"/><Speaker id="s2" name="Pilote g\xe9n\xe9ral"/>
</Speakers><Episode program="Harbours" air_date="2024-03-04"><Section type="report">
<Turn speaker="s1" startTime="0" endTime="2.5"><Sync time="0"/>
Why does <Event desc="cough" type="noise"/>
it<Sync time="1"/>silt?</Turn>
<Turn speaker="s1 s2" startTime="2.5" endTime="9"><Sync time="2.5"/>
<Who nb="2"/>It always did.<Who nb="1"/>Oh.</Turn>
</Section></Episode></Trans>
"""


def test_turns_of_transcriber_have_names_and_times() -> None:
    source = read_bytes(TRS.encode("latin-1"), name="a.trs")
    assert [(t.speaker, t.text, t.start_s, t.end_s) for t in source.turns] == [
        ("Host", "Why does it silt?", 0.0, 2.5),
        ("Pilote général", "It always did.", 2.5, 9.0),
        ("Host", "Oh.", 2.5, 9.0),
    ]
    assert source.metadata == {"series": "Harbours", "date": "2024-03-04"}
    assert _dropped(source) == [("event", "cough")]


SCORE = """\
<basic-transcription><head><speakertable>
<speaker id="A"><abbreviation>HOST</abbreviation></speaker>
<speaker id="B"><abbreviation>PILOT</abbreviation></speaker></speakertable></head>
<basic-body><common-timeline><tli id="T0" time="0.0"/><tli id="T1"/><tli id="T2" time="3.0"/>
<tli id="T3" time="4.0"/></common-timeline>
<tier speaker="A" type="t"><event start="T0" end="T1">Why does </event>
<event start="T1" end="T2">it silt? </event><event start="T3" end="T4">Oh.</event></tier>
<tier speaker="B" type="t"><event start="T2" end="T3">It did.</event></tier>
<tier speaker="B" type="a" category="en"><event start="T2" end="T3">gloss</event></tier>
</basic-body></basic-transcription>
"""


def test_events_of_a_score_are_put_in_the_order_of_time() -> None:
    source = read_bytes(SCORE.encode(), name="a.exb")
    assert [(t.speaker, t.text, t.start_s, t.end_s) for t in source.turns] == [
        ("HOST", "Why does it silt?", 0.0, 3.0),
        ("PILOT", "It did.", 3.0, 4.0),
        ("HOST", "Oh.", 4.0, None),
    ]
    assert _dropped(source) == [("tier of en", "gloss")]


# XML of no known kind


def test_an_attribute_may_say_who_speaks() -> None:
    source = _read('<t><turn speaker="Host">Why?</turn>\n<turn speaker="Pilot">Silt.</turn></t>')
    assert [(t.speaker, t.text, t.line) for t in source.turns] == [
        ("Host", "Why?", 1),
        ("Pilot", "Silt.", 2),
    ]


def test_children_may_be_the_fields_of_a_turn() -> None:
    turn = "<utterance><speaker>{}</speaker><start>{}</start><text>{}</text><gloss>x</gloss></utterance>"
    source = _read(
        f"<t>{turn.format('Host:', '0:02', 'Why?')}{turn.format('Pilot', '0:04', 'Silt.')}</t>"
    )
    assert [(t.speaker, t.text, t.start_s) for t in source.turns] == [
        ("Host", "Why?", 2.0),
        ("Pilot", "Silt.", 4.0),
    ]
    assert _dropped(source)[:3] == [
        ("speaker label", "Host:"),
        ("field start", "0:02"),
        ("beside the words (gloss)", "x"),
    ]


def test_a_label_may_stand_in_the_text_of_its_turn() -> None:
    source = _read(
        "<t><p><speaker>Host</speaker>: Why?</p><p><speaker>Pilot</speaker>: Silt.</p></t>"
    )
    assert _said(source) == [("Host", "Why?"), ("Pilot", "Silt.")]


def test_names_and_words_may_take_turns() -> None:
    source = _read(
        "<t><speaker>Host</speaker><p>Why?</p><speaker>Pilot</speaker><p>Silt.</p><p>Mud.</p></t>"
    )
    assert _said(source) == [("Host", "Why?"), ("Pilot", "Silt."), ("Pilot", "Mud.")]


def test_ids_are_resolved_by_the_list_of_people() -> None:
    source = _read(
        '<t><people><person id="h"><name>The Host</name><role>interviewer</role></person>'
        '<person id="p"><name>The Pilot</name></person></people>'
        '<turn who="#h">Why?</turn><turn who="#p">Silt.</turn></t>'
    )
    assert [(turn.speaker, turn.role) for turn in source.turns] == [
        ("The Host", "interviewer"),
        ("The Pilot", None),
    ]
    assert source.dropped == ()


def test_a_person_who_never_speaks_is_accounted_for() -> None:
    source = _read(
        '<t><person id="h"><name>The Host</name></person><person id="z"><name>An Usher</name>'
        '</person><turn who="#h">Why?</turn></t>'
    )
    assert _dropped(source) == [("outside the speeches", "An Usher")]


def test_questions_and_answers_are_told_by_their_names() -> None:
    source = _read("<t><item><question>Why?</question><answer>Silt.</answer></item></t>")
    assert [(turn.role, turn.text) for turn in source.turns] == [
        ("interviewer", "Why?"),
        ("respondent", "Silt."),
    ]


def test_a_quotation_and_a_link_are_no_question_and_answer() -> None:
    with pytest.raises(InputError, match="no turns found in <t>"):
        _read("<t>He said <q>it silts</q> and pointed to <a>the bar</a> again.</t>")


def test_elements_may_be_called_after_the_part_of_who_speaks() -> None:
    source = _read(
        "<t><meta><interviewer>The Host</interviewer></meta><interviewer>Why?</interviewer>"
        "<interviewee>Silt.</interviewee><interviewer>Oh.</interviewer></t>"
    )
    assert [(turn.role, turn.text) for turn in source.turns] == [
        ("interviewer", "Why?"),
        ("respondent", "Silt."),
        ("interviewer", "Oh."),
    ]
    assert source.metadata == {"interviewer": "The Host"}


def test_a_name_speaks_only_where_the_element_is_called_after_speech() -> None:
    text = '<t><{0} name="Host">Why does it silt?</{0}><{0} name="Pilot">It did.</{0}></t>'
    assert [turn.speaker for turn in _read(text.format("speech")).turns] == ["Host", "Pilot"]
    with pytest.raises(InputError, match="no turns found"):
        _read(text.format("section"))


def test_words_may_be_in_an_attribute() -> None:
    source = _read('<t><line speaker="Host" text="Why?"/><line speaker="Pilot" text="Silt."/></t>')
    assert _said(source) == [("Host", "Why?"), ("Pilot", "Silt.")]


def test_fields_that_the_user_names_win() -> None:
    text = '<t><x by="Host" speaker="1"><m>Why?</m><text>no</text></x><x by="Pilot" speaker="1">'
    source = _read(f"{text}<m>Silt.</m></x></t>", keys={"speaker": "by", "text": "m"})
    assert _said(source) == [("Host", "Why?"), ("Pilot", "Silt.")]


def test_fields_of_the_head_are_metadata_and_the_rest_is_accounted_for() -> None:
    source = _read(
        '<t date="2024-03-04"><title>Dredging</title><turn speaker="Host">Why, in <place>the north'
        '</place>?</turn><turn speaker="Pilot">Silt.</turn><footer>Typed by hand.</footer></t>'
    )
    assert source.metadata == {"title": "Dredging", "date": "2024-03-04"}
    assert source.turns[0].text == "Why, in the north?"
    assert _dropped(source) == [("outside the speeches", "Typed by hand.")]


# what is under the suffix, or under none


def test_xhtml_is_read_as_a_page() -> None:
    source = _read(
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">\n'
        "<html><body><p><b>Host:</b> Why&nbsp;now?</p><p><b>Pilot:</b> Silt.</p></body></html>"
    )
    assert [paragraph.text for paragraph in source.paragraphs] == ["Host: Why now?", "Pilot: Silt."]


def test_an_archive_called_xml_is_read_as_what_it_is() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(InputError, match="Word document"):
        read_bytes(stream.getvalue(), name="a.xml")


def test_xml_is_known_by_its_first_line() -> None:
    text = '<?xml version="1.0"?><t><turn speaker="Host">Why?</turn></t>'
    assert _read(text, name="-").format == _read(text, name="a.txt").format == "xml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<rss><channel/></rss>", "a feed of news; expected a transcript in XML; give the page"),
        ("<ANNOTATION_DOCUMENT/>", "an ELAN file; expected a transcript in XML; export it as"),
        ('<w:wordDocument xmlns:w="w"/>', "a Word document saved as XML"),
        (
            '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
            "save it as .odt",
        ),
        ("<svg>\n<g/></svg>", 'a.xml:1: no turns found in <svg>; expected elements that name'),
        ("<akomaNtoso><act/></akomaNtoso>", "a.xml:1: Akoma Ntoso without <speech>"),
        ('<t>\n<turn speaker="A">Why?', "a.xml:2: no XML (Premature end of data"),
        ("<t>\nWhy&nbsp;now?</t>", "a.xml:2: no XML (Entity 'nbsp' not defined); expected"),
        ("<t>" + "<x>" * 300 + "</x>" * 300 + "</t>", "Excessive depth"),
        ("<t>" + "<x/>" * 1_600_000 + "</t>", "more than 1,500,000 elements"),
        ("<t>" + "word " * 4_100_000 + "</t>", "bytes; expected at most 20,000,000"),
    ],
)  # fmt: skip
def test_what_holds_no_turns_is_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(InputError, match="expected") as caught:
        _read(text)
    assert message in str(caught.value)


def test_the_deepest_document_that_is_admitted_is_read() -> None:
    source = _read(f'<t>{"<d>" * 250}<turn speaker="Host">Why?</turn>{"</d>" * 250}</t>')
    assert _said(source) == [("Host", "Why?")]


# other files and entities


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_an_entity_never_brings_in_another_file(encoding: str, tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password")
    text = (
        f'<!DOCTYPE t [<!ENTITY e SYSTEM "{secret.as_uri()}">]>\n'
        '<t><turn speaker="Host">&e;</turn></t>'
    )
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    with pytest.raises(InputError, match="declares entities of its own") as caught:
        read_bytes(mark + text.encode(encoding), name="a.xml")
    assert "password" not in str(caught.value)


def test_entities_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    start = time.monotonic()
    with pytest.raises(InputError, match="declares entities of its own"):
        _read(f'<!DOCTYPE t [<!ENTITY l0 "ha">{laughs}]><t><turn speaker="&l9;">&l9;</turn></t>')
    assert time.monotonic() - start < 1


def test_a_dtd_is_not_read(tmp_path) -> None:
    dtd = tmp_path / "t.dtd"
    dtd.write_text('<!ENTITY mine "the password"><!ATTLIST turn speaker CDATA "Nobody">')
    head = f'<!DOCTYPE t SYSTEM "{dtd.as_uri()}"><t>'
    source = _read(f'{head}<turn speaker="Host">Why&mdash;now?</turn><turn>Silt.</turn></t>')
    assert _said(source) == [("Host", "Why—now?")]
    with pytest.raises(InputError, match='the entity "&mine;" is not known'):
        _read(f'{head}<turn speaker="Host">Why &mine; now?</turn></t>')


def test_parts_in_other_files_are_not_read_and_are_a_warning(tmp_path) -> None:
    other = tmp_path / "more.xml"
    other.write_text('<turn speaker="Pilot">Silt.</turn>')
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{other.as_uri()}"/>'
    source = _read(f'<t>{include}<turn speaker="Host">Why?</turn></t>')
    assert _said(source) == [("Host", "Why?")]
    assert "parts of it are in other files" in source.warnings[0]


@pytest.mark.parametrize(
    ("declared", "written"), [("utf-8", "latin-1"), ("utf-16", "utf-8"), ("nonsense", "utf-8")]
)
def test_a_wrong_name_of_the_encoding_is_seen_through(declared: str, written: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<t>\n<turn speaker="Host">Là?</turn></t>'
    turn = read_bytes(text.encode(written), name="a.xml").turns[0]
    assert (turn.text, turn.line) == ("Là?", 3)


def test_comments_before_the_document_take_no_time() -> None:
    start = time.monotonic()
    _read("<!-- a -->\n" * 500 + '<t><turn speaker="Host">Why?</turn></t>')
    assert time.monotonic() - start < 2


def test_a_committee_is_understood() -> None:
    said = "".join(
        f'<note type="speaker">{label}:</note><u who="#{key}"><seg>{text}</seg></u>'
        for label, key, text in (
            ("The Chair", "c", "I call the harbour master."),
            ("Harbour Master", "w", "The bar silts up every winter, and nobody pays for it."),
            ("The Chair", "c", "Why does nobody pay?"),
            ("Harbour Master", "w", "Because the port belongs to two towns."),
        )
    )
    interview = understand(_tei(said), interview_id="x", settings=load_settings().segment).interview
    assert [(speaker.name, speaker.role) for speaker in interview.speakers] == [
        ("The Chair", "interviewer"),
        ("Harbour Master", "respondent"),
    ]
    assert interview.date == "2024-03-04"


# Hansard


def _talk(kind: str, *paragraphs: str) -> str:
    head = f"<talker><name>Elm, Dora, MP</name><name.id>{kind[0]}</name.id></talker>"
    said = "".join(paragraphs)
    return (
        f"<{kind}><talk.start>{head}</talk.start>"
        f"<talk.text><body>{said}</body></talk.text></{kind}>"
    )


def _linked(kind: str, key: str, label: str, text: str) -> str:
    return f'<p><span><a href="{key}" type="{kind}"><span>{label}</span></a>{text}</span></p>'


HANSARD = (
    "<hansard><session.header><date>2024-03-04</date></session.header><debate>"
    "<debateinfo><title>Piers</title></debateinfo>"
    + _talk("question", _linked("MemberQuestion", "E1", "Ms ELM",
                                " (<span>Northport</span>) (<span>14:11</span>): Is it safe?"))
    + _talk(
        "answer",
        _linked("MemberAnswer", "O1", "Mr OAK", " (Eastport—Minister for Piers) (14:12): It holds."),
        "<p><span>We walked on it, Mr Speaker.</span></p>",
        '<a href="" type="GeneralIInterjecting"><p>Members interjecting—</p></a>',
        _linked("MemberInterjecting", "S1", "The SPEAKER:", " Order! The member will listen."),
        _linked("MemberInterjecting", "E1", "Ms Elm:", " Mr Speaker, did it creak?"),
        _linked("MemberContinuation", "O1", "Mr OAK:", " It creaked, as piers do in the wind."),
    )
    + "</debate></hansard>"
)  # fmt: skip


def test_links_in_the_paragraphs_of_hansard_say_who_speaks() -> None:
    source = _read(HANSARD)
    assert _said(source) == [
        ("Ms ELM", "Is it safe?"),
        ("Mr OAK", "It holds.\n\nWe walked on it, Mr Speaker."),
        ("The SPEAKER", "Order! The member will listen."),
        ("Ms ELM", "Mr Speaker, did it creak?"),
        ("Mr OAK", "It creaked, as piers do in the wind."),
    ]
    assert ("stage direction", "Members interjecting—") in _dropped(source)
    assert source.metadata == {"date": "2024-03-04", "title": "Piers"}
    settings = load_settings().segment
    interview = understand(source, interview_id="x", settings=settings).interview
    assert [speaker.role[0] for speaker in interview.speakers] == ["i", "r", "i"]
