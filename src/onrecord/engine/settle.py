"""Second step of a run: each report gets its place in a story."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

import msgspec

from onrecord.collapse import (
    FINGERPRINT_VERSION,
    Comparer,
    Crew,
    Fingerprint,
    Lexemes,
    Placed,
    Stories,
    fingerprints,
    load_story_words,
    membership,
    start_crew,
)
from onrecord.engine.steps import FOUND_IN_REPORTS
from onrecord.engine.texts import open_texts
from onrecord.model.story import LinkKind, Relation
from onrecord.store.head import OpenRun
from onrecord.store.lookup import (
    places_of,
    replaced_reports,
    settled_fingerprints,
    unfingerprinted_reports,
    unsettled_fingerprints,
    wrong_stories,
)
from onrecord.store.record import Record, Removal
from onrecord.store.rows import membership_row

ROWS_A_BATCH = 20_000
ENOUGH_FOR_A_CREW = 3_000  # reports; to start processes takes seconds

Row = dict[str, Any]


def settle_stories(record: Record, run: OpenRun, *, workers: int = 1) -> None:
    """Place every new report; a story may get another original.

    Each step does what the tables say is left, so a run that was killed goes on. Many
    reports are shared out among `workers` processes, whose number changes nothing.
    """
    lexemes = Lexemes(load_story_words())
    _take_fingerprints(record, run, lexemes, workers)
    new = [_print_of(row) for row in unsettled_fingerprints(record)]
    if new:
        _place(record, run, new, lexemes, workers)
    _correct_stories(record, run)
    replaced = replaced_reports(record)
    if replaced:
        gone = [Removal(table, "doc_id", replaced) for table in FOUND_IN_REPORTS]
        record.commit(run=run, remove=gone)


def _take_fingerprints(
    record: Record, run: OpenRun, lexemes: Lexemes, workers: int
) -> None:
    reports = unfingerprinted_reports(record, version=FINGERPRINT_VERSION)
    some = list(islice(reports, ROWS_A_BATCH))
    with _crew(workers, len(some)) as crew:
        while some:
            prints = crew.fingerprints(some) if crew else fingerprints(some, lexemes)
            rows = [_print_row(one) for one in prints]
            ids = tuple(row["doc_id"] for row in rows)
            old = () if run.number == 1 else (Removal("fingerprints", "doc_id", ids),)
            record.commit(run=run, remove=old, add={"fingerprints": rows})
            some = list(islice(reports, ROWS_A_BATCH))


@contextmanager
def _crew(workers: int, reports: int) -> Iterator[Crew | None]:
    """Start processes where that takes less time than they save."""
    if workers < 2 or reports < ENOUGH_FOR_A_CREW:
        yield None
        return
    with start_crew(workers) as crew:
        yield crew


def _place(
    record: Record,
    run: OpenRun,
    new: Sequence[Fingerprint],
    lexemes: Lexemes,
    workers: int,
) -> None:
    with open_texts(record) as texts, _crew(workers, len(new)) as crew:
        alone = Comparer(lexemes, texts.body_of).compare_all
        compare = partial(crew.compare, body_of=texts.body_of) if crew else alone
        stories = Stories(compare, texts.expect)
        known, lost = _known(record)
        stories.load(known)
        changed = stories.add([*new, *lost])
    exact_ids = {stories.exact_id_of(placed.doc_id) for placed in changed}
    # What changes comes first: a run that was killed finds it again by what is new.
    begun = {one.exact_id for one in new}
    order = sorted(
        exact_ids | begun, key=lambda exact_id: (exact_id in begun, exact_id)
    )
    for start in range(0, len(order), ROWS_A_BATCH):
        _write_places(record, run, stories, order[start : start + ROWS_A_BATCH])


def _known(
    record: Record,
) -> tuple[list[tuple[Fingerprint, Placed]], list[Fingerprint]]:
    """Return the reports with places, and those whose original has none yet."""
    rows = [(_print_of(row), _placed_of(row)) for row in settled_fingerprints(record)]
    there = {one.doc_id for one, _ in rows}
    known = [(one, placed) for one, placed in rows if placed.original in there]
    lost = [one for one, placed in rows if placed.original not in there]
    return known, lost


def _write_places(
    record: Record, run: OpenRun, stories: Stories, exact_ids: Sequence[str]
) -> None:
    """Write the places of all reports with some words, where they are other now."""
    rows: list[Row] = []
    known: list[str] = []
    old: list[str] = []
    for before in places_of(record, exact_ids):
        placed = stories.place_of(before["exact_id"])
        story_id = stories.exact_id_of(placed.original)
        row = membership_row(membership(before["doc_id"], story_id, placed))
        if before["relation"] is not None:
            known.append(row["doc_id"])
        if any(row[column] != before[column] for column in row):
            rows.append(row)
            if before["relation"] is not None:
                old.append(row["doc_id"])
    places = [stories.place_of(exact_id) for exact_id in exact_ids]
    record.commit(
        run=run,
        remove=(
            Removal("memberships", "doc_id", tuple(old)),
            Removal("links", "doc_id", tuple(known)),
        ),
        add={
            "memberships": rows,
            "links": [link for one in places for link in _link_rows(one)],
        },
    )


def _correct_stories(record: Record, run: OpenRun) -> None:
    """Bring the rows of stories up to what the places of their reports say."""
    wrong = wrong_stories(record)
    for start in range(0, len(wrong), ROWS_A_BATCH):
        some = wrong[start : start + ROWS_A_BATCH]
        old = tuple(row["story_id"] for row in some if row["known"])
        rows = [
            {key: row[key] for key in ("story_id", "original", "report_count")}
            for row in some
            if row["original"] is not None
        ]
        record.commit(
            run=run,
            remove=(Removal("stories", "story_id", old),),
            add={"stories": rows},
        )


def _print_row(one: Fingerprint) -> Row:
    row = msgspec.structs.asdict(one)
    return {**row, "keys": one.keys.tolist(), "version": FINGERPRINT_VERSION}


def _print_of(row: Mapping[str, Any]) -> Fingerprint:
    return Fingerprint(
        doc_id=row["doc_id"],
        exact_id=row["exact_id"],
        date=row["date"],
        spun=row["spun"],
        credit=row["credit"],
        words=row["words"],
        plain=row["plain"],
        keys=row["keys"],
    )


def _placed_of(row: Mapping[str, Any]) -> Placed:
    return Placed(
        doc_id=row["doc_id"],
        original=row["original"],
        relation=Relation(row["relation"]),
        similarity=row["similarity"],
        links=tuple(
            (link["of"], LinkKind(link["kind"]), link["similarity"])
            for link in row["links"] or ()
        ),
    )


def _link_rows(placed: Placed) -> Iterator[Row]:
    for of, kind, similarity in placed.links:
        yield {
            "doc_id": placed.doc_id,
            "of": of,
            "kind": kind.value,
            "similarity": similarity,
        }
