"""The state of a negotiation: on each issue who demands, offers and answers what."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np

from onrecord.model.ids import content_id
from onrecord.show.views.positions_find import Found, Row, find_moves
from onrecord.show.views.positions_groups import group
from onrecord.show.views.positions_kinds import PositionRules, load_position_rules
from onrecord.show.views.positions_links import (
    fold_repeats,
    link_answers,
    refer_back,
    without_mentions,
)
from onrecord.show.views.positions_shape import Issue, Move, Positions
from onrecord.show.views.positions_words import (
    likeness,
    make_reader,
    name_of,
    rarity,
    read_subjects,
    telling_words,
    without_titles,
)
from onrecord.store.filters import Filters
from onrecord.store.query import connect

WORDS = 8  # that an issue keeps
NAMED = 3  # that name it
LEAST = 2  # moves of an issue that is shown
MOST_IDS = 50
MOST_OTHERS = 50
FAR = dt.date.max


def positions(
    record: Path,
    filters: Filters,
    *,
    limit: int | None = None,
    as_of: str | None = None,
) -> Positions:
    """Return the issues that moves are about, the liveliest first.

    Only the latest 2,000 events and as many statements are looked at; filters reach
    earlier ones. `positions.toml` says what a move is.
    """
    rules = load_position_rules()
    found = find_moves(connect(record, as_of=as_of), filters, rules)
    if not found:
        return Positions(issues=(), others=(), single=0, more=0)
    return _sorted_out(found, rules, limit)


def _sorted_out(
    found: Sequence[Found], rules: PositionRules, limit: int | None
) -> Positions:
    moves = without_mentions(found, rules.words)
    read = read_subjects(moves, make_reader(rules))
    subjects, known = refer_back(moves, read)
    rare = rarity(subjects)
    alike = likeness(subjects, rare)
    days = [_day(move) for move in moves]
    own = likeness(without_titles(subjects), rare)
    answer = rules.grouping.answer
    links = link_answers(moves, subjects, days, own, known, least=answer)
    folded = fold_repeats(moves, own, least=rules.grouping.repeat)
    first = {at: repeats[0] for repeats in folded for at in repeats}
    made = {
        repeats[0]: _move([moves[at] for at in repeats], days[repeats[0]])
        for repeats in folded
    }
    for at, asked in links.items():
        answers = made[first[asked]].move_id
        made[first[at]] = msgspec.structs.replace(made[first[at]], answers=answers)
    kept = sorted(made)
    groups = group(alike[np.ix_(kept, kept)], rules.grouping.threshold)
    issues = [
        _issue(
            [made[kept[at]] for at in members],
            telling_words([subjects[kept[at]] for at in members], rare, WORDS),
        )
        for members in groups
    ]
    issues.sort(key=lambda i: (-_weight(i), i.first or FAR, i.issue_id))
    shown = [issue for issue in issues if len(issue.moves) >= LEAST]
    single = [issue.moves[0] for issue in issues if len(issue.moves) < LEAST]
    return Positions(
        issues=tuple(shown[:limit]),
        others=tuple(sorted(single, key=_order)[:MOST_OTHERS]),
        single=len(single),
        more=max(0, len(shown) - (limit or len(shown))),
    )


def _weight(issue: Issue) -> int:
    """Return how much is going on: reports, answers and parties.

    Not moves: one long interview has many.
    """
    answers = sum(move.answers is not None for move in issue.moves)
    reports = len({move.cite.doc_id for move in issue.moves})
    return 2 * reports + answers + min(len(issue.parties), 2 * reports)


def _order(move: Move) -> tuple[dt.date, str, int, str]:
    cite = move.cite
    return move.day or FAR, cite.doc_id, cite.sentence.start, move.move_id


def _issue(moves: Sequence[Move], words: tuple[str, ...]) -> Issue:
    counts = Counter(name for move in moves for name in move.actors)
    known = [move.day for move in moves if move.day is not None]
    return Issue(
        issue_id=content_id("iss", *sorted(move.move_id for move in moves)),
        name=name_of(words, [move.cite.sentence.text for move in moves], NAMED),
        words=words,
        parties=tuple(sorted(counts, key=lambda name: (-counts[name], name))),
        moves=tuple(sorted(moves, key=_order)),
        first=min(known, default=None),
        last=max(known, default=None),
    )


def _move(told: Sequence[Found], day: dt.date | None) -> Move:
    """Return a move told once or more; the first telling is shown."""
    first = told[0]
    row = first.row
    ids = [move.cite.event_id for move in told if move.cite.event_id]
    actors = _countries(first.actors)
    toward = _countries(party for move in told for party in move.recipients)
    return Move(
        move_id=_move_id(first),
        kind=first.rule.kind,
        word=first.word["text"],
        actors=tuple(actors),
        actor_countries=tuple(actors.values()),
        toward=tuple(toward),
        toward_countries=tuple(toward.values()),
        event_type=row.get("event_type"),
        act=row.get("act"),
        factuality=row.get("factuality", "happened"),
        day=day,
        day_basis=None if day is None else _basis(first),
        answers=None,
        reports=len({move.cite.doc_id for move in told}),
        event_ids=tuple(ids[:MOST_IDS]),
        statement_id=first.statement_id,
        cite=first.cite,
    )


def _countries(parties: Iterable[Row]) -> dict[str, str | None]:
    """Return the code of each party's country, or None, by its name."""
    found: dict[str, str | None] = {}
    for party in parties:
        found[party["name"]] = found.get(party["name"]) or party["country"]
    return found


def _day(found: Found) -> dt.date | None:
    row = found.row
    if _basis(found) == "text":
        day: dt.date = row["when_from"]
        return day
    return found.cite.date


def _basis(found: Found) -> str:
    return "text" if found.row["when_basis"] == "text" else "publication"


def _move_id(found: Found) -> str:
    return found.cite.event_id or str(found.statement_id)
