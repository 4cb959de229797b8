"""One event with all that it rests on, and who else tells of it."""

from pathlib import Path
from typing import Any

import msgspec

from onrecord.show.views.cite import (
    CellMark,
    Cite,
    cites_at,
    find_cites,
)
from onrecord.show.views.events_listing import event_lines
from onrecord.show.views.happenings import happening_row
from onrecord.show.views.located import locate, places_of, rows_at
from onrecord.show.views.stories import story
from onrecord.show.views.stories_shape import StoryReport
from onrecord.store.query import connect, fetch

Row = dict[str, Any]

AROUND = 300  # code points before and after the sentence
OTHERS = 50

REPORT = """
SELECT doc_id, source_id, title, outlet, date, date_basis, url, language,
    substr(text, $begin + 1, $start - $begin) AS before,
    substr(text, $end + 1, $around) AS after
FROM {source} AS r
"""
MENTIONS = """
SELECT filename, file_row_number FROM $narrow_events
SEMI JOIN (
    SELECT telling FROM $narrow_tellings WHERE happening = hash($happening_id::VARCHAR)
) USING (telling)
WHERE event <> hash($event_id::VARCHAR) ORDER BY event LIMIT $most
"""


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """One event: its line, its report, and the words around its sentence.

    `marks` lie in the sentence. `copies` are the other reports of its story,
    `happening` the row of what it tells of, `others` the first of the other events
    that tell of that.
    """

    event: Row
    report: Row
    sentence: Row
    marks: tuple[CellMark, ...]
    before: str
    after: str
    copies: tuple[StoryReport, ...]
    happening: Row | None
    others: tuple[Cite, ...]


def event_view(
    record: Path, event_id: str, *, as_of: str | None = None
) -> EventView | None:
    """Return an event with what it rests on; None where the record has no such."""
    connection = connect(record, as_of=as_of)
    lines = event_lines(connection, [event_id])
    if not lines:
        return None
    event = lines[0]
    sentence = event["sentence"]
    asked = {
        "start": sentence["start"],
        "end": sentence["end"],
        "begin": max(sentence["start"] - AROUND, 0),
        "around": AROUND,
    }
    places = places_of(connection, [event["doc_id"]], "reports", "doc")
    source, parameters = rows_at(connection, "reports", places)
    (report,) = fetch(connection, REPORT.format(source=source), {**asked, **parameters})
    before, after = report.pop("before"), report.pop("after")
    happening = None
    others: tuple[Cite, ...] = ()
    if event["happening_id"]:
        happening = happening_row(connection, event["happening_id"])
        told = fetch(
            connection,
            locate(connection, MENTIONS),
            {
                "happening_id": event["happening_id"],
                "event_id": event_id,
                "most": OTHERS,
            },
        )
        found = cites_at(
            connection, [(row["filename"], row["file_row_number"]) for row in told]
        )
        others = tuple(sorted((cite for _, cite in found), key=_by_day))
    return EventView(
        event=event,
        report=report,
        sentence=sentence,
        marks=find_cites(connection, [event_id])[event_id].cells,
        before=before,
        after=after,
        copies=_copies(record, event, as_of),
        happening=happening,
        others=others,
    )


def _copies(record: Path, event: Row, as_of: str | None) -> tuple[StoryReport, ...]:
    """Return the other reports of an event's story, with where their words depart."""
    if event["story_id"] is None:
        return ()
    found = story(record, event["story_id"], as_of=as_of).reports
    return tuple(report for report in found if report.doc_id != event["doc_id"])


def _by_day(cite: Cite) -> tuple[bool, str, str]:
    return cite.date is None, str(cite.date), cite.doc_id
