"""The header of an e-mail on top of a transcript, as press releases that were sent have it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIELD = re.compile(
    r"^[>*_ ]{0,4}(From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Sender|Message-ID|Return-Path|"
    r"Received|MIME-Version|Content-[\w-]{1,30}|X-[\w-]{1,40}|Importance|Attachments?)"
    r"[*_]{0,2}:[*_]{0,2}(?:\s+(.*))?$",
    re.I,
)
_GOES_ON = re.compile(r"^[ \t]+\S")
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.I)
_NEXT = re.compile(r"^[>*_ ]{0,4}From:", re.I)
_LEAD = 3


def plain_subject(subject: str) -> str:
    """A mail's subject without what says that it is an answer, or passed on: "Re:", "Fwd:"."""
    return _PREFIX.sub("", subject)


def find_mail_header(lines: Sequence[str]) -> tuple[dict[str, str], range]:
    """Return title and date as an e-mail's header has them, and where its lines stand; else none.

    It stands on top, below a line such as "Forwarded message" at most, and says from whom the mail
    is, what about and when. Where another mail follows, who wrote each is said by its header.
    """
    fields, found = find_mail_fields(lines)
    date = fields.get("date") or fields.get("sent")
    title = plain_subject(fields.get("subject", ""))
    if "from" not in fields or not (title and date) or any(map(_NEXT.match, lines[found.stop :])):
        return {}, range(0)
    return {"title": title, "date": date}, found


def find_mail_fields(lines: Sequence[str]) -> tuple[dict[str, str], range]:
    """Return the fields of the e-mail's header on top, by name in lower case, and its lines."""
    start = next((i for i, line in enumerate(lines[: _LEAD + 1]) if _FIELD.match(line)), len(lines))
    fields: dict[str, str] = {}
    name, end = "", start
    for end in range(start, len(lines) + 1):
        line = lines[end] if end < len(lines) else ""
        if found := _FIELD.match(line):
            name = found.group(1).lower()
            fields.setdefault(name, (found.group(2) or "").strip("*_ \t"))
        elif name and _GOES_ON.match(line):
            fields[name] = f"{fields[name]} {line.strip()}".strip()
        else:
            break
    return fields, range(start, end)
