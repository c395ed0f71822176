"""Wikitext: what is said and how it is set, what stands beside it, and who speaks."""

from __future__ import annotations

import time

import pytest

from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Paragraph, Source
from pipeline.turns import understand


def _read(text: str) -> Source:
    return read_bytes(text.encode(), name="talk.wiki")


def _texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in _read(text).paragraphs]


def _dropped(text: str) -> list[tuple[int, str, str]]:
    return [(piece.line, piece.reason, piece.text) for piece in _read(text).dropped]


def _bold(paragraph: Paragraph) -> list[str]:
    return [paragraph.text[start:end] for start, end in paragraph.bold]


def _italic(paragraph: Paragraph) -> list[str]:
    return [paragraph.text[start:end] for start, end in paragraph.italic]


def test_both_suffixes_are_wikitext() -> None:
    for name in ("a.wiki", "b.MEDIAWIKI"):
        source = read_bytes(b"'''Why?'''", name=name)
        assert (source.format, source.paragraphs[0].text) == ("wiki", "Why?")


def test_runs_of_apostrophes_are_bold_and_italic_to_the_end_of_their_line() -> None:
    first, second = _read("'''Why ''now''''' and ''how'' so '''open\n\nor not").paragraphs
    assert first.text == "Why now and how so open"
    assert (_bold(first), _italic(first)) == (["Why now", "open"], ["now", "how"])
    assert not second.bold


def test_an_apostrophe_behind_italics_opens_no_bold() -> None:
    paragraph = _read("The ''Courier'''s editor.").paragraphs[0]
    assert paragraph.text == "The Courier's editor."
    assert (_bold(paragraph), _italic(paragraph)) == ([], ["Courier'"])


def test_spare_apostrophes_are_text() -> None:
    assert _texts("''''bold''' end\n\n''''''both'''''") == ["'bold end", "'both"]


def test_tags_set_bold_and_italics_over_lines() -> None:
    first, second = _read("<b>Why\n\nnot?</b> <i>(smiles)</i>").paragraphs
    assert (_bold(first), _bold(second), _italic(second)) == (["Why"], ["not?"], ["(smiles)"])


def test_headings_have_their_level_and_a_paragraph_of_their_own() -> None:
    source = _read("== The port ==\nText.\n=== More ===\n")
    assert [(p.text, p.heading, p.line) for p in source.paragraphs] == [
        ("The port", 2, 1),
        ("Text.", 0, 2),
        ("More", 3, 3),
    ]


def test_each_item_of_a_list_is_a_paragraph() -> None:
    assert _texts(":One.\n::Two.\n* Three.\n# Four.") == ["One.", "Two.", "Three.", "Four."]


def test_a_term_is_bold_and_what_explains_it_is_not() -> None:
    first, second, third = _read("; Pilot: I agree.\n; Why? : Because.").paragraphs
    assert (first.text, _bold(first)) == ("Pilot: I agree.", ["Pilot:"])
    assert (second.text, _bold(second)) == ("Why?", ["Why?"])
    assert (third.text, _bold(third)) == ("Because.", [])


def test_a_break_ends_a_line_and_keeps_what_is_set() -> None:
    first, second = _read("'''Why?<br />And who?'''<br>\n").paragraphs
    assert (_bold(first), _bold(second)) == (["Why?"], ["And who?"])


def test_lines_count_what_stands_before_them_in_templates_and_comments() -> None:
    source = _read("{{box\n|a=1\n}}\n<!-- a\nb -->\nText.\n{{font\n|size=1|\n'''Why?'''}}\n\nEnd.")
    assert [(p.text, p.line) for p in source.paragraphs] == [
        ("Text.", 6),
        ("Why?", 9),
        ("End.", 11),
    ]


def test_links_show_their_words_or_the_name_of_the_page() -> None:
    text = "[[Port|the port]], [[w:Ice]], [[Pilots]], [[:Category:Ships]] and [http://a.b a map]."
    assert _texts(text) == ["the port, Ice, Pilots, Category:Ships and a map."]


def test_a_link_to_another_language_with_words_of_its_own_is_text() -> None:
    assert _texts("The [[de:Lotsen|pilots]] left.") == ["The pilots left."]


def test_captions_categories_and_other_languages_are_set_apart() -> None:
    text = (
        "[[File:a.jpg|thumb|left|240px|alt=x|The [[pier]] in May.]]\nWhy?\n"
        "[[Image:b.jpg]]\n[[Category:Ships]]\n[[fr:Pilotes]]\n"
    )
    assert _texts(text) == ["Why?"]
    assert _dropped(text) == [
        (1, "caption", "The [[pier]] in May."),
        (3, "caption", "Image:b.jpg"),
        (4, "category", "Category:Ships"),
        (5, "link to another language", "fr:Pilotes"),
    ]


def test_footnotes_galleries_and_comments_are_set_apart() -> None:
    text = (
        "It froze.<ref name=\"a\">See ''here''.</ref> Late.<ref name=a />\n<!-- check -->\n"
        "<gallery>\nFile:c.jpg|A boat\n</gallery>\n<references />\n[http://c.d]<s>no</s>\n__NOTOC__"
    )
    assert _texts(text) == ["It froze. Late."]
    assert _dropped(text) == [
        (1, "footnote", "See ''here''."),
        (2, "comment", "check"),
        (3, "caption", "File:c.jpg|A boat"),
        (7, "link", "http://c.d"),
        (7, "struck out", "no"),
        (8, "template", "__NOTOC__"),
    ]


def test_a_comment_that_is_never_closed_hides_the_rest() -> None:
    text = "Why?\n<!-- unsure\nwhat follows"
    assert _texts(text) == ["Why?"]
    assert _dropped(text) == [(2, "comment", "unsure what follows")]


def test_what_no_wiki_reads_is_kept_as_it_is_written() -> None:
    paragraph = _read("<nowiki>'''x''' [[y]]</nowiki> &amp; &#x41;").paragraphs[0]
    assert (paragraph.text, paragraph.bold) == ("'''x''' [[y]] & A", ())


def test_tags_that_are_never_closed_end_a_paragraph_or_vanish() -> None:
    assert _texts("One.<p>Two. <span>Three.") == ["One.", "Two. Three."]


def test_lines_count_the_breaks_within_a_tag_that_is_never_closed() -> None:
    assert [p.line for p in _read('One.<p\nclass="x">Two.\nThree.').paragraphs] == [1, 2, 3]


def test_in_wrapped_lines_a_comment_ends_no_paragraph_and_an_item_is_one() -> None:
    lines = ["In the north of the country the ice came early that", "year and held the last of"]
    more = ["the ships in the port until somebody thought to", "send for the pilots, who came."]
    text = "\n".join((*lines, "<!-- check -->", *more, ":and so they", "left"))
    assert _texts(text) == [" ".join((*lines, *more)), "and so they", "left"]


def test_hidden_words_are_set_apart() -> None:
    text = 'Seen.<span style="display:none">unseen</span>'
    assert _texts(text) == ["Seen."]
    assert _dropped(text) == [(1, "hidden", "unseen")]


def test_quotations_are_quoted() -> None:
    text = "Said.\n{{quote|We were first.|The mayor}}\n<blockquote>Last.</blockquote>\nSo."
    source = _read(text)
    assert [(p.text, p.quoted) for p in source.paragraphs] == [
        ("Said.", False),
        ("We were first.", True),
        ("Last.", True),
        ("So.", False),
    ]
    assert _dropped(text) == [(2, "template", "The mayor")]


def test_templates_that_set_words_are_read() -> None:
    text = "In {{w|Oslo}}, {{w|Port|the port}}{{snd}}{{font|size=110%|'''so'''}} {{convert|5|km|mi}} on"
    paragraph = _read(text).paragraphs[0]
    assert (paragraph.text, _bold(paragraph)) == ("In Oslo, the port – so 5 km on", ["so"])
    assert _dropped(text) == []


def test_templates_that_hold_furniture_are_set_apart_with_their_reason() -> None:
    text = (
        "{{Interview}}\n{{Norway}}\nIt froze.{{fact|date=May}}\n{{-}}\n"
        "{{quote box|width=30%|quote=Nobody came to the pier in that long winter.}}\n"
        "{{QuoteLeft|Nobody came to the pier in that long winter, nobody.}}\n{{haveyoursay}}\n"
        "{{correction|The pier was built in the north and not in the south.}}\n"
    )
    assert _texts(text) == ["It froze."]
    assert [piece[:2] for piece in _dropped(text)] == [
        (1, "template"),
        (2, "template"),
        (3, "footnote"),
        (5, "pull quote"),
        (6, "pull quote"),
        (7, "template"),
        (8, "template"),
    ]


def test_of_a_template_that_is_not_known_long_words_and_those_in_a_sentence_are_kept() -> None:
    speech = "It froze before the last of the ships had left the northern port."
    text = f"{{{{strange|{speech}}}}}\nIn {{{{strange|x|the north}}}} too.\n{{{{strange|a box}}}}\n"
    assert _texts(text) == [speech, "In the north too."]
    assert _texts("{{strange|The north}} too.") == ["The north too."]
    assert _dropped(text) == [(2, "template", "x"), (3, "template", "{{strange|a box}}")]


@pytest.mark.parametrize(
    "stamp",
    ["{{date|January 23, 2026}}", "{{Byline|date=23 January 2026}}", "Oslo {{date|2026-01-23}}"],
)
def test_the_day_is_metadata_and_no_text(stamp: str) -> None:
    source = _read(f"{stamp}\nWhy?\n")
    assert source.metadata["date"] == "2026-01-23"
    assert " ".join(p.text for p in source.paragraphs).removeprefix("Oslo ") == "Why?"


def test_a_day_that_cannot_be_read_is_no_metadata() -> None:
    source = _read("{{date|{{CURRENTDAY}}}}\nWhy?\n")
    assert source.metadata == {}
    assert [piece.text for piece in source.dropped] == ["{{date|{{CURRENTDAY}}}}"]


def test_place_and_title_are_metadata() -> None:
    text = "{{DISPLAYTITLE:''The pilots''}}\n{{byline|location=[[w:Oslo|Oslo]]}}\nWhy?\n"
    assert _read(text).metadata == {"title": "The pilots", "location": "Oslo"}


def test_sections_below_the_article_are_set_apart() -> None:
    text = (
        "Why?\n== Related news ==\n* [[Ice]], May\n\n== Sources ==\n* {{source|url=http://a.b\n"
        "|title=Ice}}\n<!-- two\nlines -->\n{{publish}}\n[[Category:Ice]]\n"
    )
    assert _texts(text) == ["Why?"]
    assert [piece[:2] for piece in _dropped(text)] == [
        (2, "below the article"),
        (5, "below the article"),
    ]


def test_a_section_of_that_name_with_speech_in_it_stays() -> None:
    assert _texts("== Sources ==\nWho told you?\n") == ["Sources", "Who told you?"]
    assert _texts("== Sources ==\n* [[Ice]]\n== Ice ==\nIt froze.")[0] == "Sources"


def test_a_table_beside_the_text_is_set_apart() -> None:
    text = f"{'It froze. ' * 20}\n{{|\n|+ Ships\n! May\n| 12\n|}}\n"
    assert _texts(text) == [("It froze. " * 20).strip()]
    assert [piece[:2] for piece in _dropped(text)] == [(2, "table")]


def test_a_table_that_holds_the_text_is_read() -> None:
    text = "{| style=\"width:90%\"\n|\n'''Why?'''\n\n:Because it froze in May.\n|}\n"
    source = _read(text)
    assert [(p.text, p.line) for p in source.paragraphs] == [
        ("Why?", 3),
        ("Because it froze in May.", 5),
    ]


def test_a_table_with_a_row_a_turn_gives_the_turns() -> None:
    rows = [("Reporter", "Why did it close?"), ("Pilot", "It froze, and we had no ship left.")] * 2
    text = (
        "{|\n|+ Talk\n! Speaker !! Text\n" + "".join(f"|-\n| {a} || {b}\n" for a, b in rows) + "|}"
    )
    source = _read(text)
    assert [(turn.speaker, turn.text) for turn in source.turns] == rows
    assert [turn.line for turn in source.turns] == [4, 6, 8, 10]


def test_a_speakers_mark_is_a_label_in_bold() -> None:
    first, second = _read("'''((WN)) Why?'''\n\n:(([[Port|Pilot]])): It froze.").paragraphs
    assert (first.text, _bold(first)) == ("WN: Why?", ["WN:", "Why?"])
    assert (second.text, _bold(second)) == ("Pilot: It froze.", ["Pilot:"])


def test_a_noise_or_a_note_in_double_brackets_is_no_speaker() -> None:
    assert _texts("((Laughs)) No.\n\n((he nods)) No.") == ["((Laughs)) No.", "((he nods)) No."]


def test_a_mark_left_out_is_set_where_the_setting_tells_who_speaks() -> None:
    text = (
        "'''((WN)) Why?'''\n\n:'''((The Pilot))''' It froze.\n\n'''((WN)) When?'''\n\n:In May.\n\n"
        ":Early.\n\n'''And now?'''\n\n:((Pilot)) Now it thaws.\n"
    )
    assert _texts(text)[2:] == [
        "WN: When?",
        "The Pilot: In May.",
        "Early.",
        "WN: And now?",
        "Pilot: Now it thaws.",
    ]


def test_the_indent_alone_tells_who_speaks() -> None:
    text = "((WN)) Why?\n\n:((Pilot)) It froze.\n\n((WN)) When?\n\n:In May.\n"
    assert _texts(text)[-1] == "Pilot: In May."


def test_no_mark_is_set_where_two_might_speak() -> None:
    text = (
        "'''((WN)) Why?'''\n\n:((Pilot)) It froze.\n\n:((Mayor)) And snowed.\n\n"
        "'''((WN)) When?'''\n\n:In May.\n"
    )
    assert _texts(text)[-1] == "In May."


def test_an_interview_is_read_with_its_speakers() -> None:
    pairs = [
        ("Why did the ministry close the port?", "Nobody could say how long the ice would hold."),
        ("Who pays for the pilots?", "The owners do, in theory, and the state lends the money."),
        ("Did the union agree to that?", "It did not object, which is another thing."),
    ]
    talk = "\n\n".join(f"'''((WN)) {q}'''\n\n:{'' if n else '((Minister))'} {a}"
                       for n, (q, a) in enumerate(pairs))  # fmt: skip
    text = f"{{{{date|May 3, 2021}}}}\n{talk}\n\n{{{{haveyoursay}}}}\n== Sources ==\n* [http://a.b x]\n"
    interview = understand(
        _read(text), interview_id="port", settings=load_settings().segment
    ).interview
    roles = {speaker.id: (speaker.name, speaker.role) for speaker in interview.speakers}
    assert [turn.text for turn in interview.turns] == [words for pair in pairs for words in pair]
    assert [roles.get(turn.speaker_id) for turn in interview.turns] == [
        ("WN", "interviewer"),
        ("Minister", "respondent"),
    ] * len(pairs)


@pytest.mark.parametrize(
    "opening", ["{{a|", "[[a|b ", "<b>", "<x ", '<b a="', "{|\n", "[http://a ", "<(a", "<!--"]
)
def test_markup_that_is_never_closed_is_refused_at_once(opening: str) -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match=r"talk\.wiki:2: .* opens markup that is not closed"):
        _read("Why?\n" + opening * 20_000)
    assert time.monotonic() - start < 5


def test_markup_in_closed_markup_is_no_reason_to_refuse() -> None:
    line = (
        '{{a|[[b|{{c}}]]}}<ref name="x">{{cite|url=http://a.b}} [http://c.d e]</ref> word<br>\n\n'
    )
    assert len(_texts(line * 2000)) == 2000


def test_a_page_too_large_for_a_talk_is_refused() -> None:
    with pytest.raises(InputError, match="expected at most 1,000,000"):
        _read("word " * 200_001)


def test_a_page_without_words_says_so() -> None:
    with pytest.raises(InputError, match="no text found"):
        _read("{{publish}}\n[[Category:Ice]]\n")
