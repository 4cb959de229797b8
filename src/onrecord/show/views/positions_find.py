"""Find the moves of a record: happenings and statements that answer to the rules."""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import msgspec

from onrecord.show.views.cite import (
    EVENT_COLUMNS,
    REPORT_COLUMNS,
    STATEMENT_COLUMNS,
    Cite,
    event_cite,
    reports_of,
    statement_cite,
)
from onrecord.show.views.located import KEYS, locate, rows_at
from onrecord.show.views.positions_kinds import (
    IssueWords,
    MoveRule,
    PositionRules,
    rule_of_event,
    rule_of_statement,
)
from onrecord.store.filters import Filters, narrow_statements, narrow_where
from onrecord.store.query import fetch

Row = Mapping[str, Any]
Place = tuple[str, int]  # a report, and where in it a sentence begins

# Statements have no column for the others.
STATEMENT_FILTERS = ("actors", "recipients", "countries", "by", "since", "until")
UNKNOWN = "ent-"  # how ids begin of who only reports know
# Copies tell nothing of their own. A happening may hold several demands of one party,
# so each sentence is a move until it is found to repeat another.
LATEST_EVENTS = """
SELECT e.filename, e.file_row_number FROM $narrow_dated_events AS e
WHERE event_type IN (SELECT unnest($types)) AND FITS
    AND doc IN (SELECT doc FROM $narrow_memberships WHERE relation = 'original')
ORDER BY e.date DESC NULLS LAST, e.event LIMIT $most
"""
EVENTS = (
    EVENT_COLUMNS.removesuffix(f", {REPORT_COLUMNS}")
    + ", e.event_type, e.mode, e.factuality, e.rule, e.trigger, e.when_from,"
    " e.when_basis"
)
LATEST_STATEMENTS = """
SELECT e.filename, e.file_row_number FROM (
    SELECT * FROM $narrow_statements WHERE act IN (SELECT unnest($acts)) AND FITS
        AND doc IN (SELECT doc FROM $narrow_memberships WHERE relation = 'original')
) AS e JOIN $narrow_reports AS r ON r.doc = e.doc
ORDER BY r.date DESC NULLS LAST, e.statement LIMIT $most
"""
STATEMENTS = (
    STATEMENT_COLUMNS.removesuffix(f", {REPORT_COLUMNS}")
    + ", s.act, s.when_from, s.when_basis"
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An event or statement that is a move, with what sorting it needs.

    `content` are the spans of what is said, `said` those of who acts, says so and
    when.
    """

    rule: MoveRule
    row: Row
    cite: Cite
    word: Row
    actors: tuple[Row, ...]
    recipients: tuple[Row, ...]
    content: tuple[Row, ...]
    said: tuple[Row, ...]
    statement_id: str | None = None

    @property
    def place(self) -> Place:
        """Return the report and the beginning of the sentence."""
        return self.cite.doc_id, self.cite.sentence.start


def find_moves(
    connection: duckdb.DuckDBPyConnection, filters: Filters, rules: PositionRules
) -> tuple[Found, ...]:
    """Return the moves that fit, in order of report and text, repeats among them.

    A statement that an event tells already is a part of that move.
    """
    events = tuple(_events(connection, filters, rules))
    statements = tuple(_statements(connection, filters, rules))
    told, untold = _joined(events, statements)
    moves = _without_repeats([*told, *untold])
    return tuple(sorted(moves, key=lambda m: (*m.place, m.word["start"])))


def _events(
    connection: duckdb.DuckDBPyConnection, filters: Filters, rules: PositionRules
) -> Iterable[Found]:
    fits = narrow_where(filters)
    types = sorted({rule.event_type for rule in rules.move if rule.event_type})
    more = {"types": types, "most": rules.grouping.most}
    latest = (LATEST_EVENTS.replace("FITS", fits.sql), {**fits.parameters, **more})
    for row in _latest(connection, "events", latest, EVENTS):
        rule = rule_of_event(row, rules)
        if rule is not None:
            yield _event_move(row, rule, rules.words)


def _latest(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    latest: tuple[str, dict[str, Any]],
    columns: str,
) -> list[Row]:
    """Return the rows of a table that lie where the query `latest` says."""
    found = fetch(connection, locate(connection, latest[0]), latest[1])
    if not found:
        return []
    places = [(row["filename"], row["file_row_number"]) for row in found]
    source, parameters = rows_at(connection, table, places)
    short = table[0]
    sql = f"SELECT {columns} FROM {source} AS {short} ORDER BY {short}.{KEYS[table]}"
    rows = fetch(connection, sql, parameters)
    told = reports_of(connection, {row["doc_id"] for row in rows})
    return [{**row, **told[row["doc_id"]]} for row in rows if row["doc_id"] in told]


def _event_move(row: Row, rule: MoveRule, words: IssueWords) -> Found:
    actors = row["actors"]
    recipients = _partners(row["recipients"], words)
    if not actors and rule.told:
        actors = row["attribution"][-1:]
        own = {party["country"] for party in actors}
        recipients = [p for p in recipients if p["country"] not in own - {None}]
    sources = row["attribution"]
    cues = [source["cue"] for source in sources]
    return Found(
        rule=rule,
        row=row,
        cite=event_cite(row),
        word=row["trigger"],
        actors=tuple(actors),
        recipients=tuple(recipients),
        content=(),
        said=(*row["actors"], *sources, *cues, *row["when_spans"]),
    )


def _statements(
    connection: duckdb.DuckDBPyConnection, filters: Filters, rules: PositionRules
) -> Iterable[Found]:
    given = {
        name
        for name in filters.__struct_fields__
        if getattr(filters, name) not in (None, ())
    }
    if not given <= {*STATEMENT_FILTERS, "stories"}:
        return
    fits = narrow_statements(filters)
    acts = sorted({rule.act for rule in rules.move if rule.act})
    more = {"acts": acts, "most": rules.grouping.most}
    latest = (LATEST_STATEMENTS.replace("FITS", fits.sql), {**fits.parameters, **more})
    for row in _latest(connection, "statements", latest, STATEMENTS):
        rule = rule_of_statement(row, rules)
        if rule is not None:
            yield _statement_move(row, rule, rules.words)


def _partners(parties: Iterable[Row], words: IssueWords) -> list[Row]:
    """Return toward whom; in "NATO rejected the demand" the demand is nobody."""
    return [party for party in parties if party["name"].lower() not in words.mention]


def _statement_move(row: Row, rule: MoveRule, words: IssueWords) -> Found:
    addressee = [row["addressee"]] if row["addressee"] else []
    return Found(
        rule=rule,
        row=row,
        cite=statement_cite(row),
        word=row["cue"],
        actors=(row["speaker"],),
        recipients=tuple(_partners(addressee, words)),
        content=tuple(row["content"]),
        said=(row["speaker"], row["cue"]),
        statement_id=row["statement_id"],
    )


def _joined(
    events: Iterable[Found], statements: Iterable[Found]
) -> tuple[list[Found], list[Found]]:
    """Return events with the statements they tell, and the other statements."""
    by_place: dict[Place, list[Found]] = {}
    for statement in statements:
        by_place.setdefault(statement.place, []).append(statement)
    told: list[Found] = []
    used: set[str | None] = set()
    for event in events:
        here = by_place.get(event.place, ())
        same = [s for s in here if _same(event, s)]
        told.append(_with(event, same[0]) if same else event)
        used.update(s.statement_id for s in same)
    every = [statement for listed in by_place.values() for statement in listed]
    return told, [s for s in every if s.statement_id not in used]


def _same(event: Found, statement: Found) -> bool:
    return event.rule.kind is statement.rule.kind or _overlap(
        event.word, statement.word
    )


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _with(event: Found, statement: Found) -> Found:
    return msgspec.structs.replace(
        event,
        content=statement.content,
        recipients=event.recipients or statement.recipients,
        actors=event.actors or statement.actors,
        statement_id=statement.statement_id,
    )


def _without_repeats(moves: Iterable[Found]) -> list[Found]:
    """Return moves among the known; of a kind by a party in a sentence the first."""
    kept: dict[tuple[object, ...], Found] = {}
    for move in sorted(moves, key=lambda m: (*m.place, m.word["start"])):
        names = tuple(actor["entity_id"] for actor in move.actors)
        if names and any(map(_is_known, (*move.actors, *move.recipients))):
            kept.setdefault((move.place, move.rule.kind, names), move)
    return list(kept.values())


def _is_known(party: Row) -> bool:
    """Return whether a party is one of public life, or has a name of several words.

    "You" and "the girl" negotiate nothing that a record of politics should hold.
    """
    if party["country"] or party["sectors"] or party["entity_id"][:4] != UNKNOWN:
        return True
    words = party["name"].split()
    return len(words) > 1 and all(word[0].isupper() for word in words)
