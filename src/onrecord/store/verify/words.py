"""Cited words: that every span of every table covers the words it claims.

Some reports are looked at a time, with all rows that cite them, so that what is in
memory does not grow with the record.
"""

from collections.abc import Iterator, Mapping

import duckdb

from onrecord.store.query import rows
from onrecord.store.spans import wrong_spans
from onrecord.store.verify.finding import Finding, Tell, about_row

REPORTS_AT_ONCE = 5_000  # some 20 MB of text
ROWS_AT_ONCE = 500
CITING_TABLES = {
    "events": "event_id",
    "event_parties": "event_id",
    "statements": "statement_id",
    "quantities": "quantity_id",
    "corrected": "event_id",
}
TEXTS = "SELECT doc_id, text FROM reports WHERE hash(doc_id) % $parts = $part"
CITING = "SELECT * FROM {table} WHERE hash(doc_id) % $parts = $part"


def wrong_words(connection: duckdb.DuckDBPyConnection, tell: Tell) -> Iterator[Finding]:
    """Yield the spans that lie outside their report or claim other words than it has.

    A row without a report is found by a check of its own.
    """
    (counted,) = rows(connection, "SELECT count(*) AS n FROM reports")
    parts = counted["n"] // REPORTS_AT_ONCE + 1
    for part in range(parts):
        which = {"parts": parts, "part": part}
        tell("cited words, by reports", part * REPORTS_AT_ONCE, counted["n"])
        texts = {
            row["doc_id"]: row["text"]
            for row in rows(connection, TEXTS, which, batch_rows=ROWS_AT_ONCE)
        }
        for table, key in CITING_TABLES.items():
            yield from _wrong_in(connection, table, key, which, texts)


def _wrong_in(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    key: str,
    which: Mapping[str, int],
    texts: Mapping[str, str],
) -> Iterator[Finding]:
    sql = CITING.format(table=table)
    for row in rows(connection, sql, which, batch_rows=ROWS_AT_ONCE):
        text = texts.get(row["doc_id"])
        for problem in () if text is None else wrong_spans(row, text):
            yield about_row(table, row[key], problem)
