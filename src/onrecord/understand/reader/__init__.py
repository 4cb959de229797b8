"""The shipped model: tokens in; syntax, names, event and statement scores out."""

from onrecord.understand.reader.onnx import OnnxReader, load_reader
from onrecord.understand.reader.reading import (
    ACTS,
    EVENT_TYPES,
    FACTUALITIES,
    FORMS,
    Reader,
    Reading,
)

__all__ = [
    "ACTS",
    "EVENT_TYPES",
    "FACTUALITIES",
    "FORMS",
    "OnnxReader",
    "Reader",
    "Reading",
    "load_reader",
]
