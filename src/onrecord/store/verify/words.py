"""Cited words: that every span of every table covers the words it claims.

The database compares every span with the text of its report, and only rows with one
that is wrong come out. It is told how much memory it may have, and puts the rest in
files.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from onrecord.store.query import connect_at, rows
from onrecord.store.spans import SPAN_KEYS, wrong_spans
from onrecord.store.tables import TABLES
from onrecord.store.verify.finding import Finding, Tell, about_row

MEMORY = "2GB"
CITING_TABLES = {
    "events": "event_id",
    "event_parties": "event_id",
    "statements": "statement_id",
    "quantities": "quantity_id",
    "corrected": "event_id",
}
SPAN = "{{'start': {0}.start, 'end': {0}.\"end\", 'words': {0}.text}}"
# Places count characters as Python does, not bytes.
IS_WRONG = """
    s.start IS NULL OR s."end" IS NULL OR s.start < 0 OR s."end" <= s.start
    OR s."end" > r.chars
    OR substring(r.text, s.start + 1, s."end" - s.start) IS DISTINCT FROM s.words
"""
WRONG_ROWS = """
SELECT r.text AS text_of_report, e.*
FROM {table} AS e JOIN (
    SELECT doc_id, text, length(text) AS chars FROM reports
) AS r USING (doc_id)
WHERE len(list_filter({spans}, lambda s: {is_wrong})) > 0
"""


def wrong_words(
    record: Path, versions: Mapping[str, int], tell: Tell, *, memory: str = MEMORY
) -> Iterator[Finding]:
    """Yield the spans that lie outside their report or claim other words than it has.

    A row without a report is found by a check of its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        config = {"memory_limit": memory, "temp_directory": folder}
        connection = connect_at(record, versions, config=config)
        for done, (table, key) in enumerate(CITING_TABLES.items()):
            tell("cited words, by tables", done, len(CITING_TABLES))
            sql = WRONG_ROWS.format(
                table=table, spans=spans_of(table), is_wrong=IS_WRONG
            )
            for row in rows(connection, sql):
                text = row.pop("text_of_report")
                for problem in wrong_spans(row, text):
                    yield about_row(table, row[key], problem)


def spans_of(table: str) -> str:
    """Return SQL for the list of all spans in a row of a table, however deep."""
    lists = [
        part
        for field in TABLES[table]
        for part in _lists(f'e."{field.name}"', field.type, depth=0)
    ]
    return f"flatten([{', '.join(lists)}])"


def _lists(value: str, kind: pa.DataType, *, depth: int) -> Iterator[str]:
    """Yield SQL for lists of spans, one for each way from `value` to a span."""
    if pa.types.is_list(kind):
        item = f"x{depth}"
        inner = ", ".join(_lists(item, kind.value_type, depth=depth + 1))
        if inner:
            each = f"lambda {item}: flatten([{inner}])"
            yield f"coalesce(flatten(list_transform({value}, {each})), [])"
    elif pa.types.is_struct(kind):
        names = {field.name for field in kind}
        if names >= SPAN_KEYS:
            yield f"CASE WHEN {value} IS NULL THEN [] ELSE [{SPAN.format(value)}] END"
        for field in kind:
            yield from _lists(f'{value}."{field.name}"', field.type, depth=depth)
