"""Places in a text as a page's script counts them: in UTF-16, not in code points.

This is the one place where they are turned into each other.
"""

from itertools import accumulate
from typing import Any

BEYOND = 0x10000  # code points from here on are two units of UTF-16


def utf16_places(text: str) -> tuple[int, ...]:
    """Return for each code point of `text`, and for its end, its place in UTF-16.

    >>> utf16_places("a😀b")
    (0, 1, 3, 4)
    """
    return tuple(accumulate((1 + (ord(c) >= BEYOND) for c in text), initial=0))


def with_utf16(value: Any) -> Any:
    """Add `start16` and `end16` to every mark that lies in words beside it.

    `value` is plain data. Marks are `cells` or `marks` with a `start` beside the
    `sentence` that they lie in; they count from the start of that sentence. Where
    `marks` are those of a whole report, beside its `text`, they count from its start.
    """
    if isinstance(value, list | tuple):
        return [with_utf16(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("text"), str) and "marks" in value:
        return _with_text(value)
    out = {key: with_utf16(item) for key, item in value.items()}
    sentence = value.get("sentence")
    if isinstance(sentence, dict):
        for key in ("cells", "marks"):
            marks = value.get(key)
            if marks and "start" in marks[0]:
                places = utf16_places(sentence["text"])
                out[key] = [_placed(m, places, sentence["start"]) for m in marks]
    return out


def _with_text(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report whose events' sentences and cells are counted in its text."""
    places = utf16_places(report["text"])
    marks = [
        {
            **event,
            "sentence": _placed(event["sentence"], places),
            "cells": [_placed(cell, places) for cell in event["cells"]],
        }
        for event in report["marks"]
    ]
    return {**report, "marks": marks}


def _placed(
    mark: dict[str, Any], places: tuple[int, ...], begin: int = 0
) -> dict[str, Any]:
    """Return a mark with its places in the words that begin at code point `begin`."""
    return {
        **mark,
        "start16": places[mark["start"] - begin],
        "end16": places[mark["end"] - begin],
    }
