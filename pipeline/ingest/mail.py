"""E-mails as they are saved: headers, and the text among the parts, decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from pipeline.errors import InputError
from pipeline.ingest import html, text
from pipeline.ingest.content import Content, clean
from pipeline.ingest.decode import decode
from pipeline.ingest.mail_header import find_mail_fields, plain_subject
from pipeline.ingest.mail_reply import Writers, read_reply

_DEPTH = re.compile(r"^(?:> ?)+")
_STUB = 0.3
_TAG = re.compile(r"<[^>]*>")


def read(data: bytes, *, name: str) -> Content:
    """Read an e-mail: its plain part, or the page where it has none; subject and date.

    Where it answers between the quoted lines of another one, the quoted lines ask, the others
    answer. A paragraph's line is that of the decoded part.

    Raises:
        InputError: it has no header of an e-mail, or no text but what is attached.
    """
    message = message_from_bytes(data)
    if not any(message[field] for field in ("From", "Date", "Subject")):
        raise InputError(
            f"{name}:1: no header of an e-mail; expected From, Date and Subject on top; "
            "save the mail as .eml anew, or its text as .txt"
        )
    body, is_page = _body(message, name=name)
    content = html.read(body, name=name) if is_page else text.read(_by_turns(body), name=name)
    _describe(content, message, body)
    return content


def _body(message: Message, *, name: str) -> tuple[str, bool]:
    """The mail's text, and whether it is a page; of a mail that is only passed on, the inner one.

    A plain part that only says that the mail is a page gives way to the page.
    """
    parts = list(_parts(message))
    plain, page = (_first(parts, kind, name=name) for kind in ("text/plain", "text/html"))
    if plain.strip() and len(plain.split()) >= _STUB * len(_TAG.sub(" ", page).split()):
        return plain, False
    if page.strip():
        return page, True
    for part in parts:
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return _body(part.get_payload(0), name=name)  # type: ignore[arg-type]
    found = (clean(_decoded(part.get_filename() or "")) for part in parts)
    attached = ", ".join(f'"{one}"' for one in found if one) or "none"
    raise InputError(
        f"{name}: no text in the e-mail (attachments: {attached}); expected a plain or an HTML "
        "part; save the attachment that holds the transcript, and read that"
    )


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold no parts, and the mails that are attached, whole."""
    inner = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(inner, list):
        for part in inner:
            yield from _parts(part)  # type: ignore[arg-type]
    else:
        yield message


def _first(parts: Sequence[Message], kind: str, *, name: str) -> str:
    """The first text of a kind that is no attachment, by its charset or what its bytes are like."""
    for part in parts:
        data = part.get_payload(decode=True)
        shown = part.get_content_type() == kind and part.get_content_disposition() != "attachment"
        if not shown or not isinstance(data, bytes) or not data.strip():
            continue
        try:
            found = data.decode(part.get_content_charset("us-ascii"))
        except (LookupError, UnicodeDecodeError):
            found, _ = decode(data, name=name)
        return found.replace("\r\n", "\n").replace("\r", "\n")
    return ""


def _decoded(header: object) -> str:
    """A header's text, its encoded words written out; as it stands where they are broken."""
    if not header:
        return ""
    try:
        return clean(str(make_header(decode_header(header))))  # type: ignore[arg-type]
    except (LookupError, ValueError, HeaderParseError):
        return clean(str(header))


def _by_turns(body: str) -> str:
    """Leave one ">" before the lines of every other mail of a thread that quotes its quotations.

    Two who write to each other quote by turns: ">" is the other's, ">>" the writer's own again.
    """
    lines = body.split("\n")
    depths = [found.group().count(">") if (found := _DEPTH.match(line)) else 0 for line in lines]
    if 1 not in depths:
        return body
    return "\n".join(
        line if depth < 2 else ("> " if depth % 2 else "") + _DEPTH.sub("", line)
        for line, depth in zip(lines, depths, strict=True)
    )


def _describe(content: Content, message: Message, body: str) -> None:
    """Add to the content what the headers say, and whose the lines are if it is a reply."""
    passed_on, _ = find_mail_fields(body.split("\n"))
    subject = _decoded(message["Subject"])
    found = {"title": plain_subject(subject), "date": _date(message)}
    content.metadata = {**{k: v for k, v in found.items() if v}, **content.metadata}
    writers = Writers(
        sender=_only(_people(passed_on.get("from") or str(message["From"] or ""))),
        receiver=_only(_people(passed_on.get("to", "") if passed_on else str(message["To"] or ""))),
        replies=bool(message["In-Reply-To"] or message["References"])
        or plain_subject(subject) != subject,
    )
    if reply := read_reply(content.paragraphs, writers):
        content.turns = list(reply.turns)
        content.dropped += reply.dropped
        content.metadata = {**reply.people, **content.metadata}


def _date(message: Message) -> str:
    header = _decoded(message["Date"])
    try:
        return parsedate_to_datetime(header).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return header


def _people(addresses: str) -> list[str]:
    """The names before addresses, "Surname, Name <box@place>" too; "" for a bare address."""
    return [_plain_name(_decoded(name)) for name, _ in getaddresses([addresses])]


def _plain_name(name: str) -> str:
    name = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", clean(name)).strip("\"' ")
    last, comma, first = name.partition(", ")
    if comma and len(first.split()) <= 2 and len(last.split()) <= 3:
        name = f"{first} {last}"
    return "" if "@" in name or not name[:1].isalpha() else name


def _only(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ""
