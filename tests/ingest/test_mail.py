"""Saved e-mails: headers, parts, and answers between the lines of the mail that asks."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Source

ANSWERED = """Dear Ms Editor,

here are my answers.

On Mon, 20 Jan 2025 at 4:48 PM The Editor <editor@paper.example>
wrote:

> Dear Analyst,
>
> Thank you for doing this. Take your time.
>
> 1. Does the alliance hold in the north, now that its largest member
> looks elsewhere?

It holds. Nobody in the north doubts that it will hold for as long as
ships can be built.

Whether it grows is another matter.

> 2. And Beijing?

> 3. Does it want a war?

It wants to be asked.

> Many thanks,
> The Editor

-- \nThe Analyst
Harbour Road 3
"""


def _mail(plain: str = "", *, page: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    known = {
        "From": "Señor Analyst <analyst@institute.example>",
        "Date": "Fri, 31 Jan 2025 22:13:52 +0100",
        "Subject": "Re: Interview – the north",
    }
    for name, value in {
        **known,
        **{key.replace("_", "-"): v for key, v in headers.items()},
    }.items():
        if value:
            message[name] = value
    if plain:
        message.set_content(plain, cte="quoted-printable")
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html", charset="iso-8859-1")
    return message.as_bytes()


def _read(data: bytes) -> Source:
    return read_bytes(data, name="talk.eml")


def test_the_quoted_lines_ask_and_the_others_answer() -> None:
    source = _read(_mail(ANSWERED))
    assert [(turn.role, turn.text.split("\n\n")) for turn in source.turns] == [
        ("interviewer", ["Does the alliance hold in the north, now that its largest member looks "
                         "elsewhere?"]),
        ("respondent", ["It holds. Nobody in the north doubts that it will hold for as long as "
                        "ships can be built.", "Whether it grows is another matter."]),
        ("interviewer", ["And Beijing?", "Does it want a war?"]),
        ("respondent", ["It wants to be asked."]),
    ]  # fmt: skip
    assert {turn.speaker for turn in source.turns} == {"The Editor", "Señor Analyst"}
    assert source.metadata["interviewee"] == "Señor Analyst"


def test_subject_and_day_are_told_by_the_headers() -> None:
    source = _read(_mail("HOST: Why?\n\nENVOY: Because."))
    assert (source.format, source.metadata["title"]) == ("eml", "Interview – the north")
    assert source.metadata["date"] == "2025-01-31"


def test_a_pasted_transcript_with_a_quotation_is_no_reply() -> None:
    body = "HOST: Why?\n\n> We must ask why.\n\nENVOY: So they say.\n\n> Why not?\n\nHOST: Quite."
    source = _read(_mail(body, Subject="Interview with the envoy"))
    assert not source.turns
    assert "interviewer" not in source.metadata
    assert source.paragraphs[0].text == "HOST: Why?"


def test_without_a_name_in_the_header_the_greetings_tell_them() -> None:
    body = ANSWERED.replace("The Editor <editor@paper.example>", "<editor@paper.example>")
    source = _read(_mail(body.replace("Dear Analyst", "Dear Professor North"),
                         From="analyst@institute.example"))  # fmt: skip
    assert {turn.speaker for turn in source.turns} == {"Ms Editor", "Professor North"}


def test_the_mail_before_in_a_thread_is_read_by_who_wrote_it() -> None:
    first = (ANSWERED.split("wrote:\n")[1]).split("> Many")[0]
    thread = (
        "On Tue, 4 Feb 2025 The Editor <editor@paper.example> wrote:\n\n"
        "> 1. Does it want a treaty?\n\nNot yet.\n\n> 2. When?\n\nNext year.\n\n"
        "> On Fri, 31 Jan 2025 The Analyst <analyst@institute.example> wrote:\n>\n"
        + "\n".join(f"> > {line}" for line in first.split("\n"))
    )
    source = _read(_mail(thread))
    asked = [turn.text for turn in source.turns if turn.role == "interviewer"]
    assert asked[:2] == ["Does it want a treaty?", "When?"]
    assert source.turns[-1].text == "It wants to be asked."
    assert [turn.role for turn in source.turns[::2]] == ["interviewer"] * 4


def test_a_mail_without_a_plain_part_is_read_as_a_page() -> None:
    page = (
        "<div>On 20 January 2025 The Editor &lt;e@p.example&gt; wrote:</div>"
        "<blockquote><p>1. Does it hold, señor?</p></blockquote><div>It holds.</div>"
        "<blockquote><p>2. And grows?</p></blockquote><div>It grows.</div>"
    )
    source = _read(_mail(page=page))
    assert [turn.text for turn in source.turns] == [
        "Does it hold, señor?", "It holds.", "And grows?", "It grows."
    ]  # fmt: skip
    stub = _read(_mail("Your program cannot show this mail.", page=page + "<p>word</p>" * 40))
    assert stub.turns[0].text == "Does it hold, señor?"


def test_a_charset_that_nobody_knows_is_guessed() -> None:
    data = b"From: a@b.example\nSubject: Talk\nContent-Type: text/plain; charset=x-mine\n\n"
    source = _read(data + "HOST: Señor, why?\n\nENVOY: Because.".encode())
    assert source.paragraphs[0].text == "HOST: Señor, why?"


def test_a_mail_with_nothing_but_attachments_names_them() -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="answers.docx")
    with pytest.raises(InputError, match=r"no text in the e-mail.*\"answers.docx\".*save the att"):
        _read(message.as_bytes())


def test_what_has_no_header_is_no_mail() -> None:
    with pytest.raises(InputError, match="no header of an e-mail"):
        _read(b"HOST: Why?\n\nENVOY: Because.")
