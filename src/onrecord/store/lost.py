"""Rows that rest on a data file that is gone.

What a run makes from the reports is taken away where a part of it is missing, so that
the run makes it again. Nothing is taken away that no run could make.
"""

from collections.abc import Collection

import duckdb
import msgspec

from onrecord.store.query import load_sql, rows

CODED = ("events", "event_parties", "statements", "quantities", "codings")
FOUND_IN_REPORTS = (*CODED, "profiles", "tellings", "corrected")
REASONED = frozenset({*CODED, "rejected"})
# Where a part of a table is lost, what was reasoned from all of it is made again.
WHOLE = {
    "reports": ("memberships", "links", "happenings"),
    "memberships": ("memberships", "links", "happenings"),
    "links": ("memberships", "links", "happenings"),
    "profiles": ("tellings", "happenings"),
    "tellings": ("tellings", "happenings"),
}

# What a run does about each table that lost a file.
WHAT_NOW = {
    "reports": "reports are gone, and what was found in them is taken out: give the"
    " inputs they came from to this run, or to another, and all is there again",
    "rejected": "reports that could not be read are noted again when they are given"
    " again",
    "memberships": "every report gets its place in a story again",
    "links": "every report gets its place in a story again",
    "fingerprints": "they are taken again",
    "profiles": "they are taken again",
    "tellings": "what reports tell is gathered into happenings again",
    "happenings": "what reports tell is gathered into happenings again",
    "stories": "they are made again from the places of their reports",
    "runs": "the accounts of some runs are gone, and with them `--as-of` these runs",
    "corrections": "corrections are gone: put back a copy of the file, or import them"
    " again",
    "asked": "what asking a language model took is not known any more for some reports",
    "reviewed": "what became of corrections is found out again",
    "corrected": "corrections are applied again",
    **dict.fromkeys(CODED, "the reports it was found in are coded again"),
}
ANEW = "the run makes it again"


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """What to take away: all rows of some tables, rows by an id in others.

    `reports` are those whose text is gone.
    """

    whole: tuple[str, ...]
    doc_ids: tuple[str, ...]
    rejected_ids: tuple[str, ...]
    reports: tuple[str, ...]


def find_gone(connection: duckdb.DuckDBPyConnection, tables: Collection[str]) -> Gone:
    """Return what has to go since `tables` lost a file."""
    doc_ids: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    rejected_ids: tuple[str, ...] = ()
    if REASONED & set(tables):
        doc_ids = tuple(
            row["doc_id"] for row in rows(connection, load_sql("lost/uncertain"))
        )
        found = rows(connection, load_sql("lost/refusals"), {"again": list(doc_ids)})
        rejected_ids = tuple(row["rejected_id"] for row in found)
    if "reports" in tables:
        lost = list(rows(connection, load_sql("lost/reports")))
        reports = tuple(row["doc_id"] for row in lost)
        rejected_ids += tuple(r["rejected_id"] for r in lost if r["rejected_id"])
    whole = {name for table in tables for name in WHOLE.get(table, ())}
    return Gone(
        whole=tuple(sorted(whole)),
        doc_ids=doc_ids,
        rejected_ids=rejected_ids,
        reports=reports,
    )
