"""Code a report: layers -> events. The order of the steps, and nothing else."""

import bisect
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from onrecord.code.attribution import find_chain, find_hearsay
from onrecord.code.circumstances import (
    find_event_quantities,
    find_when,
    find_where,
    is_historical,
)
from onrecord.code.contexts import find_contexts
from onrecord.code.factuality import (
    decide_factuality,
    find_condition,
    find_status_words,
)
from onrecord.code.frames import FrameMatch, match_frames
from onrecord.code.groups import expand_groups
from onrecord.code.roles import find_roles
from onrecord.code.settle import settle_events
from onrecord.code.trigger import Candidate, find_candidates
from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import (
    AnnotatedDocument,
    Attribution,
    Place,
    Quantity,
    Sentence,
    Timex,
)
from onrecord.model.event import Event, Factuality, Source, make_event_id
from onrecord.model.evidence import Cited
from onrecord.model.lookup import Nominals, by_head

Layer = TypeVar("Layer", Timex, Place, Quantity)


class _Layers(msgspec.Struct, frozen=True):
    """The layers of one sentence."""

    number: int
    sentence: Sentence
    attributions: tuple[Attribution, ...]
    times: tuple[Timex, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]


def code_events(
    adoc: AnnotatedDocument, *, kit: Kit, added: Iterable[Event] = ()
) -> tuple[Event, ...]:
    """Return the events of a report, in text order.

    `added` are events that rules of other packages found; they take the place of ours
    that are called up by the same words.
    """
    found = find_events(adoc, kit=kit)
    return settle_events(adoc, _join(found, tuple(added)), kit.choices)


def find_events(adoc: AnnotatedDocument, *, kit: Kit) -> tuple[Event, ...]:
    """Return the events as each sentence alone tells them."""
    nominals = by_head(adoc.nominals)
    events: dict[str, Event] = {}
    for layers in _by_sentence(adoc):
        matches = match_frames(layers.sentence, kit.frames)
        candidates = find_candidates(layers.sentence, matches)
        for candidate in candidates:
            event = _code(adoc, layers, candidate, matches, nominals, kit)
            events.setdefault(event.event_id, event)
    return tuple(events.values())


def code_candidate(
    adoc: AnnotatedDocument, sentence: int, candidate: Candidate, kit: Kit
) -> Event:
    """Return the event of a word that a rule of another package found."""
    layers = next(layers for layers in _by_sentence(adoc) if layers.number == sentence)
    matches = match_frames(layers.sentence, kit.frames)
    return _code(adoc, layers, candidate, matches, by_head(adoc.nominals), kit)


def _join(own: tuple[Event, ...], added: tuple[Event, ...]) -> tuple[Event, ...]:
    if not added:
        return own
    kept = [e for e in own if not any(e.trigger.overlaps(a.trigger) for a in added)]
    joined = {event.event_id: event for event in (*kept, *added)}
    return tuple(sorted(joined.values(), key=lambda e: (e.trigger, e.event_id)))


def _by_sentence(adoc: AnnotatedDocument) -> Iterable[_Layers]:
    attributions = _by_content(adoc)
    times = _grouped(adoc.times)
    places = _grouped(adoc.places)
    quantities = _grouped(adoc.quantities)
    for number, sentence in enumerate(adoc.sentences):
        yield _Layers(
            number,
            sentence,
            tuple(attributions.get(number, ())),
            tuple(times.get(number, ())),
            tuple(places.get(number, ())),
            tuple(quantities.get(number, ())),
        )


def _by_content(adoc: AnnotatedDocument) -> dict[int, list[Attribution]]:
    """Return the attributions whose content shares words with each sentence."""
    ends = [s.span.end for s in adoc.sentences]
    found: dict[int, list[Attribution]] = {}
    for attribution in adoc.attributions:
        numbers: dict[int, None] = {}
        for content in attribution.content:
            first = bisect.bisect_right(ends, content.start)
            for number in range(first, len(ends)):
                if adoc.sentences[number].span.start >= content.end:
                    break
                numbers[number] = None
        for number in numbers:
            found.setdefault(number, []).append(attribution)
    return found


def _grouped(items: Sequence[Layer]) -> dict[int, list[Layer]]:
    found: dict[int, list[Layer]] = {}
    for item in items:
        found.setdefault(item.sentence, []).append(item)
    return found


def _code(
    adoc: AnnotatedDocument,
    layers: _Layers,
    candidate: Candidate,
    matches: Sequence[FrameMatch],
    nominals: Nominals,
    kit: Kit,
) -> Event:
    document, sentence, token = adoc.document, layers.sentence, candidate.token
    actors, recipients = (
        expand_groups(adoc, layers.number, parties, kit.choices)
        for parties in find_roles(layers.number, sentence, candidate, nominals)
    )
    chain = find_chain(
        layers.number, sentence, candidate, layers.attributions, nominals
    )
    factuality = _factuality(sentence, candidate, matches, chain, kit)
    when = find_when(
        sentence,
        token,
        layers.times,
        published=document.date,
        factuality=factuality.value,
    )
    return Event(
        event_id=make_event_id(
            document.doc_id, candidate.span, candidate.event_type, actors, recipients
        ),
        doc_id=document.doc_id,
        sentence=sentence.span,
        event_type=Cited(candidate.event_type, (candidate.span,), candidate.rule),
        mode=_mode(candidate),
        contexts=find_contexts(sentence, kit.contexts),
        actors=actors,
        recipients=recipients,
        factuality=factuality,
        historical=is_historical(when, document.date),
        condition=find_condition(sentence, token, kit.cues),
        attribution=chain,
        when=when,
        where=find_where(sentence, token, layers.places),
        quantities=find_event_quantities(sentence, token, layers.quantities),
        confidence=candidate.confidence,
        rule=candidate.rule,
    )


def _factuality(
    sentence: Sentence,
    candidate: Candidate,
    matches: Sequence[FrameMatch],
    chain: tuple[Source, ...],
    kit: Kit,
) -> Cited[Factuality]:
    governing = next(
        (
            m
            for m in matches
            if candidate.token in m.complement and m.frame.complement is not None
        ),
        None,
    )
    return decide_factuality(
        find_status_words(sentence, candidate.token, kit.cues),
        candidate.score.factuality_scores if candidate.score else (),
        trigger=candidate.span,
        on_word=bool(chain)
        or find_hearsay(sentence, candidate.token, kit.cues) is not None,
        complement=governing.frame.complement if governing else None,
        complement_span=governing.trigger if governing else None,
        event_type=candidate.event_type,
    )


def _mode(candidate: Candidate) -> Cited[str] | None:
    if candidate.match is None or candidate.match.frame.mode is None:
        return None
    return Cited(candidate.match.frame.mode, (candidate.span,), candidate.rule)
