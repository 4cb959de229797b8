"""Small tables and marked sentences for notebooks: safe HTML in the page's own colours.

How an event stands is shown by the line under its words, never by colour: solid
happened, dashed planned, dotted hypothetical, struck through negated or denied.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from onrecord.show.explanation import Explanation
from onrecord.show.marks import Mark, Segment, cut_segments
from onrecord.show.values import plain_value
from onrecord.show.visible import json_line, one_line

Row = Mapping[str, Any]

CELL_LENGTH = 80  # characters; a sentence is shown whole
LINES = {
    "happened": "solid",
    "planned": "dashed",
    "hypothetical": "dotted",
}
TYPE = "type"  # the mark on the words that call up the event
STRUCK = "text-decoration:line-through"
RULE = "border-bottom:1px solid rgba(128,128,128,.35)"
CELL = f"text-align:left;vertical-align:top;padding:.25em .6em;{RULE}"
FAINT = "opacity:.7;font-size:.85em"
EVENT_HEADER = ("when", "type", "factuality", "who", "to whom", "by", "sentence")


def events_html(rows: Sequence[Row], total: int) -> str:
    """Return the first events of a table, with the trigger marked in its sentence."""
    return _table(EVENT_HEADER, map(_event_cells, rows), len(rows), total, "events")


def rows_html(rows: Sequence[Row], total: int, what: str) -> str:
    """Return the first rows of a table as they are, long cells cut."""
    header = tuple(rows[0]) if rows else ()
    cells = ([_short(row[name]) for name in header] for row in rows)
    return _table(header, cells, len(rows), total, what)


def explanation_html(explanation: Explanation, factuality: str) -> str:
    """Return an event's sentence with every cell's words marked, and the cells."""
    sentence = "".join(_marked(s, factuality) for s in explanation.segments)
    rows = (
        [
            _text(cell.label),
            _text(cell.value),
            _text(" … ".join(words.text for words in cell.words)),
            f'<span style="{FAINT}">{_text(cell.rule or "")}</span>',
        ]
        for cell in explanation.cells
    )
    header = ("cell", "value", "words", "rule")
    count = len(explanation.cells)
    return (
        f'<div><p style="line-height:2">{sentence}</p>'
        f"{_table(header, rows, count, count, 'cells')}"
        f'<p style="{FAINT}">{_text(explanation.event_id)}</p></div>'
    )


def _event_cells(event: Row) -> list[str]:
    when = [str(day) for day in (event["when_from"], event["when_to"]) if day]
    trigger, sentence = event["trigger"], event["sentence"]
    mark = Mark(trigger["start"], trigger["end"], TYPE)
    segments = cut_segments(sentence["text"], sentence["start"], [mark])
    kinds = [event["event_type"], event["mode"]]
    return [
        _text(" to ".join(dict.fromkeys(when))),
        _text(" ".join(kind for kind in kinds if kind)),
        _text(event["factuality"]),
        _names(event["actors"]),
        _names(event["recipients"]),
        _names(event["attribution"]),
        "".join(_marked(s, event["factuality"]) for s in segments),
    ]


def _names(parties: Iterable[Row]) -> str:
    return _text(", ".join(party["name"] for party in parties))


def _marked(segment: Segment, factuality: str) -> str:
    """Return words under their innermost mark; its name stands below the pointer.

    The line of the words that call up the event tells how it stands.
    """
    text = _text(segment.text, strip=False)
    if not segment.marks:
        return text
    label = segment.marks[-1].label
    line = "1px solid"
    if TYPE in label.split(", "):
        line = f"2px {LINES.get(factuality, 'solid')}"
    look = f"background:none;color:inherit;border-bottom:{line} currentColor"
    if TYPE in label.split(", ") and factuality not in LINES:
        look += f";{STRUCK}"
    return f'<mark style="{look}" title="{_text(label)}">{text}</mark>'


def _table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    shown: int,
    total: int,
    what: str,
) -> str:
    """Return a table of cells that are HTML already."""
    head = "".join(f'<th style="{CELL}">{_text(name)}</th>' for name in header)
    body = "".join(
        "<tr>" + "".join(f'<td style="{CELL}">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    more = f", the first {shown:,} shown" if shown < total else ""
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;'
        f'color:inherit;background:none"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
        f'<p style="{FAINT}">{total:,} {_text(what)}{more}</p></div>'
    )


def _short(value: Any) -> str:
    if value is None:
        return ""
    plain = plain_value(value)
    match plain:
        case list() if all(isinstance(item, str) for item in plain):
            text = ", ".join(plain)
        case dict() | list():
            text = json_line(plain)
        case _:
            text = str(plain)
    cut = text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"
    return _text(cut)


def _text(text: str, *, strip: bool = True) -> str:
    line = one_line(text)
    return escape(line.strip() if strip else line)
