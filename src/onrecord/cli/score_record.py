"""The reports of a record that gold has, as they were coded."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import NotARecord
from onrecord.score.lines import keys_of, read_lines
from onrecord.score.problems import no_problems
from onrecord.score.shapes import Copied, Report

Row = dict[str, Any]

TEXT = "SELECT text FROM reports WHERE source_id = $key OR doc_id = $key LIMIT 1"
KEYS = "SELECT source_id, doc_id FROM reports ORDER BY doc_id"
COUNT = "SELECT count(*) AS n FROM reports"
REPORTS = """
SELECT r.doc_id, r.source_id, r.text, m.story_id, m.relation, m.of, o.text AS coded
FROM reports AS r LEFT JOIN memberships AS m USING (doc_id)
LEFT JOIN stories AS s USING (story_id) LEFT JOIN reports AS o ON o.doc_id = s.original
WHERE list_contains($keys, r.source_id) OR list_contains($keys, r.doc_id)
ORDER BY r.doc_id
"""
LINES = """
SELECT e.* REPLACE (r.doc_id AS doc_id, r.source_id AS source_id)
FROM {table} AS e JOIN stories AS s ON s.original = e.doc_id
JOIN memberships AS m ON m.story_id = s.story_id
JOIN reports AS r ON r.doc_id = m.doc_id JOIN reports AS o ON o.doc_id = s.original
WHERE r.text = o.text
AND (list_contains($keys, r.source_id) OR list_contains($keys, r.doc_id))
"""
TABLES = {"event": "coded_events", "statement": "statements"}


class RecordRead(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of a record; `folded` are copies, whose events are not theirs.

    `others` counts the reports that were not asked for.
    """

    given: tuple[Report, ...]
    folded: frozenset[str]
    others: int


class StoredTexts(Mapping[str, str]):
    """The texts of a record by the ids of its reports, each read when it is needed."""

    def __init__(self, record: Path) -> None:
        from onrecord.store.query import connect

        self._connection = connect(record)

    def __getitem__(self, key: str) -> str:
        """Return the text of a report."""
        for row in self._rows(TEXT, {"key": key}):
            text: str = row["text"]
            return text
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all reports, the one each came with where it has one."""
        for row in self._rows(KEYS, {}):
            yield keys_of(row)[0]

    def __len__(self) -> int:
        """Return how many reports there are."""
        (row,) = self._rows(COUNT, {})
        return int(row["n"])

    def _rows(self, sql: str, parameters: Row) -> Iterator[Row]:
        from onrecord.store.query import rows

        return rows(self._connection, sql, parameters)


def is_record(path: Path) -> bool:
    """Tell whether a folder is a record."""
    from onrecord.store.head import read_head

    if not path.is_dir():
        return False
    try:
        read_head(path)
    except NotARecord:
        return False
    return True


def read_record(record: Path, keys: Collection[str]) -> RecordRead:
    """Read what the coder made of some reports, corrections aside.

    A report with the words of its story's original, which alone is coded, has the
    events of the original; a copy in other words has none of its own.
    """
    from onrecord.store.query import connect, rows
    from onrecord.store.rows import line_of

    connection = connect(record)
    asked = {"keys": sorted(keys)}
    reports = list(rows(connection, REPORTS, asked))
    lines: dict[str, list[Row]] = defaultdict(list)
    for kind, table in TABLES.items():
        for row in rows(connection, LINES.format(table=table), asked):
            lines[row["doc_id"]].append(line_of(kind, row))
    (whole,) = rows(connection, COUNT, {})
    return RecordRead(
        given=tuple(_given(row, lines[row["doc_id"]]) for row in reports),
        folded=frozenset(
            key
            for row in reports
            if row["coded"] != row["text"]
            for key in keys_of(row)
        ),
        others=whole["n"] - len(reports),
    )


def _given(row: Row, lines: list[Row]) -> Report:
    shown = {"record": "report", "source_id": row["source_id"], "doc_id": row["doc_id"]}
    (read,) = read_lines(
        [("", shown), *(("", line) for line in lines)], {}, no_problems("record")
    )
    story = Copied(story=row["story_id"], relation=row["relation"])
    return msgspec.structs.replace(
        read,
        text=row["text"],
        events=read.events or (),
        statements=read.statements or (),
        copy=story if row["story_id"] else None,
    )
