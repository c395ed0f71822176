"""Where a talk ends, and what is printed below it: notes, credits, links, who somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph
from pipeline.turns.bios import bio_pattern, is_bio, is_bio_of_another, is_glued_bio
from pipeline.turns.footnotes import is_note_below
from pipeline.turns.furniture import DIVIDER, is_headline
from pipeline.turns.questions import ends_sentence

_TALK = r"(?:interview|conversation|transcript|q&a|discussion|exchange)"
_DONE = (
    r"(?: (?:above|below))? (?:was|is|has been|have been)(?: also)?(?: \w+ly(?: and \w+ly)?)? "
    r"(?:edited|condensed|abridged|translated (?:by|from|into)|"
    r"conducted (?:by|on|in (?-i:[A-Z\d])\w*|at|over|via|through|remotely)|"
    r"recorded (?:on|in|at) (?-i:[A-Z\d])\w*|(?:provided|produced) (?:by|for)|"
    r"originally (?:published|broadcast|aired|recorded))\b"
)
# what stands below a talk and never within one
_BELOW = re.compile(
    rf"^(?:(?:this|the) {_TALK}{_DONE}|acknowledge?ments?\b|orcid ids?\b|references$|bibliography$|"
    r"(?:[\[(]whereupon\b|whereupon,? at \d).{0,160}\b(?:adjourned|concluded)\b|"
    rf"(?:the|an?) (?:\w+ ){{1,2}}(?:version|translation) of this (?:article|{_TALK}) "
    r"(?:appeared|is|was|has)\b|translat(?:ion|ed) (?:of|from) (?:an|the) original\b|"
    r"funding the authors?\b|notes? on (?:the )?(?:authors?|contributors?)$|disclosure statement$|"
    r"(?:how to )?cite this (?:article|conversation|interview)\W*$|"
    r"discussion about this post$|thanks for reading (?-i:[A-Z])[^.?!]{1,60}!|click to share on\b|"
    r"reuse this content$|reprints? (?:and|&) permissions$|(?:leave|post) a comment$|"
    r"published under the authority of (?:the )?(?-i:[A-Z])|"
    r"verbatim report of proceedings\b(?! of)|"
    r"[\[(](?:the )?(?:\w+ ){1,3}(?:was |were )?(?:adjourned|concluded|ended) at \d{1,2}[:.]\d\d\b"
    r"[^()\[\]]{0,20}[)\]]$|"
    r"certificate of (?:the )?(?:notary|reporter|transcriber)\b[^.?!]{0,20}$|"
    r"note: the (?:\S+ ){1,12}?(?:began|met|spoke) (?:\w+ ){0,4}at \d{1,2}(?::\d\d)? ?[ap]\.?m\b|"
    r"declaration of (?:conflicting|competing) interests?\b)",
    re.I,
)
_OVER = (
    r"(?:[-–—\s#*\[(]*(?:the )?ends?"
    r"(?: of (?:the )?(?:transcript|interview|recording|audio|video))?"
    r"(?:\W{0,4}(?:at )?\d{1,2}(?::\d{2}){1,2})?[-–—\s#*\])]*\.?|[-–—*#]+\s*o[o0]o\s*[-–—*#]+)"
)
_IS_OVER = re.compile(rf"^{_OVER}$", re.I)
_END = re.compile(
    r"^(?:related(?: (?:articles?|links?|news|stories|content|posts|tags|topics|reading|videos?))?"
    r":?|"
    r"contributors:?|(?:(?:production|programme|program|episode|show|film) )?credits:?|"
    r"for information media\b.{0,60}|"
    r"(?:posted|published|last updated)(?: on)?\s*:.{0,60}|"
    r"for (?:further|more) information,?\s*(?::|(?:please )?(?:contact|visit|see|write)\b).{0,160}|"
    r"(?:related|similar|background) (?:documents?|materials?|publications?)\W*|"
    r"read (?:more|next)|source\s*:?\s+https?://\S+.{0,60}|sur le même sujet|quellen?:?|"
    r"did (?:someone|somebody|a friend) (?:forward|send|share) (?:you )?this\b.{0,160}|"
    r"(?:enjoyed|liked) (?:reading )?this (?:article|conversation|essay|interview|piece|post)\?.*|"
    r"to order an? (?:cd|copy|dvd|tape|transcript|video)\b.*|back to (?:the )?top|"
    r"share(?: (?:this|on))?\s*:|(?:latest|other) news\s*:?|"
    r"back to previous page\b.{0,60}|support for (?:the )?(?-i:[A-Z])[^.?!:]{1,60}\bprovided by\b"
    r".{0,60}|"
    r"\d+ (?:comments|responses)|comments \(\d+\)|(?:leave|post) a (?:comment|reply)|"
    r"more like this|about the (?:authors?|interviewers?)\s*(?::.*)?|further reading|see also|"
    r"(?:tags?|topics?|categories|filed under|keywords)\s*:.{0,80}|recommended(?: for you)?|"
    r"source: [^.?!]{2,80}, in (?-i:[A-Z])\w+ (?:\d{4} gmt )?\d{1,2} (?-i:[A-Z])[a-z]{2} \d\d\b"
    r".{0,20}|"
    r"bbc mon(?:itoring)? (?-i:[A-Z])\w+ .{0,60}|copyright: .{1,60}\b\d{4}\W*|cso: \d+/\d+|"
    r"(?:.{0,80}[.|] )?all rights reserved\b.*|copyright (?:©|\(c\)|\d{4}).*|"
    r"(?:©|\(c\) copyright\b).*|"
    rf"(?:this|the) {_TALK}{_DONE}.*|this (?:interview|transcript|q&a)\b.{{0,60}}?{_DONE}.*|"
    r"[^.?!]{1,60} is (?:(?:also|now) )+on (?:bluesky|facebook|instagram|telegram|whatsapp)\b.*|"
    r"[^.?!:]{1,40}:\s*[\w.+-]+@[\w-]+\.[\w.-]+|"
    r"(?-i:(?:[^\W\d_a-z][\w.’'-]*\s+){1,3}[^\W\d_a-z][\w’'-]*[’']s? [^\W\d_a-z])[^.?!]{1,80}? is "
    r"(?:out (?:now )?(?:in \w+ )?from|published by|available from|forthcoming from) (?-i:[A-Z]).*|"
    r"originally published (?:by|in|on|at)\b.*|published (?:by|in|on|at) [^,]{0,60}\d{4}\.?|"
    r"(?:to )?unsubscribe\b.{0,200}|.{0,120}\brepl(?:y|ies) to this e-?mail\b.*|"
    r"you(?:[’']re| are) receiving this (?:e-?mail )?because\b.*|"
    r"confidentiality notice\b.*|please consider the environment\b.*|"
    r"(?:automatically )?transcribed (?:by|with|using)\b.{0,100}|"
    r"translated from (?:the )?(?-i:[A-Z])\w+ (?:and edited )?by (?-i:[A-Z]|the\b).{0,300}|"
    r"transcript(?:ion)? (?:generated|created|powered|made)\b.{0,100}|"
    r"(?:edited|condensed) for (?:length|clarity)\b.*|transcript (?:by|provided|produced)\b.*|"
    r"follow (?:(?:him|her|them|us) )?(?:@|on (?:twitter|x|facebook|instagram|linkedin)\b).*|"
    r"(?:the )?views? (?:and opinions )?expressed\b.*\b(?:those of|reflect|represent|own)\b.*|"
    r"this (?:article|story|interview) (?:went live|was (?:first |last )?(?:published|updated)|"
    r"first appeared)\b.*|"
    r"link to (?:the )?(?:video|audio|recording|broadcast)\s*:.*|"
    r"(?:media|press) (?:contacts?|[ei]nquir(?:y|ies))(?:\s*:.{0,80})?|"
    r"(?:\[\d{1,2}\] )?note by (?:the )?witness\b.*|committee contacts?\s*:.*|"
    r"more (?:on|about) this\s*:.*|unofficial translation\b.{0,120}|"
    r"feedback|most (?:read|popular|viewed)|trending(?: (?:now|stories|topics|news))?|"
    r"end of (?:the )?article|use of this site constitutes\b.*|suggested citation\b.*|"
    rf"{_OVER})$",
    re.I,
)
# people start sentences with these words too
_END_LINE = re.compile(
    r"^(?:more (?:from|on|in)|(?:further|related|recommended) reading (?:on|from|in|at)|"
    r"about the (?:authors?|interviewers?|interviewees?|guests?|speakers?|institute|cent(?:er|re)|"
    r"foundation|series)|"
    r"you (?:may|might) also (?:like|enjoy)|tags?|topics?|categories|filed under|keywords|"
    r"copyright|(?:first )?published (?:by|in|on|at)|follow (?:him|her|them|us)|"
    r"(?:the )?views? (?:and opinions )?expressed)\b",
    re.I,
)
_END_LINE_WORDS = 12
_END_HEADING = re.compile(
    r"^(?:(?:foot|end)?notes|references|bibliography|works cited|comments?|responses|key facts|"
    r"facts (?:and|&) figures)$",
    re.I,
)
# what those head who made the transcript: their own notes
_OWN_NOTES = re.compile(r"^(?:field notes|to[- ]?do(?: list)?|action (?:items|points)):?$", re.I)
_COMMENTS = re.compile(r"^(?:\d+ )?comments\W*$", re.I)
_MODERATED = re.compile(
    r"\bcomments? (?:are|will be) (?:moderated|reviewed|closed|open)\b|"
    r"\bnames? will (?:appear|be (?:shown|displayed|published))\b|"
    r"\b(?:log in|sign in|be the first) to (?:comment|leave a comment|reply)\b",
    re.I,
)
_FOOT_SHARE = 0.25
_MOSTLY_LINES, _MIN_LINES, _MIN_TALK = 0.75, 3, 10
_BYLINE = re.compile(
    r"^(?:(?:an? |the )?interview(?:ed)?(?: was)?(?: conducted)? by|interview von|by|von|par|"
    r"propos recueillis par|das (?:gespräch|interview) führten?)\s",
    re.I,
)
_BYLINE_WORDS = 20
_NAMED = re.compile(r"^[^\W\d_a-z][\w.’'-]* [^\W\d_a-z][\w.’'-]*\b")


def stands_below(paragraph: Paragraph) -> bool:
    """The text is of what is printed below a talk: "The interview was conducted by ..."."""
    own_notes = paragraph.heading and _OWN_NOTES.match(paragraph.text)
    return bool(own_notes or _BELOW.match(paragraph.text) or is_glued_bio(paragraph.text))


def says_over(text: str) -> bool:
    """The text says that the talk ends here: "[ENDS]"."""
    return bool(_IS_OVER.match(text))


def find_end(
    paragraphs: Sequence[Paragraph],
    *,
    first: int,
    start: int,
    spoken: int,
    names: Sequence[str],
    families: Sequence[str] = (),
) -> int:
    """Return where the interview ends: the index after its last paragraph of speech.

    Args:
        paragraphs: of the whole source.
        first: index of the first speaker label.
        start: index of the last speaker label; the end is looked for behind it.
        spoken: index of the last paragraph that is speech, however much like a headline it reads.
        names: of the speakers; a paragraph that says who one of them is, is no speech.
        families: names of which the labels have the last word only.
    """
    bio = bio_pattern(names, families)
    end = len(paragraphs)
    for index in range(start + 1, len(paragraphs)):
        text = paragraphs[index].text
        heads_notes = _END_HEADING.match(text) and (
            paragraphs[index].heading or is_note_below(paragraphs, index + 1)
        )
        heads_notes = heads_notes or is_note_below(paragraphs, index)
        heads_notes = heads_notes or _heads_comments(paragraphs, index)
        below = stands_below(paragraphs[index]) or (bio and bio.match(text))
        if ends_talk(text) or heads_notes or below or _heads_lines(paragraphs, index, start=start):
            end = index
            break
        if DIVIDER.match(text) and _is_foot(paragraphs, index + 1, start=start, names=names):
            end = index
            break
    texts = [paragraph.text for paragraph in paragraphs[first:]]
    while end > spoken + 1 and (
        _is_note(paragraphs, end - 1, start=start)
        or _is_byline(paragraphs, end - 1, start=start)
        or (end < len(paragraphs) and is_bio_of_another(paragraphs[end - 1].text, texts))
    ):
        end -= 1
    tail = end
    while tail > spoken + 1 and is_headline(paragraphs[tail - 1]):
        tail -= 1
    return tail if end - tail >= 2 else end


def _heads_comments(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """The line "Comments", and below it what becomes of them."""
    below = paragraphs[index + 1 : index + 2]
    line = bool(_COMMENTS.match(paragraphs[index].text))
    return line and any(_MODERATED.search(one.text) for one in below)


def heads_lines(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Nearly all that stands below are lines: links, headlines, figures."""
    lines = [is_headline(paragraph) for paragraph in paragraphs[index + 1 :]]
    return len(lines) >= _MIN_LINES and sum(lines) >= _MOSTLY_LINES * len(lines)


def _heads_lines(paragraphs: Sequence[Paragraph], index: int, *, start: int) -> bool:
    """A heading over lines only, below a talk that is no lines itself."""
    talk = [is_headline(paragraph) for paragraph in paragraphs[max(0, start - _MIN_TALK) : index]]
    mixed = sum(talk) > (1 - _MOSTLY_LINES) * len(talk)
    return bool(paragraphs[index].heading) and not mixed and heads_lines(paragraphs, index)


def _is_foot(
    paragraphs: Sequence[Paragraph], index: int, *, start: int, names: Sequence[str]
) -> bool:
    """The little that is left starts with a note, or with a speaker's name in another setting."""
    if index >= len(paragraphs):
        return False
    text = paragraphs[index].text
    called = (n for n in names if n.isupper() and text.startswith(n.title()))
    bio = any(is_bio(text[len(name) :]) for name in called)
    if not bio and not _is_note(paragraphs, index, start=start):
        return False
    lengths = [len(paragraph.text.split()) for paragraph in paragraphs]
    return sum(lengths[index:]) <= _FOOT_SHARE * sum(lengths)


def _is_note(paragraphs: Sequence[Paragraph], index: int, *, start: int) -> bool:
    """Set in italics, where what is said last is not."""
    return _is_italic(paragraphs[index]) and not _is_italic(paragraphs[start])


def _is_byline(paragraphs: Sequence[Paragraph], index: int, *, start: int) -> bool:
    """Repeats the line above the talk that says who held it, or a name from it."""
    text = paragraphs[index].text
    line = _BYLINE.match(text) and len(text.split()) <= _BYLINE_WORDS
    if line and any(paragraph.text == text for paragraph in paragraphs[:start]):
        return True
    if not is_headline(paragraphs[index]) or not _NAMED.match(text):
        return False
    above = (paragraph.text for paragraph in paragraphs[:start])
    lines = (line for line in above if _BYLINE.match(line) and len(line.split()) <= _BYLINE_WORDS)
    return any(text in line for line in lines)


def ends_talk(text: str) -> bool:
    """The page goes on with something else: it says so, in words that are no sentence's start."""
    if _END.match(text) or _BELOW.match(text):
        return True
    short = len(text.split()) <= _END_LINE_WORDS and not ends_sentence(text)
    return short and bool(_END_LINE.match(text))


def _is_italic(paragraph: Paragraph) -> bool:
    """Set in italics, as editors' notes are, but for a title in it that is not."""
    spans, length = paragraph.italic, len(paragraph.text)
    covered = sum(end - start for start, end in spans)
    around = len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == length
    return covered >= (0.5 if around else 0.9) * length
