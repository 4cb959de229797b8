"""Which move answers which: by what it refers to, or by crossed parties and words."""

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.show.views.positions_find import Found
from onrecord.show.views.positions_kinds import IssueWords, reference
from onrecord.show.views.positions_shape import MoveKind
from onrecord.show.views.positions_words import Floats, Subject

ASKING = frozenset({MoveKind.DEMAND, MoveKind.OFFER})
ANSWERING = frozenset({MoveKind.REJECT, MoveKind.ACCEPT, MoveKind.CONCEDE})


def without_mentions(moves: Sequence[Found], words: IssueWords) -> tuple[Found, ...]:
    """Return the moves that are told, not only mentioned.

    "The demand" in a sentence that answers it is the demand told before.
    """
    answered = {m.place for m in moves if m.rule.kind in ANSWERING}
    nouns, refers = frozenset(words.mention), reference(words)
    return tuple(
        move
        for move in moves
        if move.rule.kind not in ASKING
        or move.word["text"].lower().split()[-1] not in nouns
        or not (move.place in answered or refers.search(move.cite.sentence.text))
    )


def refer_back(
    moves: Sequence[Found], subjects: Sequence[Subject]
) -> tuple[tuple[Subject, ...], dict[int, int]]:
    """Return subjects with what they refer to, and for each such move that one.

    "NATO rejected the demand" is about the last demand before it in the report that
    is made to NATO, or names it; else about the last that somebody else makes.
    """
    asked: dict[str, list[int]] = {}
    for at, move in enumerate(moves):
        if move.rule.kind in ASKING:
            asked.setdefault(move.cite.doc_id, []).append(at)
    filled = list(subjects)
    answers: dict[int, int] = {}
    for at, move in enumerate(moves):
        if move.rule.kind not in ANSWERING or not subjects[at].refers:
            continue
        before = [
            other
            for other in asked.get(move.cite.doc_id, ())
            if moves[other].word["start"] < move.word["start"]
            and not parties(move) & parties(moves[other])
        ]
        if before:
            pairs = {other: _meets(moves, subjects, other, at) for other in before}
            answers[at] = max(before, key=lambda other: (pairs[other], other))
            filled[at] = _joined(subjects[at], subjects[answers[at]])
    return tuple(filled), answers


def link_answers(
    moves: Sequence[Found],
    subjects: Sequence[Subject],
    days: Sequence[dt.date | None],
    likeness: Floats,
    known: Mapping[int, int],
    *,
    least: float,
) -> dict[int, int]:
    """Return for each answer the demand or offer that it answers, by their places.

    They are like each other by `least`, the asking comes first, and the parties are
    crossed: who answers is another, and one of them moves toward the other or, where
    the answer does not say toward whom, is named in what is demanded.
    """
    asking = [at for at, move in enumerate(moves) if move.rule.kind in ASKING]
    links = dict(known)
    for at, move in enumerate(moves):
        if move.rule.kind not in ANSWERING or at in links:
            continue
        fitting = [
            (met, likeness[at, other], -other)
            for other in asking
            if likeness[at, other] >= least
            and _before((days[other], moves[other]), (days[at], move))
            and (met := _meets(moves, subjects, other, at))
        ]
        if fitting:
            links[at] = -max(fitting)[2]
    return links


def parties(move: Found) -> frozenset[str]:
    """Return who acts, as country codes or ids."""
    return frozenset(p["country"] or p["entity_id"] for p in move.actors)


def partners(move: Found) -> frozenset[str]:
    """Return toward whom, as country codes or ids."""
    return frozenset(p["country"] or p["entity_id"] for p in move.recipients)


def _before(
    one: tuple[dt.date | None, Found], other: tuple[dt.date | None, Found]
) -> bool:
    (day, asked), (later, answer) = one, other
    if asked.cite.doc_id == answer.cite.doc_id:
        return bool(asked.word["start"] < answer.word["start"])
    return bool(day and later and day <= later)


def _meets(
    moves: Sequence[Found], subjects: Sequence[Subject], asked: int, answer: int
) -> int:
    """Return how well parties cross: 2 for each toward the other, 1 where named."""
    who, whom = parties(moves[answer]), partners(moves[answer])
    if who & parties(moves[asked]):
        return 0
    crossed = bool(who & partners(moves[asked])) + bool(whom & parties(moves[asked]))
    named = not subjects[answer].named.isdisjoint(subjects[asked].own)
    return 2 * crossed or int(named)


def _joined(own: Subject, meant: Subject) -> Subject:
    weights = {**meant.weights}
    for concept, weight in own.weights.items():
        weights[concept] = max(weight / 2, weights.get(concept, 0.0))
    forms = {**own.forms, **meant.forms}
    return msgspec.structs.replace(own, weights=weights, forms=forms)


def fold_repeats(
    moves: Sequence[Found], likeness: Floats, *, least: float
) -> tuple[tuple[int, ...], ...]:
    """Return the places of each move and of those that repeat it, the first first.

    They are of one kind by one party, and like the first by `least` or in its words.
    """
    kept: dict[tuple[object, ...], list[list[int]]] = {}
    words = [move.cite.sentence.text for move in moves]
    for at, move in enumerate(moves):
        who = frozenset(party["entity_id"] for party in move.actors)
        same = kept.setdefault((move.rule.kind, who), [])
        fitting = [
            found
            for found in same
            if likeness[found[0], at] >= least or words[found[0]] == words[at]
        ]
        if fitting:
            max(fitting, key=lambda found: float(likeness[found[0], at])).append(at)
        else:
            same.append([at])
    return tuple(sorted(tuple(found) for same in kept.values() for found in same))
