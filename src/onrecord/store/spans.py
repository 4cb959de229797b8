"""Whether the words a row cites are the words of its report."""

from collections.abc import Iterator, Mapping
from typing import Any

SPAN_KEYS = frozenset({"start", "end", "text"})


def wrong_spans(row: Mapping[str, Any], text: str) -> Iterator[str]:
    """Yield what is wrong with each cited span of a row, however deep it lies."""
    for column, value in row.items():
        yield from _wrong(column, value, text)


def _wrong(place: str, value: Any, text: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.keys() >= SPAN_KEYS:
            yield from _wrong_span(place, value, text)
        for key, inner in value.items():
            yield from _wrong(f"{place}.{key}", inner, text)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _wrong(f"{place}[{position}]", inner, text)


def _wrong_span(place: str, span: Mapping[str, Any], text: str) -> Iterator[str]:
    start, end, words = span["start"], span["end"], span["text"]
    if start is None or end is None or not 0 <= start < end <= len(text):
        yield f"{place} cites {start}:{end}, outside its report"
    elif text[start:end] != words:
        found = text[start:end]
        yield f"{place} claims {words!r} at {start}:{end}, which reads {found!r}"
