"""Choose the time of each event among all times of its report.

An act's time often stands elsewhere: in the sentence that told of it first, at the
head of the report. What is weighed: the tree between act and time, how far apart they
stand, whose time it is already, whether it is the time of saying, and what the act is.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.code.choice import Features, bucket, choose
from onrecord.code.circumstances import find_path
from onrecord.code.mentions import Mention
from onrecord.lexicon.choices import Choices
from onrecord.model.annotation import AnnotatedDocument, Timex, TimexType
from onrecord.model.event import EventType, Factuality, When, WhenBasis
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, dependents, governor, tokens_in

BACK, AHEAD = 4, 1  # sentences around an act whose times are weighed
LEAD = 2  # sentences at the head of a report whose times always are
WORDS = frozenset(
    {
        EventType.REQUEST,
        EventType.ACCUSE,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.AGREE,
        EventType.SUPPORT,
        EventType.CONCEDE,
    }
)


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


def choose_when(scene: Scene, at: int, choices: Choices) -> When | None:
    """Return the time of mention `at`: a time of the report, else its date, or None.

    Only what the report says happened falls back on its date, and says so.
    """
    times = times_near(scene, at)
    options = when_options(scene, at, times)
    best, _ = choose(options, choices.when)
    event = scene.mentions[at].event
    published = scene.adoc.document.date
    if best:
        return as_when(scene.adoc, times[best - 1], choices)
    if published is None or event.factuality.value is not Factuality.HAPPENED:
        return None
    return When(
        start=published, end=published, basis=WhenBasis.PUBLICATION, granularity="day"
    )


def as_when(adoc: AnnotatedDocument, timex: Timex, choices: Choices) -> When | None:
    """Return a time as a cell; "since" a time lasts until the report's date."""
    if timex.start is None or timex.end is None:
        return None
    end, published = timex.end, adoc.document.date
    if published is not None and published > end and _is_open(adoc, timex, choices):
        end = published
    return When(
        start=timex.start,
        end=end,
        basis=WhenBasis.TEXT,
        granularity=timex.granularity,
        spans=(timex.span,),
    )


def _is_open(adoc: AnnotatedDocument, timex: Timex, choices: Choices) -> bool:
    sentence = adoc.sentences[timex.sentence]
    words = tokens_in(sentence, timex.span)
    inside = set(words)
    return any(
        sentence.tokens[child].text.lower() in choices.open_start
        for word in words
        for child in dependents(sentence, word, "case", "mark", "advmod")
        if child not in inside or child == words[0]
    )


def times_near(scene: Scene, at: int) -> tuple[Timex, ...]:
    """Return the times that mention `at` may have, in text order."""
    mention = scene.mentions[at]
    low, high = mention.sentence - BACK, mention.sentence + AHEAD
    return tuple(
        t
        for t in scene.times
        if low <= t.sentence <= high
        or t.sentence < LEAD
        or any(
            scene.firsts[o] == scene.firsts[at] for o in scene.owners.get(t.span, ())
        )
    )


def when_options(scene: Scene, at: int, times: Sequence[Timex]) -> list[Features]:
    """Return the features of having no time in the text, then of each time."""
    mention = scene.mentions[at]
    return [
        _none_features(scene, at, bool(times)),
        *(_time_features(scene, at, mention, timex) for timex in times),
    ]


def _none_features(scene: Scene, at: int, has_times: bool) -> Features:
    mention = scene.mentions[at]
    event = mention.event
    kind = event.event_type.value
    linked = scene.firsts[at] in scene.timed
    return (
        "none",
        f"none {kind}",
        f"none {event.factuality.value}",
        f"none {kind} {event.factuality.value}",
        f"none own {mention.own_time is not None}",
        f"none of the happening {linked}",
        f"none {mention.determiner or 'verb'}",
        f"none own voice {not event.attribution}",
        f"none {has_times}",
        f"none in sentence {bucket(mention.sentence, 0, 1, 2, 4, 8)}",
        f"none {tag_of(scene, mention)}",
        f"none {tag_of(scene, mention)}, own voice {not event.attribution}",
    )


def _time_features(scene: Scene, at: int, mention: Mention, timex: Timex) -> Features:
    event = mention.event
    owners = scene.owners.get(timex.span, ())
    if at in owners:
        whose = "own"
    elif any(scene.firsts[o] == scene.firsts[at] for o in owners):
        whose = "of the happening"
    elif owners:
        whose = "of another"
    else:
        whose = "loose"
    apart = timex.sentence - mention.sentence
    where = bucket(abs(apart), 0, 1, 2, 3, 5)
    side = "here" if apart == 0 else "before" if apart < 0 else "behind"
    saying = _is_saying(scene, timex, event.trigger)
    words = event.event_type.value in WORDS
    same_type = any(
        scene.mentions[o].event.event_type.value is event.event_type.value
        for o in owners
    )
    tense = _tense(timex, scene.adoc.document.date)
    acts = scene.acts.get((timex.start, timex.end), 0)
    return (
        f"{whose}",
        f"{whose}, {where} {side}",
        f"{whose}, saying {saying}",
        f"{whose}, same type {same_type}",
        f"{whose}, {mention.determiner or 'verb'}",
        f"{whose}, own given {mention.own_time is not None}",
        f"path {_path_name(scene, mention, timex)}",
        f"saying {saying}, of words {words}",
        f"{timex.granularity}",
        f"{timex.type.value}",
        f"{tense}, {event.factuality.value}",
        f"{whose}, {tense}",
        f"{whose}, {timex.granularity}",
        f"lead {timex.sentence < LEAD}, {whose}",
        f"set off {_opens(scene, timex)}, {where} {side}",
        f"{whose}, {event.event_type.value}",
        f"{whose}, {tag_of(scene, mention)}",
        f"{whose}, own voice {not event.attribution}",
        f"{whose}, last told {_is_last_told(scene, mention, timex)}",
        f"last {_is_last_told(scene, mention, timex)}, {tag_of(scene, mention)}",
        f"{whose}, acts {bucket(acts, 0, 1, 2, 4)}",
        f"{whose}, in its paragraph {_in_paragraph(scene, mention, timex)}",
    )


def tag_of(scene: Scene, mention: Mention) -> str:
    """Return the tag of a mention's trigger: what tense or part of speech it has."""
    return scene.adoc.sentences[mention.sentence].tokens[mention.token].xpos


def _is_last_told(scene: Scene, mention: Mention, timex: Timex) -> bool:
    """Tell whether a time is the last that any act had before this one."""
    here = mention.event.trigger.start
    told = [
        span for span in scene.owners if span.start < here and mention.own_time is None
    ]
    return bool(told) and max(told) == timex.span


def _in_paragraph(scene: Scene, mention: Mention, timex: Timex) -> bool:
    sentences = scene.adoc.sentences
    here, there = sentences[mention.sentence], sentences[timex.sentence]
    return here.paragraph == there.paragraph


def _path_name(scene: Scene, mention: Mention, timex: Timex) -> str:
    if timex.sentence != mention.sentence:
        return "outside"
    sentence = scene.adoc.sentences[mention.sentence]
    path = find_path(sentence, mention.token, timex.span)
    if path is not None:
        return str(path)
    words = tokens_in(sentence, timex.span)
    if not words:
        return "none"
    above = ancestors(sentence, mention.token)
    high = next((w for w in words if governor(sentence, w) in above), None)
    side = "left" if words[0] < mention.token else "right"
    return f"higher {side}" if high is not None else f"elsewhere {side}"


def _is_saying(scene: Scene, timex: Timex, trigger: Span) -> str:
    contents = scene.said.get(timex.span)
    if contents is None:
        return "no"
    return "of it" if any(c.overlaps(trigger) for c in contents) else "of others"


def _tense(timex: Timex, published: dt.date | None) -> str:
    if published is None or timex.start is None or timex.end is None:
        return "undated"
    if timex.start > published:
        return "future"
    if timex.end >= published:
        return "now"
    days = (published - timex.end).days
    return f"past {bucket(days, 1, 2, 8, 32, 366)}"


def _opens(scene: Scene, timex: Timex) -> bool:
    """Tell whether a time opens its sentence, as the frame of what follows."""
    return timex.span.start - scene.adoc.sentences[timex.sentence].span.start < 6


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
