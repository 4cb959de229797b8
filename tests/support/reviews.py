"""Records with corrections, for tests: the coder finds an event for each "met"."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.engine.review_take import Taken, take_judgements
from onrecord.engine.run import Coder, run_reports
from onrecord.model.document import Document
from onrecord.model.judgement import Answer, Judgement
from onrecord.ontology import load_ontology
from onrecord.store.query import connect, rows
from tests.support.reports import coder

NOW = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


def run(path: Path, reports: Iterable[Document], made: Coder | None = None) -> None:
    """Run reports into a record."""
    items = list(reports)
    name = ",".join(item.doc_id for item in items)
    run_reports(path, items, inputs=[name], coder=made or coder())


def ask(path: Path, sql: str, **named: Any) -> list[dict[str, Any]]:
    """Return the rows of a query."""
    return list(rows(connect(path), sql, named or None))


def event_ids(path: Path) -> list[str]:
    """Return the events of a record as coded, in the order of their reports' text."""
    sql = 'SELECT event_id FROM coded_events ORDER BY doc_id, "trigger".start'
    return [row["event_id"] for row in ask(path, sql)]


def judged(
    event_id: str,
    answer: str = "accept",
    *,
    author: str | None = "ana",
    made: str | None = None,
    note: str | None = None,
    **fix: Any,
) -> Judgement:
    """Return what somebody says of an event; keywords are cells to fix."""
    return Judgement(
        position=1,
        text="",
        answer=Answer(answer),
        fix=fix,
        event_id=event_id,
        author=author,
        made=made,
        note=note,
    )


def take(path: Path, *judgements: Judgement, **given: Any) -> Taken:
    """Take judgements into a record, as of a fixed time."""
    given = {"ontology": load_ontology(), "now": NOW, **given}
    return take_judgements(path, judgements, **given)


def states(path: Path) -> list[tuple[Any, ...]]:
    """Return verdict, cell, state and why of each correction, in the order made."""
    sql = (
        "SELECT r.verdict, r.cell, r.state, r.why FROM reviewed AS r"
        " JOIN corrections AS c USING (correction_id)"
        " ORDER BY c.made, c.correction_id"
    )
    return [tuple(row.values()) for row in ask(path, sql)]
