"""What is new in a record, by the day it was reported."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError
from onrecord.model.happening import Status
from onrecord.show.views.brief_find import Asked, ask, find, find_rows, make
from onrecord.show.views.brief_shape import (
    AHEAD,
    CAME_TRUE,
    DEMANDS,
    DENIALS,
    HAPPENED,
    NOT_SO,
    PARTS,
    PAST,
    THREATS,
    Brief,
    ChangedNumber,
    Item,
    NumberTold,
    Part,
    Reports,
    Told,
    Weight,
)
from onrecord.show.views.brief_weights import load_weights, weight_parameters
from onrecord.show.views.cite import (
    STATEMENT_COLUMNS,
    Cite,
    event_cite,
    find_cites,
    statement_cite,
)
from onrecord.show.views.located import locate
from onrecord.show.views.numbers_rules import country_names, load_number_rules
from onrecord.store.filters import Filters
from onrecord.store.query import connect, fetch

__all__ = [
    "AHEAD",
    "CAME_TRUE",
    "DEMANDS",
    "DENIALS",
    "HAPPENED",
    "NOT_SO",
    "PARTS",
    "PAST",
    "THREATS",
    "Brief",
    "ChangedNumber",
    "Item",
    "NumberTold",
    "Part",
    "Reports",
    "Told",
    "Weight",
    "brief",
]

Row = Mapping[str, Any]

ITEMS = 10  # a part, unless told
FIRST = 1
MADE = (
    "brief_fresh",
    "brief_came_true",
    "brief_ranked",
    "brief_said",
    "brief_numbers",
)
SPAN = (
    "SELECT max(date) AS last, count(*) FILTER (date IS NULL) AS undated"
    " FROM $narrow_reports"
)
WINDOW = """
SELECT count(*) AS reports, count(*) FILTER (relation = 'original') AS stories
FROM $narrow_reports AS r JOIN $narrow_memberships AS m ON m.doc = r.doc
WHERE date BETWEEN $since AND $until
"""
COUNTS = """
SELECT part, sum(happenings)::BIGINT AS happenings,
    sum(statements)::BIGINT AS statements
FROM (
    SELECT part, count(*) AS happenings, 0 AS statements FROM fresh GROUP BY part
    UNION ALL
    SELECT part, 0, count(*) FROM said GROUP BY part
) GROUP BY part
"""
FRESH = "SELECT * EXCLUDE (numbers, tellings) FROM fresh WHERE place <= $limit"
SAID = f"""
SELECT s.part, s.act, s.weight, s.w_type, s.w_quad, s.w_factuality, s.w_origins,
    s.w_confidence, s.w_parties, s.when_from, s.when_to, s.when_basis,
    carried.report_count,
    {STATEMENT_COLUMNS}
FROM said AS s JOIN reports AS r USING (doc_id)
JOIN stories AS carried ON carried.story_id = s.story_id
WHERE s.place <= $limit
"""
NUMBERS = """
SELECT * FROM changed ORDER BY same DESC, change DESC, date DESC, event_id LIMIT $limit
"""


def brief(
    record: Path,
    filters: Filters,
    *,
    limit: int = ITEMS,
    as_of: str | None = None,
) -> Brief:
    """Return what is new from `filters.since` to `filters.until`, by date of report.

    Without `until` it goes on to the end of the record; without `since` there is
    nothing that could be new, and `UsageError` is raised. At most `limit` items a
    part. Counts of origins and reports are those of the whole record.
    """
    if filters.since is None:
        raise UsageError("say from which day on things are new: --since 2022-01-28")
    if filters.until is not None and filters.until < filters.since:
        raise UsageError(f"--until {filters.until} is before --since {filters.since}")
    connection = connect(record, as_of=as_of)
    (span,) = fetch(connection, locate(connection, SPAN))
    until = filters.until or span["last"]
    asked = ask(
        connection,
        filters,
        {**weight_parameters(load_weights()), **_number_parameters()},
        since=filters.since,
        until=until or filters.since,
        limit=limit,
    )
    for name in MADE:
        make(asked, name)
    parts = _parts(asked, limit)
    (numbers,) = find_rows(asked, "SELECT count(*) AS n FROM changed")
    return Brief(
        since=filters.since,
        until=until,
        reports=_reports(asked, span["undated"]),
        happenings=sum(part.happenings for part in parts),
        statements=sum(part.statements for part in parts),
        numbers_count=numbers["n"],
        numbers=_numbers(asked),
        parts=parts,
    )


def _reports(asked: Asked, undated: int) -> Reports:
    (row,) = find_rows(asked, WINDOW)
    return Reports(
        reports=row["reports"],
        stories=row["stories"],
        copies=row["reports"] - row["stories"],
        undated=undated,
    )


def _parts(asked: Asked, limit: int) -> tuple[Part, ...]:
    counts = {row["part"]: row for row in find_rows(asked, COUNTS)}
    items = [*_happenings(asked, counts), *_statements(asked)]
    items.sort(key=lambda item: (-item.weight.total, str(item.cite.event_id)))
    return tuple(
        Part(
            part=part,
            count=counts[part]["happenings"] + counts[part]["statements"],
            happenings=counts[part]["happenings"],
            statements=counts[part]["statements"],
            items=tuple(item for item in items if item.part == part)[:limit],
        )
        if part in counts
        else Part(part=part, count=0, happenings=0, statements=0, items=())
        for part in PARTS
    )


def _happenings(asked: Asked, parts: Collection[str]) -> list[Item]:
    """Return the happenings shown; `parts` are those that have any."""
    shown = {row["happening_id"]: row for row in find(asked, "brief_shown")}
    denied = _others(asked, "brief_denied") if DENIALS in parts else {}
    before = _others(asked, "brief_before") if CAME_TRUE in parts else {}
    return [
        Item(
            part=row["part"],
            happening_id=row["happening_id"],
            event_type=row["event_type"],
            act=None,
            mode=row["mode"],
            status=Status(row["status"]),
            factuality=row["factuality"],
            actors=tuple(row["actors"]),
            recipients=tuple(row["recipients"]),
            when_from=row["when_from"],
            when_to=row["when_to"],
            when_basis=row["when_basis"],
            places=tuple(row["places"]),
            first_reported=row["first_reported"],
            origins=row["origins"],
            stories=row["stories"],
            reports=shown[row["happening_id"]]["reports"],
            outlets=tuple(row["outlets"]),
            confidence=row["confidence"],
            weight=_weight(row),
            cite=event_cite(shown[row["happening_id"]]),
            denies=denied.get(row["happening_id"]),
            before=before.get(row["happening_id"]),
        )
        for row in find_rows(asked, FRESH)
    ]


def _statements(asked: Asked) -> list[Item]:
    return [
        Item(
            part=row["part"],
            happening_id=None,
            event_type=None,
            act=row["act"],
            mode=None,
            status=None,
            factuality=None,
            actors=(row["speaker"]["name"],),
            recipients=(row["addressee"]["name"],) if row["addressee"] else (),
            when_from=row["when_from"],
            when_to=row["when_to"],
            when_basis=row["when_basis"],
            places=(),
            first_reported=row["date"],
            origins=FIRST,
            stories=FIRST,
            reports=row["report_count"],
            outlets=(row["outlet"],) if row["outlet"] else (),
            confidence=None,
            weight=_weight(row),
            cite=statement_cite(row),
        )
        for row in find_rows(asked, SAID)
    ]


def _others(asked: Asked, name: str) -> dict[str, Told]:
    """Return what each item stands against, or came true of."""
    return {row["item"]: _told(row) for row in find(asked, name)}


def _told(row: Row) -> Told:
    return Told(
        happening_id=row["happening_id"],
        factuality=row["factuality"],
        actors=tuple(row["names"]),
        cite=event_cite(row),
    )


def _weight(row: Row) -> Weight:
    return Weight(
        total=round(row["weight"], 4),
        type=row["w_type"],
        quad=row["w_quad"],
        factuality=row["w_factuality"],
        origins=round(row["w_origins"], 4),
        confidence=round(row["w_confidence"], 4),
        parties=row["w_parties"],
    )


def _numbers(asked: Asked) -> tuple[ChangedNumber, ...]:
    found = list(find_rows(asked, NUMBERS))
    ids = {i for row in found for i in (row["event_id"], row["earlier"]["event"])}
    cites = find_cites(asked.connection, ids)
    return tuple(
        ChangedNumber(
            of=row["noun"],
            party=country_names().get(row["counted_country"], row["party"]),
            event_type=row["event_type"],
            status=Status(row["status"]),
            same_happening=row["same"],
            before=_number(row["earlier"]["quantity"], cites[row["earlier"]["event"]]),
            now=_number(row["q"], cites[row["event_id"]]),
        )
        for row in found
    )


def _number_parameters() -> dict[str, Any]:
    """Return what is one thing under several names, and what is no thing."""
    rules = load_number_rules()
    names = {form: same.forms[0] for same in rules.same for form in same.forms}
    return {
        "forms": list(names),
        "things": list(names.values()),
        "measures": list(rules.lines.measures),
    }


def _number(quantity: Row, cite: Cite) -> NumberTold:
    return NumberTold(
        value=quantity["value"],
        low=quantity["low"],
        high=quantity["high"],
        modifier=quantity["modifier"],
        text=quantity["text"],
        cite=cite,
    )
