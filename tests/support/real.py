"""The shipped knowledge and reader, loaded once a process."""

import datetime as dt
from functools import cache

import pytest

from onrecord.errors import ModelError
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.event import CodedDocument
from onrecord.pipeline import code, understand
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import OnnxReader, load_reader


@cache
def real_kit() -> Kit:
    """Return all shipped knowledge."""
    return load_kit()


@cache
def real_reader() -> OnnxReader:
    """Return the shipped reader; skip the test where the model is not there."""
    try:
        return load_reader()
    except ModelError as err:
        pytest.skip(f"needs the reader's model: {err}")


def make_report(text: str, date: dt.date | None = dt.date(2022, 1, 29)) -> Document:
    """Return a report without outlet."""
    return Document(
        doc_id=make_doc_id(text, date, None),
        source_id="test",
        text=text,
        date=date,
        date_basis=DateBasis.GIVEN if date else DateBasis.UNKNOWN,
    )


def annotate(
    text: str, date: dt.date | None = dt.date(2022, 1, 29)
) -> AnnotatedDocument:
    """Return a text with all its layers, by the shipped reader."""
    return understand(
        make_report(text, date),
        kit=real_kit(),
        reader=real_reader(),
        cache=SentenceCache(),
    )


def code_text(text: str, date: dt.date | None = dt.date(2022, 1, 29)) -> CodedDocument:
    """Return a text's events and statements, by the shipped reader."""
    return code(annotate(text, date), kit=real_kit())
