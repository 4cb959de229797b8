"""Political event data that can be audited.

    kit, reader, cache = load_kit(), load_reader(), SentenceCache()
    for report in read_reports(["reports.jsonl"]):
        if isinstance(report, Document):
            coded = process(report, kit=kit, reader=reader, cache=cache)

The names below are the public API; each is imported when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import open_record
    from onrecord.errors import OnRecordError
    from onrecord.lexicon.kit import Kit, load_kit
    from onrecord.model.document import Document, Rejected
    from onrecord.model.event import CodedDocument, Event, Statement
    from onrecord.model.span import Span
    from onrecord.pipeline import process, relate
    from onrecord.read import read_reports
    from onrecord.read.columns import Given
    from onrecord.understand.parse import SentenceCache
    from onrecord.understand.reader import Reading, load_reader

    __version__: str

__all__ = [
    "CodedDocument",
    "Document",
    "Event",
    "Given",
    "Kit",
    "OnRecordError",
    "Reading",
    "Rejected",
    "SentenceCache",
    "Span",
    "Statement",
    "__version__",
    "load_kit",
    "load_reader",
    "open_record",
    "process",
    "read_reports",
    "relate",
]

_HOMES = {
    "CodedDocument": "onrecord.model.event",
    "Document": "onrecord.model.document",
    "Event": "onrecord.model.event",
    "Given": "onrecord.read.columns",
    "Kit": "onrecord.lexicon.kit",
    "OnRecordError": "onrecord.errors",
    "Reading": "onrecord.understand.reader",
    "Rejected": "onrecord.model.document",
    "SentenceCache": "onrecord.understand.parse",
    "Span": "onrecord.model.span",
    "Statement": "onrecord.model.event",
    "load_kit": "onrecord.lexicon.kit",
    "load_reader": "onrecord.understand.reader",
    "open_record": "onrecord.api",
    "process": "onrecord.pipeline",
    "read_reports": "onrecord.read",
    "relate": "onrecord.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    import importlib

    if name == "__version__":
        from importlib.metadata import version

        return version("onrecord")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
