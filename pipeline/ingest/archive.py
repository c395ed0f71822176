"""Zip archives, as office documents are: opened with a limit on what they unpack to."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from pipeline.errors import InputError

MAX_UNPACKED = 200_000_000
MAX_XML = 60_000_000
MAX_MEMBERS = 10_000


def open_archive(data: bytes, *, name: str, expected: str) -> zipfile.ZipFile:
    """Open an archive, after a look at the sizes its directory declares.

    A member never unpacks to more than it declares, so the sum bounds the memory.

    Args:
        data: of the file.
        name: of the file, for messages.
        expected: what the archive should be, such as "a Word document (.docx)".

    Raises:
        InputError: it is no archive, damaged, encrypted, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise InputError(
                f"{name}: an old or encrypted office document; expected {expected} without a "
                "password; open it and save it anew"
            ) from error
        raise InputError(
            f"{name}: damaged ({error}); expected {expected}; open it and save it anew"
        ) from error
    total = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_UNPACKED:
        raise InputError(
            f"{name}: unpacks to {total:,} bytes in {len(members):,} parts; expected {expected} "
            f"of at most {MAX_UNPACKED:,}; remove its pictures, or save it as plain text"
        )
    if any(member.flag_bits & 1 for member in members):
        raise InputError(f"{name}: encrypted; expected {expected} without a password; save it so")
    return archive


def read_member(archive: zipfile.ZipFile, member: str, *, name: str, expected: str) -> bytes:
    """Return one part of an archive.

    Raises:
        InputError: the part is missing, damaged, or too large.
    """
    try:
        if archive.getinfo(member).file_size > MAX_XML:
            raise InputError(
                f"{name}: its text unpacks to more than {MAX_XML:,} bytes; expected {expected} "
                "with one transcript; split it"
            )
        return archive.read(member)
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError,
            RuntimeError) as error:  # fmt: skip
        raise InputError(
            f"{name}: its part {member} cannot be read ({error}); expected {expected}; open it "
            "and save it anew"
        ) from error
    except Exception as error:  # zlib.error has no other public base
        raise InputError(f"{name}: damaged ({error}); expected {expected}; save it anew") from error


def parse_xml(data: bytes, *, name: str, expected: str) -> etree._Element:
    """Parse XML without expanding entities and without reaching for other files.

    Raises:
        InputError: the XML is malformed, or tries to expand entities.
    """
    if b"<!ENTITY" in data:
        raise InputError(f"{name}: declares entities of its own; expected {expected}; save it anew")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            f"{name}: its XML cannot be read ({error}); expected {expected}; save it anew"
        ) from error
    return root
