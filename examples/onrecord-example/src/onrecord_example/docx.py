"""Word documents: a zip with the text in `word/document.xml`."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree

from onrecord import Given

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
PROPERTIES = "docProps/core.xml"
MOST_BYTES = 50_000_000  # of a part, unpacked: the sizes a zip tells may lie


def read_docx(stream: BinaryIO) -> Iterator[Given]:
    """Yield the report that a document is: its text, and what its properties say."""
    with zipfile.ZipFile(stream) as parts:
        body = _parse(parts, "word/document.xml")
        paragraphs = ("".join(_texts(p)) for p in body.iter(f"{WORD}p"))
        named = set(parts.namelist())
        core = (
            _parse(parts, "docProps/core.xml") if "docProps/core.xml" in named else None
        )
    yield Given(
        text="\n\n".join(p for p in paragraphs if p.strip()),
        title=_said(core, f"{DUBLIN_CORE}title"),
        date=_said(core, f"{TERMS}created"),
    )


def _texts(paragraph: ElementTree.Element) -> Iterator[str]:
    for part in paragraph.iter():
        if part.tag == f"{WORD}t":
            yield part.text or ""
        elif part.tag in (f"{WORD}tab", f"{WORD}br"):
            yield " "


def _parse(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with parts.open(name) as part:
        raw = part.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ValueError(f"{name} has more than {MOST_BYTES:,} bytes")
    if b"<!DOCTYPE" in raw:
        raise ValueError(f"{name} declares entities, as no word processor does")
    return ElementTree.fromstring(raw)


def _said(core: ElementTree.Element | None, tag: str) -> str | None:
    found = core.find(tag) if core is not None else None
    return found.text or None if found is not None else None
