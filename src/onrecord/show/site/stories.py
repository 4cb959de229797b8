"""The stories of a site, each with its reports and where copies depart."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from onrecord.collapse import Comparer, Lexemes, load_story_words
from onrecord.show.site.chosen import Row, Source, as_plain
from onrecord.show.site.pack import pack
from onrecord.show.views.stories import REPORTS, _order, _report, stories
from onrecord.show.views.stories_shape import (
    StoryLink,
    StoryRow,
    StoryView,
)
from onrecord.store.filters import Filters
from onrecord.store.query import rows

CHUNK = 200  # stories of a file
ALL = 10**9
KEPT = """
SELECT DISTINCT story_id FROM memberships SEMI JOIN kept_reports USING (doc_id)
"""
# As `story_reports.sql` and `story_links.sql`, of many stories at once.
REPORTS_OF = """
SELECT m.story_id, r.doc_id, r.source_id, r.outlet, r.date, r.title, r.url, r.text,
    r.body_start, m.relation, m."of", m.similarity
FROM memberships AS m JOIN reports AS r USING (doc_id)
WHERE m.story_id IN (SELECT unnest($ids))
QUALIFY row_number() OVER (
    PARTITION BY m.story_id
    ORDER BY m.relation <> 'original', r.date NULLS LAST, r.outlet, r.doc_id
) <= $most
"""
LINKS_OF = """
WITH own AS (
    SELECT doc_id, story_id AS own FROM memberships
    WHERE story_id IN (SELECT unnest($ids))
), linked AS (
    SELECT own, kind, 'to' AS direction, links.doc_id, similarity
    FROM links JOIN own ON own.doc_id = links."of"
    UNION ALL
    SELECT own, kind, 'from' AS direction, links."of" AS doc_id, similarity
    FROM links JOIN own USING (doc_id)
)
SELECT linked.own, linked.kind, linked.direction, r.doc_id, m.story_id, r.source_id,
    r.outlet, r.date, r.title, linked.similarity
FROM linked JOIN reports AS r USING (doc_id) LEFT JOIN memberships AS m USING (doc_id)
ORDER BY linked.own, r.date NULLS LAST, r.doc_id, linked.kind
"""


def story_files(source: Source) -> Iterator[dict[str, Any]]:
    """Yield packed chunks of stories, in order of their ids."""
    kept = {row["story_id"] for row in source.rows(KEPT)}
    every = stories(source.record, Filters(), limit=ALL, as_of=source.as_of).stories
    found = sorted(
        (row for row in every if row.story_id in kept), key=lambda row: row.story_id
    )
    lexemes = Lexemes(load_story_words())
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        yield pack(as_plain(view) for view in _views(source, chunk, lexemes))


def _views(
    source: Source, chunk: Sequence[StoryRow], lexemes: Lexemes
) -> Iterator[StoryView]:
    """Yield stories as the service has them."""
    ids = [story.story_id for story in chunk]
    told: dict[str, list[Row]] = {}
    by_id: dict[str, Row] = {}
    for row in rows(source.connection, REPORTS_OF, {"ids": ids, "most": REPORTS}):
        told.setdefault(row.pop("story_id"), []).append(row)
        by_id[row["doc_id"]] = row
    links: dict[str, list[StoryLink]] = {}
    for row in rows(source.connection, LINKS_OF, {"ids": ids}):
        own = row.pop("own")
        links.setdefault(own, []).append(msgspec.convert(row, StoryLink))

    def body_of(doc_id: str) -> tuple[str, int]:
        return by_id[doc_id]["text"], by_id[doc_id]["body_start"]

    comparer = Comparer(lexemes, body_of)
    for story in chunk:
        reports = sorted(told[story.story_id], key=_order)
        yield StoryView(
            story=story,
            reports=tuple(_report(one, by_id, comparer) for one in reports),
            links=tuple(links.get(story.story_id, ())),
        )
