"""Texts of reports outside of memory, for comparing one with another."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from onrecord.store.lookup import report_texts
from onrecord.store.record import Record

IDS_A_QUERY = 20_000

Body = tuple[str, int]


class Texts:
    """Texts of a record's reports, kept in a file that ends with the process."""

    def __init__(self, record: Record, kept: sqlite3.Connection) -> None:
        self._record = record
        self._kept = kept

    def expect(self, doc_ids: Iterable[str]) -> None:
        """Fetch texts that will be asked for; one by one takes far longer."""
        ids = iter(doc_ids)
        while some := list(islice(ids, IDS_A_QUERY)):
            self._kept.executemany(
                "INSERT OR IGNORE INTO texts VALUES (?, ?, ?)",
                report_texts(self._record, some),
            )

    def body_of(self, doc_id: str) -> Body:
        """Return a report's text, and where its body starts."""
        sql = "SELECT text, start FROM texts WHERE doc_id = ?"
        found = self._kept.execute(sql, (doc_id,)).fetchone()
        if found is None:
            self.expect([doc_id])
            found = self._kept.execute(sql, (doc_id,)).fetchone()
        return found[0], found[1]


@contextmanager
def open_texts(record: Record) -> Iterator[Texts]:
    """Hold texts of a record."""
    kept = sqlite3.connect("")  # a temporary file, used when memory does not suffice
    try:
        kept.execute(
            "CREATE TABLE texts (doc_id TEXT PRIMARY KEY, text TEXT, start INTEGER)"
            " WITHOUT ROWID"
        )
        yield Texts(record, kept)
    finally:
        kept.close()
