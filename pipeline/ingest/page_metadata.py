"""What a web page says of itself: title, date, address, site, author, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from pipeline.ingest.content import clean
from pipeline.ingest.dates import find_date

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title"),
    "date": (
        "article:published_time", "datepublished", "og:published_time", "date", "dc.date",
        "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "publish-date",
        "parsely-pub-date", "sailthru.date", "citation_publication_date", "ya:ovs:upload_date",
    ),
    "url": ("og:url", "twitter:url"),
    "series": ("og:site_name", "application-name"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "byl"),
    "description": ("og:description", "description", "twitter:description"),
    "licence": ("dc.rights", "dcterms.license"),
}  # fmt: skip
_SEPARATORS = (" | ", " • ", " · ", " — ", " – ", " - ", " :: ")
# "President of Latvia", "Latvian Government": a site that is named after an office
_OFFICIAL = re.compile(
    r"(?:the )?(?:(?:federal |prime )?(?:president|minister|chancell(?:or|ery))|ministry|embassy"
    r"|government|office of the (?:president|prime minister)|(?:permanent )?mission) of .+"
    r"|.+ (?:government|ministry of .+|department of .+|embassy.*)",
    re.IGNORECASE,
)
_OFFICIAL_WORDS = 8


def read_metadata(root: etree._Element) -> dict[str, str]:
    """Read a page's metadata, before its furniture is dropped."""
    metas = _metas(root)
    linked = list(_linked_data(root))
    found = {key: _first(metas, names) for key, names in _META.items()}
    found["title"] = (
        _text(root, ".//h1") or found["title"] or _linked(linked, "headline") or _title(root)
    )
    found["date"] = _date(root, metas, linked)
    found["series"] = found["series"] or _official(root)
    canonical = next(
        (e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"),
        None,
    )
    if canonical and canonical.startswith("http"):
        found["url"] = canonical
    found["author"] = found["author"] or _linked(linked, "author")
    language = (root.get("lang") or "").split("-")[0].lower()
    found["language"] = language or None
    return {key: text for key, value in found.items() if value and (text := clean(value))}


def _metas(root: etree._Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.lower(), content)
    return metas


def _first(metas: dict[str, str], names: Sequence[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _text(root: etree._Element, path: str) -> str | None:
    for element in root.iterfind(path):
        if text := clean("".join(element.itertext())):
            return text
    return None


def _title(root: etree._Element) -> str | None:
    """The page's title without the site's name behind it."""
    text = _text(root, ".//title")
    if text is None:
        return None
    for separator in _SEPARATORS:
        head = text.split(separator)[0].strip()
        if separator in text and len(head.split()) > 2:
            return head
    return text


def _official(root: etree._Element) -> str | None:
    """The site's name behind the page's title, where it is an office: "| President of Latvia"."""
    text = _text(root, ".//title") or ""
    for separator in _SEPARATORS:
        tail = text.rpartition(separator)[2].strip() if separator in text else ""
        if len(tail.split()) <= _OFFICIAL_WORDS and _OFFICIAL.fullmatch(tail):
            return tail
    return None


def _date(
    root: etree._Element, metas: dict[str, str], linked: Sequence[dict[str, Any]]
) -> str | None:
    """The first that can be read; else what stands in a field for dates, as it is."""
    fields = [_first(metas, _META["date"]), _linked(linked, "datePublished")]
    times = [e.get("datetime") or "".join(e.itertext()) for e in root.iter("time")]
    candidates = (*fields, *times)
    read = next((day for text in candidates if text and (day := find_date(text))), None)
    return read or next(filter(None, fields), None)


def _linked_data(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The page's JSON-LD objects; a block that is no JSON says nothing and is passed over."""
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text:
            continue
        try:
            data = json.loads(script.text)
        except ValueError:
            continue
        queue = list(data) if isinstance(data, list) else [data]
        for item in queue:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                queue.extend(graph if isinstance(graph, list) else [])


def _linked(linked: Sequence[dict[str, Any]], key: str) -> str | None:
    for item in linked:
        value = item.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return None
