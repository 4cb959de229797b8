"""Rows of JSON as few bytes: what is the same is written once.

A packed table has `keys` (the keys of each kind of object), `pool` and `rows`. Of the
pool, a text, float, truth value or null stands for itself; `[0, ...]` is a list and
`[n, ...]` an object with the keys `keys[n - 1]`. What stands in those is a place in
the pool or, below zero, the integer `-1 - n`. `rows` are places in the pool.

Words of a sentence are cut from it again: where a span's words are those that the
row's `sentence` has at its place, `text` is true.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Node = Any


class Packer:
    """Collects rows; `table` is what to write."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, ...], int] = {}
        self._places: dict[object, int] = {}
        self._pool: list[Node] = []
        self._rows: list[int] = []

    def add(self, row: Any) -> None:
        """Add a row of plain data."""
        self._rows.append(self._place(row))

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def table(self) -> dict[str, Any]:
        """Return the packed rows."""
        keys = [list(key) for key in self._keys]
        return {"keys": keys, "pool": self._pool, "rows": self._rows}

    def _reference(self, value: Any) -> int:
        if type(value) is int and value >= 0:
            return -1 - value
        return self._place(value)

    def _place(self, value: Any) -> int:
        match value:
            case Mapping():
                kind = self._keys.setdefault(tuple(value), len(self._keys) + 1)
                node = (kind, *map(self._reference, value.values()))
            case list() | tuple():
                node = (0, *map(self._reference, value))
            case _:
                return self._pooled((type(value), value), value)
        return self._pooled(node, list(node))

    def _pooled(self, key: object, node: Node) -> int:
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self._pool)
            self._pool.append(node)
        return place


def pack(rows: Iterable[Any]) -> dict[str, Any]:
    """Return rows as a packed table."""
    packer = Packer()
    for row in rows:
        packer.add(row)
    return packer.table()


def without_words(value: Any, sentence: Mapping[str, Any]) -> Any:
    """Return plain data in which words that `sentence` has at their place are true."""
    match value:
        case Mapping():
            out = {key: without_words(item, sentence) for key, item in value.items()}
            if value is not sentence and _is_within(value, sentence):
                out["text"] = True
            return out
        case list() | tuple():
            return [without_words(item, sentence) for item in value]
        case _:
            return value


def _is_within(span: Mapping[str, Any], sentence: Mapping[str, Any]) -> bool:
    if not ("text" in span and "start" in span and "end" in span):
        return False
    start, end = span["start"] - sentence["start"], span["end"] - sentence["start"]
    words: str = sentence["text"]
    return bool(0 <= start <= end and words[start:end] == span["text"])


class Names:
    """Gives each different value a number, in the order in which they come."""

    def __init__(self) -> None:
        self._places: dict[object, int] = {}
        self.values: list[Any] = []

    def place(self, value: Any) -> int:
        """Return the number of a value; -1 of None."""
        if value is None:
            return -1
        key = _key(value)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.values)
            self.values.append(value)
        return place


def _key(value: Any) -> object:
    return (
        tuple(map(_key, value))
        if isinstance(value, Sequence | list) and not (isinstance(value, str))
        else (type(value), value)
    )
