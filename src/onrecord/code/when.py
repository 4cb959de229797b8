"""Choose the time of each event among all times of its report.

An act's time often stands elsewhere: in the sentence that told of it first, at the
head of the report. What is weighed: the tree between act and time, how far apart they
stand, whose time it is already, whether it is the time of saying, and what the act is.
"""

import datetime as dt
from collections.abc import Sequence

from onrecord.code.choice import Features, bucket, choose
from onrecord.code.circumstances import find_path
from onrecord.code.mentions import Mention
from onrecord.code.scene import (
    LEAD,
    Scene,
    distance,
    in_paragraph,
    shares_type,
    tag_of,
    whose_is,
)
from onrecord.lexicon.choices import Choices
from onrecord.model.annotation import AnnotatedDocument, Timex
from onrecord.model.event import EventType, Factuality, When, WhenBasis
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, dependents, governor, tokens_in

BACK, AHEAD = 4, 1  # sentences around an act whose times are weighed
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
    whose = whose_is(scene, at, owners)
    apart = distance(timex.sentence, mention)
    saying = _is_saying(scene, timex, event.trigger)
    words = event.event_type.value in WORDS
    same_type = shares_type(scene, mention, owners)
    tense = _tense(timex, scene.adoc.document.date)
    acts = scene.acts.get((timex.start, timex.end), 0)
    return (
        f"{whose}",
        f"{whose}, {apart}",
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
        f"set off {_opens(scene, timex)}, {apart}",
        f"{whose}, {event.event_type.value}",
        f"{whose}, {tag_of(scene, mention)}",
        f"{whose}, own voice {not event.attribution}",
        f"{whose}, last told {_is_last_told(scene, mention, timex)}",
        f"last {_is_last_told(scene, mention, timex)}, {tag_of(scene, mention)}",
        f"{whose}, acts {bucket(acts, 0, 1, 2, 4)}",
        f"{whose}, in its paragraph {in_paragraph(scene, mention, timex.sentence)}",
    )


def _is_last_told(scene: Scene, mention: Mention, timex: Timex) -> bool:
    """Tell whether a time is the last that any act had before this one."""
    here = mention.event.trigger.start
    told = [
        span for span in scene.owners if span.start < here and mention.own_time is None
    ]
    return bool(told) and max(told) == timex.span


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
