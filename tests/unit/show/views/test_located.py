"""Whole rows lie where the narrow relations say, corrected or not."""

import datetime as dt
from pathlib import Path

import pytest

from onrecord.show.views.brief import brief
from onrecord.show.views.located import locate
from onrecord.store import query
from onrecord.store.filters import Filters
from onrecord.store.summaries import FILE
from tests.support.reports import report
from tests.support.reviews import event_ids, judged, run, take

DAY = dt.date(2022, 1, 1)
JOINED = """
SELECT e.event_id FROM $narrow_events
JOIN $located_events AS e USING (filename, file_row_number) ORDER BY ALL
"""


@pytest.fixture(params=[True, False], ids=["summaries", "files"])
def corrected(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Three events: one as coded, one rejected, one fixed."""
    path = tmp_path / "rec"
    run(path, [report(f"A{n} met B{n}.", date=DAY) for n in range(3)])
    first, second, _ = event_ids(path)
    take(path, judged(first, "reject"), judged(second, factuality="planned"))
    if not request.param:
        (path / FILE).unlink()
    return path


def test_each_corrected_event_is_found_at_its_place(corrected: Path) -> None:
    _, fixed, coded = event_ids(corrected)

    connection = query.connect(corrected)
    found = query.fetch(connection, locate(connection, JOINED))
    assert [row["event_id"] for row in found] == sorted([fixed, coded])


def test_a_brief_shows_a_corrected_record(corrected: Path) -> None:
    made = brief(corrected, Filters(since=DAY))

    assert {part.part: part.happenings for part in made.parts if part.happenings} == {
        "happened": 1,
        "ahead": 1,
    }
