"""The reports of a site: a list of them, and each with what was found in it."""

from collections.abc import Iterator
from typing import Any

from onrecord.show.site.chosen import Row, Source, as_plain
from onrecord.show.site.pack import Packer, without_words
from onrecord.show.views.reports import BEGINNING, COLUMNS
from onrecord.store.query import rows
from onrecord.store.rows import line_of

CHUNK = 50  # reports of a file
KEPT = "SEMI JOIN kept_reports USING (doc_id)"
ORDER = "ORDER BY r.date NULLS LAST, r.doc_id"
HEADS = f"""
SELECT r.doc_id, r.date, r.outlet, m.relation, m.story_id
FROM reports AS r {KEPT} LEFT JOIN memberships AS m USING (doc_id) {ORDER}
"""
LISTED = f"""
SELECT {COLUMNS}, substr(text, body_start + 1, {BEGINNING}) AS beginning,
    m.story_id, m.relation, m.of,
    coalesce(c.events, 0) AS events, coalesce(c.statements, 0) AS statements
FROM reports AS r {KEPT} LEFT JOIN memberships AS m USING (doc_id)
LEFT JOIN (SELECT doc_id, events, statements FROM codings) AS c USING (doc_id) {ORDER}
"""
WHOLE = f"""
SELECT {COLUMNS}, text, m.story_id, m.relation, m.of, m.similarity,
    m.doc_id IS NOT NULL AS placed
FROM reports AS r {KEPT} LEFT JOIN memberships AS m USING (doc_id) {ORDER}
"""
SAID = """
SELECT s.* FROM statements AS s SEMI JOIN kept_statements USING (statement_id)
WHERE s.doc_id IN (SELECT unnest($ids)) ORDER BY s.cue.start, s.statement_id
"""
CITED = """
SELECT doc_id, sentence.start AS start, sentence."end" AS "end",
    any_value(sentence.text) AS text
FROM (
    SELECT doc_id, sentence FROM events SEMI JOIN kept_events USING (event_id)
    UNION ALL
    SELECT doc_id, sentence FROM statements
    SEMI JOIN kept_statements USING (statement_id)
)
WHERE doc_id IN (SELECT unnest($ids)) GROUP BY ALL ORDER BY start, "end" DESC
"""
PLACE = ("story_id", "relation", "of", "similarity")


def report_columns(source: Source) -> dict[str, list[Any]]:
    """Return what is needed of every report to find and count its events."""
    found = list(source.rows(HEADS))
    names = ("doc_id", "date", "outlet", "relation", "story_id")
    return {name: [row[name] for row in found] for name in names}


def report_list(source: Source) -> dict[str, Any]:
    """Return the rows of the list of reports, packed."""
    packer = Packer()
    for row in source.rows(LISTED):
        packer.add(row)
    return packer.table()


def report_files(source: Source) -> Iterator[dict[str, Any]]:
    """Yield packed chunks of whole reports, in the order of the columns."""
    held: list[Row] = []
    for row in source.rows(WHOLE):
        held.append(row)
        if len(held) == CHUNK:
            yield _chunk(source, held)
            held = []
    if held:
        yield _chunk(source, held)


def _chunk(source: Source, reports: list[Row]) -> dict[str, Any]:
    ids = {"ids": [report["doc_id"] for report in reports]}
    said: dict[str, list[Row]] = {}
    for row in rows(source.connection, SAID, ids):
        line = as_plain(line_of("statement", row))
        told = {
            "line": without_words(line, line["sentence"]),
            "sentence": line["sentence"],
        }
        said.setdefault(row["doc_id"], []).append(told)
    cited: dict[str, list[Row]] = {}
    for row in source.rows(CITED, ids) if not source.texts else ():
        cited.setdefault(row.pop("doc_id"), []).append(row)
    packer = Packer()
    for report in reports:
        packer.add(_whole(report, said, cited, texts=source.texts))
    return packer.table()


def _whole(
    row: Row, said: dict[str, list[Row]], cited: dict[str, list[Row]], *, texts: bool
) -> Row:
    """Return a report; without its text the sentences that something is read in."""
    text = row.pop("text")
    placed = row.pop("placed")
    place = {name: row.pop(name) for name in PLACE}
    return {
        "report": row,
        "text": text if texts else None,
        "passages": [] if texts else cited.get(row["doc_id"], []),
        "statements": said.get(row["doc_id"], []),
        "story": place if placed else None,
    }
