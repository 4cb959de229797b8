"""The shipped model: tokens in; syntax, names, event and statement scores out."""

from onrecord.understand.reader.onnx import OnnxReader, load_reader
from onrecord.understand.reader.reading import (
    ACTS,
    EVENT_TYPES,
    FACTUALITIES,
    FORMS,
    CueScore,
    Reader,
    Reading,
    TriggerScore,
)

__all__ = [
    "ACTS",
    "EVENT_TYPES",
    "FACTUALITIES",
    "FORMS",
    "CueScore",
    "OnnxReader",
    "Reader",
    "Reading",
    "TriggerScore",
    "load_reader",
]
