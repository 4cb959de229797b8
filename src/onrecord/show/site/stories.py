"""The stories of a site, each with its reports and where copies depart."""

from collections.abc import Iterator
from typing import Any

from onrecord.show.site.chosen import Source, as_plain
from onrecord.show.site.pack import Packer
from onrecord.show.views.stories import stories, story
from onrecord.show.views.stories_shape import StoryReport, StoryRow, StoryView
from onrecord.store.filters import Filters

CHUNK = 200  # stories of a file
ALL = 10**9
LINKED = """
SELECT DISTINCT story_id FROM links JOIN memberships USING (doc_id)
UNION
SELECT DISTINCT story_id FROM links JOIN memberships ON memberships.doc_id = links.of
"""


def story_files(source: Source) -> Iterator[dict[str, Any]]:
    """Yield packed chunks of stories, in order of their ids."""
    linked = {row["story_id"] for row in source.rows(LINKED)}
    kept = {
        row["story_id"]
        for row in source.rows(
            "SELECT DISTINCT story_id FROM memberships SEMI JOIN kept_reports"
            " USING (doc_id)"
        )
    }
    found = stories(source.record, Filters(), limit=ALL, as_of=source.as_of).stories
    packer = Packer()
    for row in sorted(found, key=lambda row: row.story_id):
        if row.story_id not in kept:
            continue
        whole = _whole(
            source, row, alone=row.reports == 1 and row.story_id not in linked
        )
        packer.add(as_plain(whole))
        if packer.rows == CHUNK:
            yield packer.table()
            packer = Packer()
    if packer.rows:
        yield packer.table()


def _whole(source: Source, row: StoryRow, *, alone: bool) -> StoryView:
    """Return a story as the service has it; one report alone takes no comparing."""
    if not alone:
        return story(source.record, row.story_id, as_of=source.as_of)
    report = StoryReport(
        doc_id=row.original,
        source_id=row.source_id,
        outlet=row.outlet,
        date=row.date,
        title=row.title,
        url=row.url,
        relation="original",
        of=None,
        similarity=1.0,
        departures=0,
        altered=(),
    )
    return StoryView(story=row, reports=(report,), links=())
