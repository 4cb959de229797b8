"""Reading the files of a site as its page does."""

import json
from pathlib import Path
from typing import Any


def data_of(folder: Path, name: str) -> Any:
    """Return what a script of the site gives to the page."""
    return json.loads(string_of((folder / "data" / f"{name}.js").read_bytes(), name))


def string_of(script: bytes, name: str) -> str:
    """Return the string that a script hands over, by the rules of scripts."""
    text = script.decode("utf-8")
    begin, end = f"onrecord('{name}','", "')\n"
    assert text.startswith(begin)
    assert text.endswith(end)
    body = text.removeprefix(begin).removesuffix(end)
    out, at = [], 0
    while at < len(body):
        if body[at] != "\\":
            assert body[at] not in "'\n\r\u2028\u2029"
            out.append(body[at])
            at += 1
        elif body[at + 1] == "u":
            out.append(chr(int(body[at + 2 : at + 6], 16)))
            at += 6
        else:
            assert body[at + 1] in "\\'"
            out.append(body[at + 1])
            at += 2
    return "".join(out)


def rows_of(table: dict[str, Any]) -> list[Any]:
    """Return the rows of a packed table."""
    return [unpacked(table, place) for place in table["rows"]]


def unpacked(table: dict[str, Any], place: int) -> Any:
    """Return a value of a packed table."""
    if place < 0:
        return -1 - place
    node = table["pool"][place]
    if not isinstance(node, list):
        return node
    kind, *parts = node
    values = [unpacked(table, part) for part in parts]
    if kind == 0:
        return values
    return dict(zip(table["keys"][kind - 1], values, strict=True))
