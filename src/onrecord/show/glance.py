"""What a table on a terminal shows of each record: few columns, the words among them.

Cells are safe and on one line; absent is the empty string.
"""

from collections.abc import Callable, Mapping
from typing import Any

from onrecord.show.visible import one_line

Row = Mapping[str, Any]
LONG = 120  # characters of a sentence in a table
SECONDS = 19  # characters of a moment in ISO 8601, without its zone
SHORT_HASH = 8
SHORT_ID = 12  # "evt-" and 8 hex digits: told apart among thousands of events


def glance_columns(kind: str) -> tuple[str, ...]:
    """Return the table's column names of one kind of record."""
    return tuple(name for name, _ in _COLUMNS[kind])


def glance_row(kind: str, record: Row) -> tuple[str, ...]:
    """Return the table's cells of one record."""
    return tuple(one_line(get(record)) for _, get in _COLUMNS[kind])


def dyad(event: Row) -> str:
    """Return who acts toward whom: names, with codes where they say more."""
    actors = names(event["actors"]) or "?"
    recipients = names(event["recipients"])
    return f"{actors} → {recipients}" if recipients else actors


def glance_summary(event: Row) -> str:
    """Return an event in one phrase: type, who, how certain, on whose word, when."""
    parts = [type_and_mode(event), dyad(event), _status(event)]
    if event["attribution"]:
        parts.append(f"by {names(event['attribution'])}")
    if event["when"]:
        parts.append(days(event["when"]))
    return " · ".join(parts)


def names(parties: list[Row]) -> str:
    """Return the names of parties, each once, with its country in brackets."""
    return ", ".join(dict.fromkeys(_name(p) for p in parties))


def type_and_mode(event: Row) -> str:
    """Return the event's type, with its mode after a stroke."""
    mode = event["mode"]
    return f"{event['event_type']}/{mode}" if mode else str(event["event_type"])


def days(when: Row | None) -> str:
    """Return a time as a day, month, year, or from..to without what repeats."""
    if when is None:
        return ""
    start, end = str(when["from"]), str(when["to"])
    if start == end:
        return start
    if (start[4:], end[4:]) == ("-01-01", "-12-31"):
        return start[:4] if start[:4] == end[:4] else f"{start[:4]}..{end[:4]}"
    if start[:7] == end[:7]:
        return f"{start}..{end[8:]}"
    return f"{start}..{end[5:]}" if start[:4] == end[:4] else f"{start}..{end}"


def words_around(event: Row) -> str:
    """Return the sentence, cut around its marked trigger when it is long."""
    sentence, trigger = event["sentence"], event["trigger"]
    text = sentence["text"]
    start = trigger["start"] - sentence["start"]
    end = trigger["end"] - sentence["start"]
    before, after = text[:start], text[end:]
    room = max(0, LONG - len(trigger["text"])) // 2
    if len(before) > room:
        before = "…" + before[len(before) - room :].partition(" ")[2]
    if len(after) > room:
        after = after[:room].rpartition(" ")[0] + "…"
    return f"{before}«{trigger['text']}»{after}"


def number(value: float | None) -> str:
    """Return a number with thousands apart, without an empty fraction."""
    if value is None:
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def _name(party: Row) -> str:
    name, country = str(party["name"]), party["country"]
    return f"{name} ({country})" if country else name


def _status(event: Row) -> str:
    past = ", historical" if event["historical"] else ""
    return f"{event['factuality']}{past}"


def _speaker(statement: Row) -> str:
    return _name(statement["speaker"])


def _contents(statement: Row) -> str:
    return " … ".join(span["text"] for span in statement["content"])


def _counts(run: Row) -> str:
    tally = run["tally"]
    return f"{tally['read']:,} read, {tally['events']:,} events"


def _text(*path: str) -> Callable[[Row], str]:
    def get(row: Row) -> str:
        value: Any = row
        for key in path:
            value = None if value is None else value.get(key)
        return "" if value is None else str(value)

    return get


def _short(field: str) -> Callable[[Row], str]:
    return lambda row: str(row[field])[:SHORT_ID]


_COLUMNS: Mapping[str, tuple[tuple[str, Callable[[Row], str]], ...]] = {
    "event": (
        ("id", _short("event_id")),
        ("when", lambda e: days(e["when"])),
        ("type", type_and_mode),
        ("who → whom", dyad),
        ("factuality", _status),
        ("on whose word", lambda e: names(e["attribution"])),
        ("words", words_around),
    ),
    "statement": (
        ("id", _short("statement_id")),
        ("when", lambda s: days(s["when"])),
        ("speaker", _speaker),
        ("act", _text("act")),
        ("form", _text("form")),
        ("content", _contents),
    ),
    "quantity": (
        ("report", _text("source_id")),
        ("value", lambda q: number(q["value"])),
        ("of", _text("of")),
        ("meant", _text("modifier")),
        ("words", _text("text")),
    ),
    "run": (
        ("run", _text("number")),
        ("started", lambda r: str(r["started"])[:SECONDS]),
        ("status", _text("status")),
        ("account", _counts),
        ("program", _text("program")),
        ("lexicon", lambda r: str(r["lexicon"])[:SHORT_HASH]),
        ("model", lambda r: str(r["model"])[:SHORT_HASH]),
    ),
    "rejected": (
        ("file", _text("file")),
        ("position", _text("position")),
        ("stage", _text("stage")),
        ("reason", _text("reason")),
    ),
}
