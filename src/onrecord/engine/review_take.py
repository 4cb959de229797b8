"""Take what people decided into a record, and apply it at once."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import msgspec

from onrecord.engine.happen import settle_happenings
from onrecord.engine.review import settle_corrections
from onrecord.engine.review_read import decisions_of
from onrecord.engine.review_values import LONG, PASSAGE, is_safe, load_checked
from onrecord.model.correction import Anchor, Correction, make_correction_id
from onrecord.model.fix import write_fix
from onrecord.model.judgement import Judgement, Shown, Unread
from onrecord.ontology import Ontology
from onrecord.store.query import connect, rows
from onrecord.store.record import open_record
from onrecord.store.review_lookup import corrections_made
from onrecord.store.shown import shown_of

AUTHOR = 100  # characters of a name
NOTE = 2_000
PARTIES = 50
AHEAD = dt.timedelta(days=1)  # by which another machine's clock may be fast

EVENT = """
SELECT e.*, r.text AS report_text, c.run_id
FROM (
    SELECT * FROM events WHERE event_id = $event_id
    UNION ALL BY NAME
    SELECT * FROM coded_events WHERE event_id = $event_id
        AND event_id NOT IN (SELECT event_id FROM events WHERE event_id = $event_id)
) AS e JOIN reports AS r USING (doc_id) LEFT JOIN codings AS c USING (doc_id)
"""
CODED = "SELECT * FROM coded_events WHERE event_id = $event_id"
KNOWN_REPORTS = """
SELECT doc_id FROM reports SEMI JOIN (SELECT unnest($ids) AS doc_id) USING (doc_id)
"""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of judgements.

    `known` decisions were in the record before; `ignored` are judgements that decide
    nothing; `refused` could not be taken.
    """

    added: tuple[Correction, ...] = ()
    known: int = 0
    ignored: int = 0
    refused: tuple[Unread, ...] = ()


def take_judgements(
    path: Path,
    judgements: Iterable[Judgement | Unread],
    *,
    ontology: Ontology,
    now: dt.datetime,
    author: str | None = None,
    timed: bool = False,
) -> Taken:
    """Take judgements into the record at `path`; wrong ones are refused, not raised.

    `author` made those that name nobody else. Those without a time are made `now`,
    one after the other; with `timed` that makes them decisions of their own, unless
    they say what their author said last, else the same one is known however often it
    comes. Raises `RecordLocked` while another writes.
    """
    connection = connect(path)
    made: list[tuple[int, Correction]] = []
    refused: list[Unread] = []
    ignored = 0
    for judgement in judgements:
        if isinstance(judgement, Unread):
            refused.append(judgement)
            continue
        moment = now + dt.timedelta(microseconds=len(made))
        try:
            found = _corrections(connection, judgement, ontology, author, moment, timed)
        except ValueError as err:
            reason = str(err)
            refused.append(Unread(position=judgement.position, reason=reason))
            continue
        ignored += not found
        made += [(judgement.position, one) for one in found]
    missing = _missing_reports(connection, {one.anchor.doc_id for _, one in made})
    unknown = {p for p, one in made if one.anchor.doc_id in missing}
    reason = "the record does not hold the report it is about"
    refused += [Unread(position=p, reason=reason) for p in sorted(unknown)]
    wanted = {o.correction_id: o for _, o in made if o.anchor.doc_id not in missing}
    added = _keep(path, wanted, ontology, timed=timed)
    return Taken(
        added=added,
        known=len(wanted) - len(added),
        ignored=ignored,
        refused=tuple(sorted(refused, key=lambda one: one.position)),
    )


def _keep(
    path: Path,
    corrections: Mapping[str, Correction],
    ontology: Ontology,
    *,
    timed: bool,
) -> tuple[Correction, ...]:
    """Write the corrections that are new, and apply all; return the new ones."""
    if not corrections:
        return ()
    with open_record(path) as record:
        run = record.head.run
        before = corrections_made(record)
        known = {one.correction_id for one in before}
        last = {_about(one): (one.verdict, one.value) for one in before}
        new = tuple(
            one
            for name, one in corrections.items()
            if name not in known
            and not (timed and last.get(_about(one)) == (one.verdict, one.value))
        )
        if not new:
            return ()
        settle_corrections(record, run, ontology=ontology, new=new)
        if run is None:  # else the run that goes on does it
            settle_happenings(record, None)
    return new


def _about(one: Correction) -> tuple[object, ...]:
    """Return who decides about which words and cell."""
    a = one.anchor
    words = (a.doc_id, a.sentence, a.sentence_occurrence, a.trigger, a.occurrence)
    return (one.author, one.cell, *words)


def _corrections(
    connection: duckdb.DuckDBPyConnection,
    judgement: Judgement,
    ontology: Ontology,
    author: str | None,
    moment: dt.datetime,
    timed: bool,
) -> list[Correction]:
    if judgement.correction is not None:
        return [_again(judgement.correction, ontology, moment)]
    shown = judgement.shown or _look_up(connection, judgement.event_id)
    _check_anchor(shown.anchor)
    decisions = decisions_of(judgement, shown, ontology)
    if not decisions:
        return []
    name = check_author(judgement.author or author)
    note = _note(judgement.note)
    given = _made(judgement.made, moment) if judgement.made else None
    at = given or _written(moment)
    return [
        Correction(
            correction_id=make_correction_id(
                shown.anchor,
                decision.verdict,
                decision.cell,
                decision.value,
                author=name,
                made=at if timed else given,
            ),
            verdict=decision.verdict,
            anchor=shown.anchor,
            cell=decision.cell,
            was=decision.was,
            value=decision.value,
            author=name,
            made=at,
            note=note,
        )
        for decision in decisions
    ]


def _again(given: Correction, ontology: Ontology, now: dt.datetime) -> Correction:
    """Return a decision that was taken before, perhaps into another record."""
    _check_anchor(given.anchor)
    name, made = check_author(given.author), _made(given.made, now)
    value, was = given.value, given.was
    if given.cell is not None and value is not None:
        try:
            value = write_fix(load_checked(given.cell, value, ontology))
            was = write_fix(load_checked(given.cell, was, ontology)) if was else None
        except (msgspec.MsgspecError, RecursionError) as err:
            raise ValueError(f"{given.cell}: {err}") from None
    timed, untimed = (
        make_correction_id(
            given.anchor, given.verdict, given.cell, value, author=name, made=at
        )
        for at in (made, None)
    )
    return msgspec.structs.replace(
        given,
        # Nobody noted the time when it was taken first.
        correction_id=untimed if given.correction_id == untimed else timed,
        was=was,
        value=value,
        author=name,
        made=made,
        note=_note(given.note),
    )


def look_up(connection: duckdb.DuckDBPyConnection, event_id: str) -> Shown | None:
    """Return an event of today as a reviewer sees it; None where there is none.

    One that was rejected is shown as it was coded.
    """
    coded = next(rows(connection, CODED, {"event_id": event_id}), None)
    for row in rows(connection, EVENT, {"event_id": event_id}):
        text, run_id = row.pop("report_text"), row.pop("run_id")
        return shown_of(row, text, coded=coded, run_id=run_id)
    return None


def _look_up(connection: duckdb.DuckDBPyConnection, event_id: str | None) -> Shown:
    if event_id is None:
        raise ValueError("it does not say which event it is about")
    shown = look_up(connection, event_id)
    if shown is None:
        raise ValueError(f"the record has no event {event_id[:LONG]!r}")
    return shown


def _check_anchor(anchor: Anchor) -> None:
    """Raise `ValueError` for an anchor that no export can have written."""
    if len(anchor.actors) > PARTIES or len(anchor.recipients) > PARTIES:
        raise ValueError(f"the event has more than {PARTIES} parties")
    words = (anchor.trigger, *anchor.actors, *anchor.recipients)
    if any(len(text) > PASSAGE for text in (*words, anchor.sentence)):
        raise ValueError(f"a text has more than {PASSAGE:,} characters")
    if any(len(text) > LONG for text in (anchor.doc_id, anchor.event_id)):
        raise ValueError(f"an id has more than {LONG} characters")
    if min(anchor.occurrence, anchor.sentence_occurrence) < 0:
        raise ValueError("an occurrence counts from 0")
    if any(_is_broken(text) for text in (*words, anchor.sentence)):
        raise ValueError("a text holds half a character (a lone surrogate)")


def _is_broken(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def check_author(name: str | None) -> str:
    """Return a reviewer's name; raise `ValueError` for what can be none."""
    if name is None or not name.strip():
        raise ValueError("it does not say who judged; give --author NAME")
    if len(name) > AUTHOR or not is_safe(name):
        raise ValueError(
            f"an author's name has at most {AUTHOR} characters and none of control"
        )
    return name.strip()


def _note(note: str | None) -> str | None:
    if note is None or not note.strip():
        return None
    if len(note) > NOTE:
        raise ValueError(f"a note has at most {NOTE:,} characters, this {len(note):,}")
    if not is_safe(note.replace("\n", " ").replace("\t", " ")):
        raise ValueError("a note holds control characters")
    return note.strip()


def _made(given: str, now: dt.datetime) -> str:
    """Return a time as UTC; one without a zone is UTC."""
    try:
        moment = dt.datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(f"{given[:LONG]!r} is no time in ISO 8601") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    try:
        moment = moment.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError(f"{given!r} is outside the calendar") from None
    if moment > now + AHEAD:
        raise ValueError(f"{given} lies ahead; is the other clock right?")
    return _written(moment)


def _written(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def _missing_reports(
    connection: duckdb.DuckDBPyConnection, doc_ids: set[str]
) -> frozenset[str]:
    if not doc_ids:
        return frozenset()
    found = rows(connection, KNOWN_REPORTS, {"ids": sorted(doc_ids)})
    return frozenset(doc_ids) - {row["doc_id"] for row in found}
