"""Rows as an export takes them, and records that hold given events, for its tests."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from onrecord.engine.run import run_reports
from onrecord.model.document import make_rejected
from onrecord.show.export.account import Options, Tally
from tests.support import reports
from tests.support.lines import build_event, build_party, build_span

REPORT = {
    "date": "2022-01-29",
    "date_basis": "given",
    "title": "A demand",
    "url": "https://example.org/a",
    "outlet": "Demo Wire",
    "language": "en",
    "text": None,
}
PROGRAM = "onrecord 0.1"


def build_row(*, report: Mapping[str, Any] = REPORT, **fields: Any) -> dict[str, Any]:
    """Return the row of a demand by Russia on Ukraine, with `fields` put over it."""
    ukraine = build_party("officials", "Ukraine", country="UKR", sectors=["GOV"])
    return {
        **build_event(recipients=[ukraine]),
        "happening_id": "hap-1",
        "mentions": 5,
        "articles": 3,
        "origins": 2,
        "added": "2022-01-30T07:08:09+00:00",
        "report": dict(report),
        **fields,
    }


def build_place(name: str, precision: str, **fields: Any) -> dict[str, Any]:
    """Return a place that the word "troops" names."""
    return {
        **build_span("troops"),
        "name": name,
        "country": None,
        "admin1": None,
        "lat": None,
        "lon": None,
        "geonameid": None,
        "precision": precision,
        **fields,
    }


def written(
    write: Callable[[Iterable[Any], io.StringIO, Options, Tally], None],
    *rows: Mapping[str, Any],
    **options: Any,
) -> tuple[str, Tally]:
    """Return what a format's writer writes, and its account."""
    stream, tally = io.StringIO(), Tally()
    write(iter(rows), stream, Options(program=PROGRAM, **options), tally)
    return stream.getvalue(), tally


def tab_rows(text: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a tab-separated file, read strictly, whose header must fit."""
    lines = text.split("\n")
    assert lines.pop() == "", "the last line has no end"
    header, *rows = [line.split("\t") for line in lines]
    assert tuple(header) == columns
    assert all(len(row) == len(columns) for row in rows)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def make_record(path: Path) -> Path:
    """Make a record of four reports, one a copy, and a rejected one.

    It has four events: three that happened, one of them of a copied report, and one
    negated.
    """
    original = "Rulers met, the envoy said. 300 troops. Others met."
    items = [
        reports.report(original, date=dt.date(2022, 1, 20)),
        reports.report(original, date=dt.date(2022, 1, 21), outlet="Herald"),
        reports.report("Rulers have not met\x1b[m.", date=dt.date(2022, 1, 22)),
        reports.report("=1+1 met\tso \U0001f600.", date=dt.date(2022, 1, 23)),
        make_rejected(
            file="bad.jsonl", position="line 2", stage="read", reason="no text"
        ),
    ]
    run_reports(path, items, inputs=["x"], coder=reports.coder())
    return path
