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
    """Add `start16` and `end16` to every mark that lies in a sentence beside it.

    `value` is plain data. Marks are `cells` with a `start`, beside the `sentence` that
    they lie in; the places count from the start of that sentence.
    """
    if isinstance(value, list | tuple):
        return [with_utf16(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {key: with_utf16(item) for key, item in value.items()}
    sentence, marks = value.get("sentence"), value.get("cells")
    if isinstance(sentence, dict) and marks and "start" in marks[0]:
        out["cells"] = marks_in(sentence["text"], sentence["start"], marks)
    return out


def marks_in(text: str, begin: int, marks: list[dict[str, Any]]) -> list[Any]:
    """Return marks with `start16` and `end16`, counted from the start of `text`.

    `text` begins at code point `begin`; `start` and `end` of the marks stay.
    """
    places = utf16_places(text)
    return [
        {
            **mark,
            "start16": places[mark["start"] - begin],
            "end16": places[mark["end"] - begin],
        }
        for mark in marks
    ]
