"""Bring together what the reader and the frames propose as events."""

import math
from collections.abc import Iterable, Mapping

import msgspec

from onrecord.code.frames import FrameMatch
from onrecord.model.annotation import Sentence, TriggerScore
from onrecord.model.event import EventType
from onrecord.model.span import Span
from onrecord.model.tree import dependents, governor, has_relation

# The evidence for an event is the log-odds of the reader's score, plus what the frame
# that matches adds to it. A reader types what no frame knows poorly (one in three on
# gold/dev), so a word it alone proposes needs more. Set on gold/dev; docs/quality.md.
FRAME_EVIDENCE = 8.0  # what a frame of precision 1 adds
LEAST_EVIDENCE = 2.5
LEAST_ALONE = 4.6  # log-odds of the reader where no frame matches: 99 in 100
FRAME_TYPE = 8.0  # what a frame of precision 1 adds to the log of its type's score
LEAST_PRECISION = 0.5  # of a frame, where there is no reader with event heads
# Confidence = a logistic curve over the evidence, fitted on gold/dev; the last on the
# held-out folds too, where four in ten such events are right.
CONFIDENCE_SLOPE = 0.31
CONFIDENCE_SHIFT = -1.18
ALONE_SHIFT = -1.0  # where no frame matches
LEAST_DOUBT = 1e-4  # scores are rounded to four digits
UNSEEN = 0.02  # the reader's score of a word it does not propose
LEAST_SHARE = 0.001  # of a type, before its logarithm is taken
# A verb that shares its subject with one of its type before it tells the same act
# ("engaged and destroyed") as often as another; set on the held-out folds.
LEAST_SECOND = 0.7
_MATERIAL_MARK = "of"  # grammar: "a campaign of attacks" is one act
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
    scores = {t.token: t for t in sentence.triggers}
    reads_events = bool(sentence.triggers) or bool(sentence.cues)
    joined: dict[int, tuple[TriggerScore | None, FrameMatch | None]] = {}
    taken: set[int] = set()
    for match in matches:
        score = _best_score(scores, match)
        joined[match.token] = (score, match)
        taken |= {match.token} if score is None else {match.token, score.token}
    for token, score in scores.items():
        if token not in taken:
            joined[token] = (score, None)
    found = [
        candidate
        for token, (score, match) in sorted(joined.items())
        if (
            candidate := _weigh(
                sentence, token, score, match, reads_events=reads_events
            )
        )
    ]
    return _drop_doubles(sentence, found)


def _best_score(
    scores: Mapping[int, TriggerScore], match: FrameMatch
) -> TriggerScore | None:
    """Return the reader's best score among the words of a frame's trigger.

    Frame and reader may set their marks on either word of "imposed sanctions".
    """
    words = [scores[w] for w in (match.token, *match.words) if w in scores]
    return min(words, key=lambda t: t.type_scores[0], default=None)


def _weigh(
    sentence: Sentence,
    token: int,
    score: TriggerScore | None,
    match: FrameMatch | None,
    *,
    reads_events: bool,
) -> Candidate | None:
    shares = _type_shares(score, match)
    best = max(shares, key=lambda t: (shares[t], -EVENT_TYPES.index(t)))
    read = match if match and match.frame.event_type == best else None
    if reads_events:
        evidence = _evidence(score, match)
        if evidence < (LEAST_ALONE if match is None else LEAST_EVIDENCE):
            return None
        shift = CONFIDENCE_SHIFT + (ALONE_SHIFT if match is None else 0.0)
        confidence = _logistic(CONFIDENCE_SLOPE * evidence + shift)
    elif match is None or match.score < LEAST_PRECISION:
        return None
    else:
        confidence = match.score
    return Candidate(
        token=token,
        span=read.trigger if read else _trigger_span(sentence, token),
        event_type=best,
        confidence=round(confidence, 4),
        rule=f"frames/{read.frame.id}" if read else _head_rule(score),
        score=score,
        match=read,
    )


def _evidence(score: TriggerScore | None, match: FrameMatch | None) -> float:
    """Return the log-odds that a word calls up an event."""
    chance = max(1 - score.type_scores[0], UNSEEN) if score else UNSEEN
    evidence = math.log(chance) - math.log(1 - chance + LEAST_DOUBT)
    if match is not None:
        evidence += FRAME_EVIDENCE * match.score
    return evidence


def _type_shares(
    score: TriggerScore | None, match: FrameMatch | None
) -> dict[EventType, float]:
    """Return the log score of each type that the reader or the frame proposes."""
    shares: dict[EventType, float] = {}
    if score is not None:
        total = 1 - score.type_scores[0] + LEAST_SHARE
        shares = {
            t: math.log(s / total + LEAST_SHARE)
            for t, s in zip(EVENT_TYPES, score.type_scores[1:], strict=True)
        }
    if match is not None:
        read = EventType(match.frame.event_type)
        shares[read] = shares.get(read, 0.0) + FRAME_TYPE * match.score
    return shares


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


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
    """Keep one of two words that tell one happening of the same type."""
    by_token: Mapping[int, Candidate] = {c.token: c for c in found}
    dropped: set[int] = set()
    for candidate in found:
        above = governor(sentence, candidate.token)
        upper = by_token.get(above) if above is not None else None
        if upper is None or upper.event_type is not candidate.event_type:
            continue
        double = _double(sentence, upper, candidate)
        if double is not None:
            dropped.add(double.token)
    return tuple(c for c in found if c.token not in dropped)


def _double(sentence: Sentence, upper: Candidate, lower: Candidate) -> Candidate | None:
    """Return which of two acts of a type, one above the other, is the same told twice.

    "Launched an attack", "held talks": whichever scores lower. "The strike destroyed a
    depot": the verb. "Met to discuss", "a campaign of attacks", "struck a convoy,
    killing two": what hangs on the other. Two verbs of one subject may be two acts.
    """
    word = sentence.tokens[lower.token]
    if has_relation(word, "obj", "nsubj:pass"):
        covered = any(
            c.match is not None and c.match.trigger.covers(other.span)
            for c, other in ((upper, lower), (lower, upper))
        )
        weaker = min(upper, lower, key=lambda c: (c.confidence, c.token))
        return weaker if covered else None
    if has_relation(word, "nsubj"):
        return upper if word.upos in {"NOUN", "PROPN"} else None
    shares_subject = not dependents(sentence, lower.token, "nsubj")
    if has_relation(word, "conj"):
        second = word.upos == "VERB" and shares_subject
        return lower if second and lower.confidence < LEAST_SECOND else None
    return lower if _is_inside(sentence, lower.token, shares_subject) else None


def _is_inside(sentence: Sentence, token: int, shares_subject: bool) -> bool:
    """Tell whether an act is the content, purpose or manner of the one above it."""
    word = sentence.tokens[token]
    if has_relation(word, "ccomp"):
        return True
    if has_relation(word, "advcl"):
        return shares_subject
    if has_relation(word, "acl"):
        return word.xpos == "VB" and not word.deprel.endswith("relcl")
    return has_relation(word, "nmod") and any(
        sentence.tokens[child].text.lower() == _MATERIAL_MARK
        for child in dependents(sentence, token, "case")
    )
