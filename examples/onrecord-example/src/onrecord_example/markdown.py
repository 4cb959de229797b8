"""An export: events as a list in Markdown."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|"})


def write_markdown(rows: Iterable[Mapping[str, Any]], stream: TextIO) -> None:
    """One line an event: day, type, who toward whom, whether it happened, sentence."""
    for row in rows:
        day = row["when"]["from"] if row["when"] else row["report"]["date"]
        sides = (_names(row["actors"]), _names(row["recipients"]))
        who = " → ".join(side for side in sides if side) or "nobody named"
        sentence = " ".join(row["sentence"]["text"].split()).translate(SPECIAL)
        stream.write(
            f"- {day or 'no day'} **{row['event_type']}** {who}"
            f" ({row['factuality']}): {sentence}\n"
        )


def _names(parties: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(party["name"].translate(SPECIAL) for party in parties)
