"""The sentences of notices, by their codes: made where they are printed, and parsed nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from pipeline.records import Notice

NO_DATE, UNDATED = "no-date", "undated"
SELDOM_NAMED, HARDLY_OTHERS = "seldom-named", "hardly-others"
HARDLY_ABOUT = frozenset({SELDOM_NAMED, HARDLY_OTHERS})
"""Codes of interviews that are hardly about the bloc."""
_SHOWN_LINES, _SHOWN_FILES, _SHOWN_TEXT = 5, 3, 60
_DATELESS = (
    "; left without a date, on which it depends who was in which bloc; "
    'set "date" in the index to YYYY, YYYY-MM or YYYY-MM-DD'
)
_UNTOLD = 'set "date" in the index'


def _labels_once(labels: Sequence[Any]) -> str:
    named = ", ".join(f'"{one["name"]}" (line {one["line"]})' for one in labels)
    return f"labels seen once: {named}; check that each is a speaker"


def _mixed_languages(main: str, lines: dict[str, list[int]], judged: bool) -> str:
    where = "; ".join(
        f'"{language}" in line{"s" * (len(own) > 1)} {_joined(own[:_SHOWN_LINES])}'
        + (f" and {len(own) - _SHOWN_LINES} more" if len(own) > _SHOWN_LINES else "")
        for language, own in lines.items()
    )
    how = "judged as if they were English" if judged else "not judged either"
    return (
        f'mostly in "{main}", with turns in other languages: {where}; they are {how}; translate or '
        f'split the transcript, or set "language" in the index if they are in "{main}"'
    )


def _doubtful_roles(roles: Sequence[Any]) -> str:
    said = ", ".join(
        f"{one['speaker']} is {one['role']} ({one['probability']:.2f})" for one in roles
    )
    return f"doubtful roles: {said}; check who asks and who answers"


def _roles(source: str, roles: Sequence[Any]) -> str:
    said = ", ".join(f"{one['speaker']} is {one['role']}" for one in roles)
    return f"roles by {source}, to be checked: {said}"


def _seldom_named(bloc: str, rate: float, own: int) -> str:
    often = f"{rate:.1f} times in a thousand words" if rate else "never"
    return f"names {bloc} {often}; check its own stances ({own}) by reading before counting them"


def _uneven_parts(field: str, value: str, people: int, respondents: int) -> str:
    found = f'{field} "{value}" is of none of the {respondents} respondents: '
    if not people:
        return f'{found}no "interviewee" says whose it is; set it, several joined by " / "'
    sign = "/" if field == "country" else " / "
    named = f"{people} interviewees are" if people > 1 else "one interviewee is"
    return f'{found}{named} named; give as many, joined by "{sign}", in the same order'


def _labels_lost(labels: int, by: Mapping[str, int], doc: str, text: str) -> str:
    coders = ", ".join(f"{name} {n:,}" for name, n in by.items())
    shown = text if len(text) <= _SHOWN_TEXT else f"{text[:_SHOWN_TEXT]}..."
    return (
        f"labels beside the run that do not count: {labels:,} ({coders}); each is of no sentence "
        "that the run judges, or of several alike, or its source is not human:NAME; the first is "
        f'of "{shown}" in "{doc}"; correct doc and text, or source, or code these sentences again'
    )


def _undated(files: Sequence[str], transcripts: int) -> str:
    rest = len(files) - _SHOWN_FILES
    more = f" and {rest} more, without a date in interviews.csv" if rest > 0 else ""
    return (
        f"{len(files)} of {transcripts} transcripts without a date, read with the blocs and "
        f"offices of today: {_joined(files[:_SHOWN_FILES])}{more}; {_UNTOLD}"
    )


SENTENCES: dict[str, str | Callable[..., str]] = {
    # how a file was read
    "not-utf8": "not UTF-8; read as {encoding}; check quotation marks and accents",
    "front-matter": "the front matter is malformed ({problem}); read line by line; check title and "
    "date, and quote values that hold a colon",
    "malformed": "malformed ({problem}); check that nothing is missing after this line",
    "other-sheets": "other sheets are not read: {sheets}",
    "pictures": "page {pages}: a picture without text, left out; recognise its text first, such as "
    "with ocrmypdf",
    "read-as-text": "{problem}; read as plain text",
    # how its turns were found
    "no-label": "no speaker label found; the whole text is kept as one statement; expected "
    '"NAME: text" or a question paragraph; see "westward formats", or set the turns by hand: '
    "`westward turns`",
    "before-first": "{words} words before the first speaker left out, from "
    '"{opening} ..."; check that nobody says them',
    "after-last": '{words} words after the last speaker left out, from "{opening} ..."; check that '
    "nobody says them",
    "doubtful-speakers": "turns and roles found with little confidence ({confidence:.2f}); "
    "check them",
    "doubtful-roles": _doubtful_roles,
    "one-speaker": "only one speaker found; check that no label was missed",
    "no-role": "no {role} found among {speakers} speakers",
    "labels-once": _labels_once,
    "long-turn": "a turn of {words:,} words; check that no label in it was missed",
    "unpunctuated": "no punctuation in {share:.0%} of the speech; where sentences start in it was "
    "guessed, and about two boundaries in five are found; punctuate the transcript if you can",
    "other-language": 'the language is "{language}"; segmented, but not judged: stances and claims '
    'are known for English only; if it is English, set "language" in the index',
    "mixed-languages": _mixed_languages,
    NO_DATE: f"no date found{_DATELESS}",
    "ambiguous-date": f'the date "{{date}}" may be day first or month first{_DATELESS}',
    "unreadable-date": f'the date "{{date}}" is no date{_DATELESS}',
    "dated": f'dated {{date}} from "{{text}}"; if the talk was on another day, {_UNTOLD}',
    "uneven-parts": _uneven_parts,
    "no-such-interviewee": 'no respondent is found for the interviewee "{name}", so affiliation '
    "and country stated for it are left out; write the name as the transcript does",
    "several-persons": '"{name}" may be any of {persons} in {register}, so it is none of them; set '
    '"country" in the index, or give one of them another spelling',
    "roles": _roles,
    "no-roles": "{source} did not say who speaks: {problem}",
    # how it was judged
    "no-answer": "no usable answer for {failed} of {sentences} sentences; they are not counted "
    "({times}: {reason})",
    SELDOM_NAMED: _seldom_named,
    HARDLY_OTHERS: "names hardly anybody but {member} ({rate:.1f} others in a thousand words), as "
    "a talk about its own affairs; check its own stances toward {bloc} ({own}) by reading before "
    "counting them",
    # of the whole run
    UNDATED: _undated,
    "same-bytes": "the same bytes as {file}; both are counted",
    "other-bloc": "{main} and {other} are not judged in the same way: a definition of the West is "
    "also found where it is only meant, another bloc where one of its actors is named; not every "
    "difference is due to the definition",
    "few-labels": "{labels} sentences have a label of {question} and probabilities of the model, "
    "{needed} are needed; the probabilities of {question} are as given",
    "text-sent": "the sentences of the transcripts were sent to {host} (--send-text)",
    "labels-differ": "people's labels differ in {sentences} sentences, and nobody has adjudicated: "
    'the judge\'s answers stand there; settle them with labels of the coder "adjudicated"',
    "labels-lost": _labels_lost,
    "links-left-out": "people link {sentences} sentences in a way that cannot count: to no claim "
    "or premise of the answer, or in a circle; `westward show` names them",
    "no-cache": "the cache cannot be used ({problem}), so results are not kept; free some space, "
    "set cache.folder to another place, or delete it with `westward cache clear`",
    "no-secret": "results of earlier runs are not trusted, and none are kept for later ones: "
    "{problem}",
    "foreign-results": "{results} results in the cache are not of your own runs on this machine, "
    "or were altered: they are not used, and computed again",
    "open-cluster": "the Dask scheduler talks without TLS: whoever can reach it can read the "
    "interviews, and run code on its workers and on this machine; use tls:// and --tls",
    "no-report": "report.html is not whole ({problem}); try westward report",
}


def notice(code: str, place: str | None = None, line: int | None = None, **values: Any) -> Notice:
    """Return a notice of a place, with the values that its sentence shows."""
    return Notice(code=code, place=place, line=line, values=values)


def sentence(found: Notice) -> str:
    """Return what a notice tells a reader, after its place."""
    made = SENTENCES[found.code]
    if isinstance(made, str):
        shown = {name: _joined(one) if isinstance(one, list) else one
                 for name, one in found.values.items()}  # fmt: skip
        text = made.format(**shown)
    else:
        text = made(**found.values)
    places = (found.place, found.line, f" {text}") if found.place else (text,)
    return ":".join(str(one) for one in places if one is not None)


def stated(found: Notice) -> dict[str, Any]:
    """Return a notice as run.json has it, with its sentence for a reader."""
    return {**found.model_dump(), "text": sentence(found)}


def renamed(found: Notice, name: Callable[[str], str]) -> Notice:
    """Return a notice whose place and words name files in another way."""
    values = {key: _renamed(value, name) for key, value in found.values.items()}
    place = found.place and name(found.place)
    return found.model_copy(update={"place": place, "values": values})


def _renamed(value: JsonValue, name: Callable[[str], str]) -> JsonValue:
    if isinstance(value, list):
        return [_renamed(one, name) for one in value]
    return name(value) if isinstance(value, str) else value


def _joined(items: Sequence[object]) -> str:
    return ", ".join(map(str, items))
