"""A record for programs and notebooks: tables that are read when they are asked for.

    rec = onrecord.open_record("rec")
    rec.events(country="Ukraine", factuality="denied").df()

Nothing here writes to a record; `onrecord.store.record.open_record`, which holds one
for writing, is for the engine.
"""

import datetime as dt
import importlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import UsageError
from onrecord.model.event import Factuality
from onrecord.objects import is_object_address
from onrecord.show.explanation import Explanation, explain_event
from onrecord.show.find import (
    EVENT_ORDER,
    QUANTITY_ORDER,
    STATEMENT_ORDER,
    find_copies,
    find_event,
    find_report,
)
from onrecord.show.marks import plain_marks
from onrecord.show.notebook import events_html, explanation_html, rows_html
from onrecord.store.delta import check_path
from onrecord.store.filters import Filters, where
from onrecord.store.head import read_head
from onrecord.store.query import query

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.show.export.export import Export

SHOWN = 20  # rows of a table in a notebook
MANY = (
    "actor",
    "recipient",
    "country",
    "type",
    "mode",
    "context",
    "factuality",
    "by",
    "place",
    "story",
)
ONE = ("since", "until", "min_confidence")
HAPPENINGS_SQL = """
SELECT h.* FROM happenings AS h SEMI JOIN (
    SELECT happening_id FROM tellings SEMI JOIN (
        SELECT telling_id FROM events WHERE {fits}
    ) USING (telling_id)
) USING (happening_id) ORDER BY h.first_reported NULLS LAST, h.happening_id"""

Value = str | float | dt.date | Iterable[str] | None


def open_record(
    path: str | Path, *, as_of: str | int | None = None, offline: bool = False
) -> "OpenedRecord":
    """Return a record to look into, as it is or as an earlier run left it.

    `path` may be an address on object storage (`s3://bucket/rec`): what is needed of it
    is fetched into a copy, which `offline` takes as it is. `as_of` names that run by
    number or id. Raises `NotARecord`.
    """
    if isinstance(path, str) and is_object_address(path):
        from onrecord.store.remote import local_record

        path = local_record(path, offline=offline)
    check_path(Path(path))
    read_head(Path(path))
    return OpenedRecord(Path(path), None if as_of is None else str(as_of))


class Table:
    """The answer to a query, read each time it is asked for."""

    def __init__(
        self,
        record: "OpenedRecord",
        sql: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        what: str = "rows",
    ) -> None:
        self._record = record
        # It is put into others: neither an end nor a comment may cut them short.
        self._sql = sql.strip().rstrip(";") + "\n"
        self._parameters = parameters or None
        self._what = what

    def batches(self) -> "pa.RecordBatchReader":
        """Return the rows as a stream of Arrow batches, for those that are many."""
        return self._ask(self._sql)

    def arrow(self) -> "pa.Table":
        """Return the rows as an Arrow table."""
        return self.batches().read_all()

    def df(self) -> Any:
        """Return the rows as a data frame of pandas; absent is None or NaN."""
        _library("pandas")
        return self.arrow().to_pandas()

    def pl(self) -> Any:
        """Return the rows as a data frame of Polars."""
        return _library("polars").from_arrow(self.arrow())

    def limit(self, rows: int) -> "Table":
        """Return the first rows as a table of their own."""
        sql = f"FROM ({self._sql}) LIMIT {int(rows)}"
        return Table(self._record, sql, self._parameters, what=self._what)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self.limit(0).batches().schema.names)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for batch in self.batches():
            yield from batch.to_pylist()

    def __len__(self) -> int:
        (found,) = self._ask(f"SELECT count(*) AS n FROM ({self._sql})")
        return int(found.column(0)[0].as_py())

    def __repr__(self) -> str:
        return f"<{len(self):,} {self._what} of {self._record.path.name}>"

    def _repr_html_(self) -> str:
        rows, total = list(self.limit(SHOWN)), len(self)
        if self._what == "events":
            return events_html(rows, total)
        return rows_html(rows, total, self._what)

    def _ask(self, sql: str) -> "pa.RecordBatchReader":
        return query(self._record.path, sql, self._parameters, as_of=self._record.as_of)


class Explained:
    """Why an event stands in the record; `cells` are its values with their words."""

    def __init__(
        self,
        event: dict[str, Any],
        report: dict[str, Any],
        copies: list[dict[str, Any]],
    ) -> None:
        self.event = event
        self.report = report
        self.copies = copies
        self.explanation: Explanation = explain_event(event)

    def __repr__(self) -> str:
        return plain_marks(self.explanation.segments)

    def _repr_html_(self) -> str:
        return explanation_html(
            self.explanation, Factuality(self.event["factuality"]).value
        )


class Difference:
    """What two runs read differently."""

    def __init__(self, path: Path, a: str, b: str, filters: Filters) -> None:
        from onrecord.show.views.diff import diff

        self._diff = diff(path, a, b, filters)

    @property
    def summary(self) -> dict[str, Any]:
        """Return the counts: by type, by cell and by rule."""
        from onrecord.show.views.diff_text import summary_record

        return summary_record(self._diff.summary)

    def reports(self) -> Iterator[dict[str, Any]]:
        """Yield the reports that only one of the runs coded."""
        from onrecord.show.views.diff_text import report_record

        return map(report_record, self._diff.reports())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        from onrecord.show.views.diff_text import difference_record

        return map(difference_record, self._diff.differences())

    def df(self) -> Any:
        """Return a data frame of pandas, a row for each cell that differs."""
        from onrecord.show.views.diff_text import COLUMNS, difference_rows

        found = self._diff.differences()
        rows = [row for one in found for row in difference_rows(one)]
        return _library("pandas").DataFrame(rows, columns=list(COLUMNS))

    def __repr__(self) -> str:
        a, b = self._diff.sides
        return f"<difference of runs {a.name} and {b.name}>"

    def _repr_html_(self) -> str:
        from onrecord.show.views.diff_html import diff_fragment

        some = islice(self._diff.differences(), SHOWN)
        return "\n".join(diff_fragment(self._diff.summary, some))


class OpenedRecord:
    """A record to look into; made by `open_record`.

    Filters are those of the commands: `actor`, `recipient`, `country`, `type`, `mode`,
    `context`, `factuality`, `by`, `place`, `story` (a value, or several of which one
    must fit), `since`, `until`, `min_confidence`.
    """

    def __init__(self, path: Path, as_of: str | None) -> None:
        self.path = path
        self.as_of = as_of

    def events(self, **filters: Value) -> Table:
        """Return the events that fit, in order of time."""
        return self._table("events", EVENT_ORDER, _filters(filters))

    def statements(self, **filters: Value) -> Table:
        """Return the statements that fit; `type` is an act, such as deny."""
        return self._table("statements", STATEMENT_ORDER, _filters(filters, acts=True))

    def quantities(self, **filters: Value) -> Table:
        """Return the numbers; of the filters they have `story`."""
        return self._table("quantities", QUANTITY_ORDER, _filters(filters))

    def stories(self, **filters: Value) -> Table:
        """Return the stories; of the filters they have `story`."""
        return self._table("stories", "story_id", _filters(filters))

    def happenings(self, **filters: Value) -> Table:
        """Return the happenings that an event tells of that fits."""
        fits = where(_filters(filters))
        sql = HAPPENINGS_SQL.format(fits=fits.sql)
        return Table(self, sql, fits.parameters, what="happenings")

    def runs(self) -> Table:
        """Return the runs that made the record, in order."""
        return Table(self, "SELECT * FROM runs ORDER BY number", what="runs")

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Table:
        """Return the answer to one statement of DuckDB's SQL that reads the tables.

        Values go in as `parameters`, written `$name` in the SQL.
        """
        return Table(self, sql, parameters)

    def explain(self, event_id: str) -> Explained:
        """Return why an event stands here; the beginning of its id is enough."""
        event = find_event(self.path, event_id, as_of=self.as_of)
        doc_id = event["doc_id"]
        return Explained(
            event,
            find_report(self.path, doc_id, as_of=self.as_of),
            find_copies(self.path, doc_id, as_of=self.as_of),
        )

    def diff(self, a: str | int, b: str | int, **filters: Value) -> "Difference":
        """Return what run `b` reads differently from run `a`, each a number or id.

        `NAME:RUN` is a run of another coder's record within this one.
        """
        return Difference(self.path, str(a), str(b), _filters(filters, acts=True))

    def export(
        self,
        form: str,
        path: str | Path,
        *,
        unit: str = "events",
        header: bool = True,
        include_unreal: bool = False,
        with_texts: bool = False,
        force: bool = False,
        **filters: Value,
    ) -> "Export":
        """Write the events that fit to a file, as `onrecord export` does."""
        from onrecord.show.export.export import export_record

        return export_record(
            self.path,
            form,
            Path(path),
            _filters(filters),
            as_of=self.as_of,
            unit=unit,
            header=header,
            unreal=include_unreal,
            texts=with_texts,
            force=force,
        )

    def __repr__(self) -> str:
        version = f", as of run {self.as_of}" if self.as_of else ""
        return f"<record {self.path.name}{version}>"

    def _table(self, name: str, order: str, filters: Filters) -> Table:
        fits = where(filters, table=name)
        sql = f"SELECT * FROM {name} WHERE {fits.sql} ORDER BY {order}"
        return Table(self, sql, fits.parameters, what=name)


def _filters(given: Mapping[str, Value], *, acts: bool = False) -> Filters:
    """Return the filters, checked as the commands check theirs."""
    from onrecord.cli.filters import read_filters

    for name in given:
        if name not in (*MANY, *ONE):
            known = ", ".join((*MANY, *ONE))
            raise UsageError(f"no filter {name!r}; the filters are {known}")
    several: dict[str, Any] = {name: _several(given.get(name)) for name in MANY}
    sure = given.get("min_confidence")
    return read_filters(
        acts=acts,
        **several,
        since=_day(given.get("since")),
        until=_day(given.get("until")),
        min_confidence=None if sure is None else float(sure),  # type: ignore[arg-type]
    )


def _several(value: Value) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return tuple(str(item) for item in value)
    return (str(value),)


def _day(value: Value) -> str | None:
    return None if value is None else str(value)


def _library(name: str) -> Any:
    """Return a library that is no part of the program's own needs."""
    try:
        return importlib.import_module(name)
    except ImportError as err:
        raise UsageError(
            f"{name} is not installed; `pip install {name}`, or use .arrow()"
        ) from err
