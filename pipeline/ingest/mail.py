"""Saved e-mails and web archives (MIME): the plain part, else the HTML part."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from pipeline.errors import InputError
from pipeline.ingest import html
from pipeline.ingest import text as plain_text
from pipeline.ingest.content import Content, clean
from pipeline.ingest.decode import decode

_HEADERS = {"title": "Subject", "date": "Date", "author": "From"}


def read(data: bytes, *, name: str) -> Content:
    """Read an e-mail; quoted text becomes a quotation.

    Raises:
        InputError: it has no text.
    """
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
        body = message.get_body(("plain", "html"))
        payload = body.get_payload(decode=True) if body else None
        found = {key: clean(str(message[header] or "")) for key, header in _HEADERS.items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{name}: not a readable e-mail ({error}); expected MIME; save its text as .txt"
        ) from error
    if body is None or not isinstance(payload, bytes) or not payload.strip():
        raise InputError(
            f"{name}: no text in the e-mail; expected a plain or an HTML part; "
            "save the attachment that holds the transcript, and read that"
        )
    text, warnings = decode(payload, name=name, declared=body.get_content_charset())
    reader = html.read if body.get_content_subtype() == "html" else plain_text.read
    content = reader(text, name=name)
    content.metadata = {**{key: value for key, value in found.items() if value}, **content.metadata}
    content.warnings += warnings
    return content
