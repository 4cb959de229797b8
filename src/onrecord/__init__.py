"""Political event data that can be audited.

>>> import onrecord
>>> kit = onrecord.load_kit()                        # doctest: +SKIP

The names below are the public API; each is imported when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.errors import OnRecordError
    from onrecord.lexicon.kit import Kit, load_kit
    from onrecord.model.document import Document, Rejected
    from onrecord.model.event import CodedDocument, Event, Statement
    from onrecord.model.span import Span
    from onrecord.pipeline import process, understand

    __version__: str

__all__ = [
    "CodedDocument",
    "Document",
    "Event",
    "Kit",
    "OnRecordError",
    "Rejected",
    "Span",
    "Statement",
    "__version__",
    "load_kit",
    "process",
    "understand",
]

_HOMES = {
    "CodedDocument": "onrecord.model.event",
    "Document": "onrecord.model.document",
    "Event": "onrecord.model.event",
    "Kit": "onrecord.lexicon.kit",
    "OnRecordError": "onrecord.errors",
    "Rejected": "onrecord.model.document",
    "Span": "onrecord.model.span",
    "Statement": "onrecord.model.event",
    "load_kit": "onrecord.lexicon.kit",
    "process": "onrecord.pipeline",
    "understand": "onrecord.pipeline",
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
