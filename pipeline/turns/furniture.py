"""What stands in a transcript and is not speech: stage directions, datelines, page furniture."""

from __future__ import annotations

import re

from pipeline.records import Paragraph

_TIME_OF_DAY = r"\d{1,2}(?::|\.)\d{2}\s*(?:[AaPp]\.?\s?[Mm]\.?)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
STAGE = re.compile(r"^(?:[(\[{<][^()\[\]{}<>]{0,160}[)\]}>][\s.,;]*)+$")
# "→ check the date", a note by who transcribes, unlike a question
_ARROW = re.compile(r"^→\s*\w.*[^?]$")
# "---- from here not corrected ----", unlike a name between rules
_RULED = re.compile(
    r"^(?P<rule>[-–—*=~#_]{3,}) ?(?=\S)"
    r"(?=(?:.*?\b[a-zß-ÿ]+\b){3}|(?=.{0,80}\d)(?:\S{1,40} ){3}).{1,160}(?<=\S) ?(?P=rule)$"
)
# what a messenger writes of itself, or for what was sent and is not text
_MESSENGER = re.compile(
    r"^(?:\[?\d[\d/.:, ]{6,24}(?: ?[ap]m)?\]?[ -]*)?"
    r"(?:<?(?:media|image|video|audio|sticker) omitted>?|"
    r"(?:this message was|you) deleted(?: this message)?|missed (?:voice|video) call\b.{0,40}|"
    r"messages and calls are end-to-end encrypted\b.*|your security code with .{1,60} changed\b.*|"
    r".{1,60} turned (?:on|off) disappearing messages\b.*|\S{1,60} \(file attached\)|"
    r".{1,60} (?:created this group|changed (?:their phone number|this group['’]s icon)\b.{0,80})"
    r")\W*$",
    re.I,
)
DIVIDER = re.compile(r"^[\W_]+$")
_CLOCK = re.compile(
    rf"^(?:{_TIME_OF_DAY}\s*(?:\(?(?:[A-Z]{{2,5}}|local(?: time)?|hours)\)?)?|"
    rf"(?i:end)[: ]+.*{_TIME_OF_DAY}.*)[.\s]*$"
)
_DATELINE = re.compile(
    rf"(?:\b\d{{1,2}} {_MONTH},? \d{{4}}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b|"
    r"\b\d{4}-\d{2}-\d{2}\b)",
    re.I,
)
_CUE = re.compile(r"^(?:WEBVTT.*|[\d:.,]+ --> [\d:.,]+.*)$")
# also how often a post was liked, on a line of its own: "412", "-12", "1.2k"
_PAGE_NUMBER = re.compile(
    r"^(?:(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-−]\d{1,4}|\d{1,3}\.\dk|"
    r"(?P<dash>[-–—]) ?\d{1,4} ?(?P=dash))$",
    re.I,
)
# "**Visit to the Capital", "** 2. Visit to the Capital": a heading within a briefing
_STARRED = re.compile(r"^\*{2,3} ?(?:\d{1,2}[.)] )?[^\W\d_][^*.?!]{0,80}$")
# "¶ The long winter", as podcast players set a chapter
_CHAPTER = re.compile(r"^¶ ?[^\W\d_a-z].{0,80}$")
# "1-012-0000", by which parliaments number who takes the floor
_SPEECH_NUMBER = re.compile(r"^\d{1,2}-\d{3,4}(?:-\d{3,4})?$")
# "== The hold-up ==", as wikis set a heading
_MARKED_UP = re.compile(r"^(?P<signs>={2,6}) ?[^=]{1,100}? ?(?P=signs)$")
# "Part 2: The Winter of the Crane", between the interviews of one broadcast
PART_HEAD = re.compile(r"^(?:part|segment) \d{1,2} ?[:–—-] [^.?!:]{2,80}$", re.I)
# "BY MS. NAME:", above the questions that she puts
EXAMINER = re.compile(
    r"^(?:(?:(?:direct|(?:re-?)?cross|redirect|further|continued|voir dire)[ -])*examination )?"
    r"by (?P<name>(?:mr|mrs|ms|dr)\. [^:.?!]{2,40}):$",
    re.I,
)
_EXAMINATION = re.compile(
    r"^(?:(?:direct|(?:re-?)?cross|redirect|further)[ -])*examination"
    r"(?: \((?:continued|resumed)\)| (?:by|on behalf of) [^.?!]{3,80})?:?$",
    re.I,
)
_SIDEBAR = re.compile(r"^sidebar\b ?[.:]", re.I)
_ADDRESS = re.compile(r"^(?:(?:https?://|www\.)\S+|[\w-]+(?:\.[a-z][\w-]+)+/\S*)$")
# what a page holds in code: "PGlmcmFtZSB0aXRsZT0i..."
_CODED = re.compile(r"^[A-Za-z0-9+/]{80,}={0,2}$")
_SHARED = (
    r"(?:share\W+)?(?:(?:facebook|x|twitter|linkedin|whatsapp|telegram|e-?mail|print)(?:\W+|$)){2,}"
)
_INTERRUPTION = re.compile(
    r"^(?:advertisement|ad policy|sponsored(?: content)?|continue reading.*|"
    r"story continues below.*|"
    r"(?:read (?:more|also|next)|also read)\s*:.*|"
    r"read more (?-i:[A-Z“‘\"']).{1,160}|see also(?:\s*:| [-–—] ).*|related\s*:.*|"
    r"recommended(?: reading)?\s*:.*|back to (?:the )?top\W*|"
    r"(?:photo|foto|photograph|image|picture|video|credit|caption|source|bildquelle|bildnachweis)s?"
    r"(?: credit)?\s*:.*|"
    rf"share (?:this|on|via)\b.{{0,60}}|{_SHARED}|"
    r"(?:suggest|send|recommend)(?: this)? to a friend\W*|print(?: this)?(?: article)?|"
    r"the following \w+ (?:was|were) (?:asked|raised|sent|submitted|added|answered)\b[^.?!]{0,60}:|"
    r"listen (?:to this|now)\b.{0,60}|watch\s*:.*|"
    r"you(?:[’']ve| have) (?:(?:read|viewed|used|reached) )?"
    r"(?:(?:all|of|your|the|last|final|limit|monthly|\d+|one|two|three|four|five) ){1,6}"
    r"free (?:articles?|stories)\b.{0,80}|"
    r"(?:already|not(?: yet)?) a (?:subscriber|member)(?: yet)?\?.{0,80}|"
    r"enjoying this (?:article|story|piece|interview|conversation)\?.*|"
    r"(?:(?:youtube|vimeo) )?to (?:show|view|play|see|watch) (?:this|the) (?:video|content|post)\b"
    r".{0,40}, (?:a connection|your consent|you (?:must|need|have))\b.*|"
    r"youtube|vimeo|load (?:video|content|post)|"
    r"anzeige|werbung|publicité|to (?:view|play) this (?:video|audio|content)\b.{0,160}|"
    r"(?:sign up|subscribe)\b.{0,120}|"
    r"sign up (?:for|to)\b.{0,300}\b(?:newsletters?|inbox|digest)\b.{0,300}"
    r"(?:subscribe|sign up)\W*|[^.?!]{1,40} is now on (?:whatsapp|telegram)\b.{0,160}|"
    r"order a copy of this (?:broadcast|program(?:me)?|transcript)\b.{0,80}|"
    r"get [^.?!]{1,40} in your inbox\W*|"
    r"print this page|click here\b.*|load more|share full article|skip (?:ad|advertisement)|"
    r".{0,200}\bto (?:subscribe|sign up|register|join)\b.{0,40}\bclick here\W*|"
    r"enter your e-?mail\b.{0,40}|[✓✔☑] ?sign(?:ed)? up\W*|"
    r"by (?:submitting your e-?mail|signing up|subscribing|clicking)\b.{0,60}\b(?:you|I) "
    r"(?:agree|accept|acknowledge|consent|understand)\b.*|"
    r"(?:this|the following|what follows) is an? (?:[\w-]+,? ){0,6}transcript\b.{0,120}"
    r"\b(?:errors?|accura\w+|inaccurac\w+|final form|verbatim|updated|revised)\b.{0,120}|"
    r"\[?editor(?:s|[’']s|s[’'])? note\s*:.*|"
    r"(?:support for this (?:program(?:me)?|podcast|show)|this message) (?:comes|is provided)\b.*|"
    r".*\bcontributions to your (?:\w+ )?stations? (?:from|by) viewers like you\b.*|"
    r"the (?:article|interview|story|text) you are reading (?:originally |first )?"
    r"(?:appeared|was published)\b.*|permissions?(?: requests?)?\s*:.{0,120}|"
    r"(?:\w{2,3} )?get the full experience\W.{0,60}|"
    r"[^?]{0,120}\bif (?:you (?:were|have been)|someone|a friend) (?:sent|forwarded) (?:you )?"
    r"this (?:by|e-?mail|newsletter|letter|issue|post)\b.*|"
    r"view this (?:e-?mail|post) (?:in|on) (?:your|the|a) (?:browser|web)\b.*|"
    r"(?:this|today[’']s) (?:episode|podcast|show|program(?:me)?)(?: of [^.?!]{2,60})? is "
    r"(?:brought to you|supported|sponsored) by\b.*|"
    r"(?:captioned|captions|subtitles|subtitled) by\b.{0,100}|verdate\b.*\bjkt\b.*|"
    r"[^.?!]{1,60} is a reader-supported publication\b.*|"
    r"you(?:[’']re| are) reading (?-i:[A-Z]).{0,200}\b(?:subscribe|become|sign up|support)\b.*|"
    r"\[(?:addendum|note|correction|clarification)(?: by| from|:).*\]|"
    r"(?:sitting (?:suspended|adjourned|resumed)|committee suspended)\b.{0,80}|on resuming\W*|"
    r"(?:q ?(?:&|and) ?a|questions? (?:and|&) answers?)(?: session| period)?:?|"
    r"[^.?!:]{1,80} (?:started|stopped|paused|resumed) (?:the )?(?:transcription|recording)|"
    r".*\bi am a bot, and this action was performed automatically\b.*|"
    r"(?:(?:reply|share|report|save|follow|permalink|embed|parent|context|"
    r"full comments(?: \(?\d*\)?)?|(?:give )?award|hide|crosspost|\d+ comments)(?:\W+|$)){2,}|"
    r"all \d+ comments|sorted by: \w+|stickied comment|"
    r"\[?(?:load more comments|continue this thread)\b.{0,120}|"
    r"v\d{1,2}(?:\.\d{1,3}){2}|view instance info|<> ?code|"
    r"[^.?!]{0,160}\bfull (?:interview|episode|video|speech|remarks)\W{1,4}(?:\d{1,2}:){1,2}\d{2}|"
    r"-{4,} ?(?:forwarded|original) message\b.*)$",
    re.I,
)
# "▶ Related: ..."
_POINTER = re.compile(r"^[▶►▸▷»→•]+\s*")
_CAPTION_WORDS = 60
# a credit that ends a caption: "A ship in port. Photo: AGENCY", "(AP Photo/NAME)", "/ AFP"
_AGENCY = r"(?:AFP|AP|EPA|dpa|Reuters|Getty Images|Shutterstock)"
_CREDIT = re.compile(
    r"(?:(?:^|[.!?”’\"')] |[|–—(] ?)(?:(?:Photo(?:graph)?|PHOTO|Foto)s?(?: [Cc]redit)?|"
    r"(?:Image|Picture)s? [Cc]redit)(?:\s*:| by| courtesy of) "
    r"(?:\W?[A-Z][^.?!]{1,80}|the (?:author|writer|artist|interviewee)s?)|"
    r"(?:AP Photo|REUTERS)/[A-Z][^.?!]{1,60}|\bvia Getty Images|"
    rf"(?:[A-Z][\w.’'-]+|[.!?)”\"]) [A-Z][\w’'-]+ ?/ ?{_AGENCY}|"
    r"^(?:[A-Z][\w’'-]+ ){2,3}(?:for|via) (?:[Tt]he )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?|"
    r"[.!?”’\"')] ?© ?[^\W\d_a-z][^.?!]{1,60}|"
    r"[.!?”’\"')] (?:[A-Z][A-Z.’'-]+ ){2,4}FOR (?:[A-Z’'-]+ ?){1,5})[.)\]]{0,2}$"
)
_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_FEW_CAPITALS = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT_WORD = 3
_ENDED = re.compile(r"[.?!:;…—–-][\"'”’)\]*_]*$")


def is_stage_direction(text: str) -> bool:
    """The text holds nothing but notes: ``(Laughter.)``, ``[crosstalk]``, ``--- not heard ---``."""
    return any(pattern.match(text) for pattern in (STAGE, DIVIDER, _RULED, _MESSENGER))


def is_furniture(paragraph: Paragraph, *, titles: frozenset[str]) -> bool:
    """A paragraph inside the interview that nobody said.

    Args:
        paragraph: one that carries no speaker label.
        titles: titles of the page, in lower case; they are often repeated.
    """
    text = paragraph.text
    if is_stage_direction(text) or text.casefold().rstrip(".") in titles:
        return True
    patterns = (
        _ADDRESS,
        _CODED,
        _INTERRUPTION,
        _CLOCK,
        _CUE,
        _PAGE_NUMBER,
        _SPEECH_NUMBER,
        _STARRED,
        _MARKED_UP,
        _CHAPTER,
        PART_HEAD,
        _ARROW,
        EXAMINER,
        _EXAMINATION,
    )
    if any(pattern.match(text) for pattern in patterns):
        return True
    if (pointed := _POINTER.sub("", text)) != text and _INTERRUPTION.match(pointed):
        return True
    if is_caption(text) or (paragraph.quoted and _SIDEBAR.match(text)):
        return True
    words = len(text.split())
    if paragraph.heading and words <= 12:
        return True
    return words <= 12 and not _ENDED.search(text) and bool(_DATELINE.search(text))


def is_caption(text: str) -> bool:
    """The text ends in a photographer's or an agency's credit, as below a picture.

    Where all is set in capitals, "YOU ASK. THEY GIVE YOU HECK FOR THAT." is none.
    """
    short = len(text.split()) <= _CAPTION_WORDS
    return short and not text.isupper() and bool(_CREDIT.search(text))


def is_capital_heading(text: str) -> bool:
    """A line in capitals that ends like no sentence: "STATEMENT OF THE AMBASSADOR"."""
    words = len(_CAPITALS.findall(text))
    return text.isupper() and words >= _FEW_CAPITALS and not _ENDED.search(text)


def is_headline(paragraph: Paragraph) -> bool:
    """Reads as a headline or a link, not as a sentence."""
    return len(paragraph.text.split()) <= 14 and not _ENDED.search(paragraph.text)


def is_title_case(text: str) -> bool:
    """Most of the longer words have capitals, as in a title or a headline."""
    longer = [word for word in _LETTERS.findall(text) if len(word) > _SHORT_WORD]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.7 * len(longer)
