"""Bring together what the reader and the frames propose as events."""

from collections.abc import Iterable, Mapping

import msgspec

from onrecord.code.frames import FrameMatch
from onrecord.model.annotation import Sentence, TriggerScore
from onrecord.model.event import EventType
from onrecord.model.span import Span
from onrecord.model.tree import dependents, governor, has_relation

# Set on gold/dev by bench/quality/tune.py; see docs/quality.md.
FRAME_WEIGHT = 0.7  # what a frame of precision 1 adds to its type's score
LEAST_CONFIDENCE = 0.6  # of the reader's score and the frame's together
LEAST_PRECISION = 0.5  # of a frame, where there is no reader with event heads
EVENT_TYPES = tuple(EventType)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A word that calls up an event, with its evidence.

    `match` is the frame that reads it as `event_type`, if one does.
    """

    token: int
    span: Span
    event_type: EventType
    confidence: float
    rule: str
    score: TriggerScore | None
    match: FrameMatch | None


def find_candidates(
    sentence: Sentence, matches: Iterable[FrameMatch]
) -> tuple[Candidate, ...]:
    """Return the events of a sentence, at most one a word, in text order."""
    by_token = {m.token: m for m in matches}
    scores = {t.token: t for t in sentence.triggers}
    reads_events = bool(sentence.triggers) or bool(sentence.cues)
    found = [
        candidate
        for token in sorted({*by_token, *scores})
        if (
            candidate := _weigh(
                sentence,
                token,
                scores.get(token),
                by_token.get(token),
                reads_events=reads_events,
            )
        )
    ]
    return _drop_doubles(sentence, found)


def _weigh(
    sentence: Sentence,
    token: int,
    score: TriggerScore | None,
    match: FrameMatch | None,
    *,
    reads_events: bool,
) -> Candidate | None:
    weights: dict[EventType, float] = {}
    if score is not None:
        weights = dict(zip(EVENT_TYPES, score.type_scores[1:], strict=True))
    if match is not None:
        event_type = EventType(match.frame.event_type)
        extra = match.score * FRAME_WEIGHT if reads_events else match.score
        weights[event_type] = weights.get(event_type, 0.0) + extra
    best = max(weights, key=lambda t: (weights[t], -EVENT_TYPES.index(t)))
    total = sum(weights.values())
    if total < (LEAST_CONFIDENCE if reads_events else LEAST_PRECISION):
        return None
    read = match if match and match.frame.event_type == best else None
    return Candidate(
        token=token,
        span=read.trigger if read else _trigger_span(sentence, token),
        event_type=best,
        confidence=round(min(weights[best], 1.0), 4),
        rule=f"frames/{read.frame.id}" if read else _head_rule(score),
        score=score,
        match=read,
    )


def _head_rule(score: TriggerScore | None) -> str:
    chance = 1 - score.type_scores[0] if score else 0.0
    return f"reader/event@{chance:.2f}"


def _trigger_span(sentence: Sentence, token: int) -> Span:
    """Return the word with its particle, when that follows at once."""
    word = sentence.tokens[token]
    for child in dependents(sentence, token, "compound:prt"):
        if child == token + 1:
            return Span(word.start, sentence.tokens[child].end)
    return word.span


def _drop_doubles(sentence: Sentence, found: list[Candidate]) -> tuple[Candidate, ...]:
    """Keep one of a verb and its object that call up the same event.

    "Launched an attack", "held talks": one happening, whichever word scores higher.
    """
    by_token: Mapping[int, Candidate] = {c.token: c for c in found}
    dropped: set[int] = set()
    for candidate in found:
        above = governor(sentence, candidate.token)
        verb = by_token.get(above) if above is not None else None
        if verb is None or verb.event_type is not candidate.event_type:
            continue
        if not has_relation(sentence.tokens[candidate.token], "obj", "nsubj:pass"):
            continue
        covered = any(
            c.match is not None and c.match.trigger.covers(other.span)
            for c, other in ((verb, candidate), (candidate, verb))
        )
        if covered:
            low = min(verb, candidate, key=lambda c: (c.confidence, c.token))
            dropped.add(low.token)
    return tuple(c for c in found if c.token not in dropped)
