"""What of a record goes into a site: the events that fit, and all they stand in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.errors import UsageError
from onrecord.show.find import statements_that_fit
from onrecord.show.values import plain_value
from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows

Row = dict[str, Any]

KEPT_EVENTS = "CREATE TABLE kept_events AS SELECT event_id, story_id FROM events WHERE "
# With filters a report is kept with its story, since its copies are evidence, too.
KEPT_REPORTS = """
CREATE TABLE kept_reports AS SELECT doc_id FROM reports
LEFT JOIN memberships USING (doc_id)
WHERE $all OR story_id IN (SELECT story_id FROM kept_events)
"""
KEPT_STATEMENTS = "CREATE TABLE kept_statements AS SELECT statement_id FROM statements"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A record with what of it is kept, as tables `kept_*` of the connection."""

    record: Path
    connection: duckdb.DuckDBPyConnection
    filters: Filters
    as_of: str | None
    texts: bool

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return self.filters != Filters()

    def rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None
    ) -> Iterator[Row]:
        """Yield rows as plain data."""
        for row in rows(self.connection, sql, parameters):
            yield as_plain(row)


def as_plain(value: Any) -> Any:
    """Return what JSON can hold."""
    return msgspec.to_builtins(value, enc_hook=plain_value)


def choose(
    record: Path, filters: Filters, *, as_of: str | None, texts: bool, most: int
) -> Source:
    """Return what goes into a site; raise `UsageError` where that is too much."""
    connection = connect(record, as_of=as_of)
    fits = where(filters)
    (count,) = rows(
        connection,
        f"SELECT count(*) AS n FROM events WHERE {fits.sql}",
        fits.parameters,
    )
    if count["n"] > most:
        raise UsageError(
            f"{count['n']:,} events are more than a page without a server can hold"
            f" ({most:,}); narrow them with --since, --until, --country, --type or"
            " --min-confidence, or raise --max-events, or use `onrecord serve`"
        )
    connection.execute(KEPT_EVENTS + fits.sql, fits.parameters)
    whole = str(filters == Filters()).lower()
    connection.execute(KEPT_REPORTS.replace("$all", whole))
    said = statements_that_fit(filters)
    connection.execute(f"{KEPT_STATEMENTS} WHERE {said.sql}", said.parameters)
    return Source(
        record=record, connection=connection, filters=filters, as_of=as_of, texts=texts
    )
