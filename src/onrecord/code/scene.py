"""What the choices of times and places in one report share."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from onrecord.code.choice import bucket
from onrecord.code.circumstances import find_path
from onrecord.code.mentions import Mention
from onrecord.model.annotation import AnnotatedDocument, Timex, TimexType
from onrecord.model.span import Span

LEAD = 2  # sentences at the head of a report whose times and places are always weighed


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What all choices of one report share.

    `firsts` is the first mention of each mention's happening; `owners` and
    `place_owners` are the mentions in whose own clause a time or place stands; `timed`
    and `placed` the first mentions of happenings told with a time or place; `acts`
    counts the mentions with a time of the same days; `said` are the times that belong
    to a cue, with the content that the cue introduces; `named` counts places by name.
    """

    adoc: AnnotatedDocument
    mentions: tuple[Mention, ...]
    firsts: tuple[int, ...]
    times: tuple[Timex, ...]
    owners: Mapping[Span, tuple[int, ...]]
    place_owners: Mapping[Span, tuple[int, ...]]
    timed: frozenset[int]
    placed: frozenset[int]
    acts: Mapping[tuple[dt.date | None, dt.date | None], int]
    named: Mapping[str, int]
    said: Mapping[Span, tuple[Span, ...]]


def make_scene(
    adoc: AnnotatedDocument, mentions: tuple[Mention, ...], firsts: tuple[int, ...]
) -> Scene:
    """Return the scene of a report's mentions."""
    owners: dict[Span, list[int]] = {}
    place_owners: dict[Span, list[int]] = {}
    for at, mention in enumerate(mentions):
        if mention.own_time is not None:
            owners.setdefault(mention.own_time.span, []).append(at)
        for place in mention.own_places:
            place_owners.setdefault(place.span, []).append(at)
    times = tuple(
        t
        for t in adoc.times
        if t.start is not None
        and t.end is not None
        and t.type is not TimexType.DURATION
        and t.end >= t.start
    )
    return Scene(
        adoc=adoc,
        mentions=mentions,
        firsts=firsts,
        times=times,
        owners={span: tuple(found) for span, found in owners.items()},
        place_owners={span: tuple(found) for span, found in place_owners.items()},
        timed=frozenset(firsts[at] for found in owners.values() for at in found),
        placed=frozenset(firsts[at] for found in place_owners.values() for at in found),
        acts=Counter(
            (m.own_time.start, m.own_time.end) for m in mentions if m.own_time
        ),
        named=Counter(place.name for place in adoc.places),
        said=_times_of_saying(adoc, times),
    )


def whose_is(scene: Scene, at: int, owners: Collection[int]) -> str:
    """Return whose a time or place is, seen from mention `at`."""
    if at in owners:
        return "own"
    if any(scene.firsts[o] == scene.firsts[at] for o in owners):
        return "of the happening"
    return "of another" if owners else "loose"


def distance(sentence: int, mention: Mention) -> str:
    """Return how far a sentence is from a mention, and on which side."""
    apart = sentence - mention.sentence
    side = "here" if apart == 0 else "before" if apart < 0 else "behind"
    return f"{bucket(abs(apart), 0, 1, 2, 3, 5)} {side}"


def shares_type(scene: Scene, mention: Mention, owners: Collection[int]) -> bool:
    """Tell whether one of the owners is an act of the mention's type."""
    kind = mention.event.event_type.value
    return any(scene.mentions[o].event.event_type.value is kind for o in owners)


def in_paragraph(scene: Scene, mention: Mention, sentence: int) -> bool:
    """Tell whether a sentence stands in the mention's paragraph."""
    sentences = scene.adoc.sentences
    return sentences[mention.sentence].paragraph == sentences[sentence].paragraph


def tag_of(scene: Scene, mention: Mention) -> str:
    """Return the tag of a mention's trigger: what tense or part of speech it has."""
    return scene.adoc.sentences[mention.sentence].tokens[mention.token].xpos


def _times_of_saying(
    adoc: AnnotatedDocument, times: Sequence[Timex]
) -> dict[Span, tuple[Span, ...]]:
    """Return the times that hang on a cue, outside what it introduces."""
    found: dict[Span, tuple[Span, ...]] = {}
    for attribution in adoc.attributions:
        sentence = adoc.sentences[attribution.sentence]
        for timex in times:
            if timex.sentence != attribution.sentence:
                continue
            if any(c.overlaps(timex.span) for c in attribution.content):
                continue
            path = find_path(sentence, attribution.cue_token, timex.span)
            if path is not None and path <= 2:
                found[timex.span] = attribution.content
    return found
