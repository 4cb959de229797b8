"""Look at all events of a report at once: which are one happening, when and where."""

from collections.abc import Sequence

import msgspec

from onrecord.code.circumstances import is_historical
from onrecord.code.happenings import group_mentions
from onrecord.code.mentions import as_mentions
from onrecord.code.scene import make_scene
from onrecord.code.when import choose_when
from onrecord.code.where import choose_where
from onrecord.lexicon.choices import Choices
from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.event import Event
from onrecord.model.happening import make_telling_id


def settle_events(
    adoc: AnnotatedDocument, events: Sequence[Event], choices: Choices
) -> tuple[Event, ...]:
    """Return the events with their happening, and the time and places it has."""
    mentions = as_mentions(adoc, events, choices)
    links = group_mentions(mentions, choices.happening)
    scene = make_scene(adoc, mentions, tuple(first for first, _ in links))
    settled = []
    for at, event in enumerate(events):
        when = choose_when(scene, at, choices)
        settled.append(
            msgspec.structs.replace(
                event,
                telling_id=make_telling_id(
                    events[scene.firsts[at]], event.factuality.value
                ),
                when=when,
                where=choose_where(scene, at, choices),
                historical=is_historical(when, adoc.document.date),
            )
        )
    return tuple(settled)
