"""Choose the places of each event among all places of its report.

The places of an act's own clause are taken together; else the places of another
mention of the happening, or of the scene that the report has set.
"""

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
from onrecord.model.annotation import Place
from onrecord.model.event import Party

BACK, AHEAD = 4, 1  # sentences around an act whose places are weighed
Places = tuple[Place, ...]


def choose_where(scene: Scene, at: int, choices: Choices) -> Places:
    """Return the places of mention `at`, none where the report does not say."""
    places = places_near(scene, at)
    best, _ = choose(where_options(scene, at, places), choices.where)
    return places[best - 1] if best else ()


def places_near(scene: Scene, at: int) -> tuple[Places, ...]:
    """Return the sets of places that mention `at` may have, in text order.

    One set a clause; places that no act owns stand alone.
    """
    mention = scene.mentions[at]
    low, high = mention.sentence - BACK, mention.sentence + AHEAD
    sets: dict[Places, None] = {}
    for o, other in enumerate(scene.mentions):
        if other.own_places and (
            low <= other.sentence <= high
            or other.sentence < LEAD
            or scene.firsts[o] == scene.firsts[at]
        ):
            sets.setdefault(other.own_places)
    owned = {p.span for places in sets for p in places}
    for place in scene.adoc.places:
        if place.span in owned:
            continue
        if low <= place.sentence <= high or place.sentence < LEAD:
            sets.setdefault((place,))
    return tuple(sorted(sets, key=lambda s: (s[0].span, len(s))))


def where_options(scene: Scene, at: int, places: Sequence[Places]) -> list[Features]:
    """Return the features of having no place, then of each set of places."""
    mention = scene.mentions[at]
    return [
        _none_features(scene, at),
        *(_place_features(scene, at, mention, found) for found in places),
    ]


def _none_features(scene: Scene, at: int) -> Features:
    mention = scene.mentions[at]
    event = mention.event
    kind = event.event_type.value
    linked = scene.firsts[at] in scene.placed
    return (
        "none",
        f"none {kind}",
        f"none {event.factuality.value}",
        f"none {kind} {event.factuality.value}",
        f"none own {bool(mention.own_places)}, {kind}",
        f"none own {bool(mention.own_places)}",
        f"none of the happening {linked}",
        f"none {mention.determiner or 'verb'}",
        f"none own voice {not event.attribution}",
        f"none {tag_of(scene, mention)}",
        f"none {tag_of(scene, mention)}, own voice {not event.attribution}",
    )


def _place_features(
    scene: Scene, at: int, mention: Mention, places: Places
) -> Features:
    event = mention.event
    first = places[0]
    owners = {o for p in places for o in scene.place_owners.get(p.span, ())}
    kind = event.event_type.value
    whose = whose_is(scene, at, owners)
    apart = distance(first.sentence, mention)
    same_type = shares_type(scene, mention, owners)
    own_given = bool(mention.own_places)
    most = _is_most_named(scene, places)
    return (
        f"{whose}",
        f"{whose}, {apart}",
        f"{whose}, same type {same_type}",
        f"{whose}, own given {own_given}",
        f"{whose}, {kind}",
        f"{whose}, {mention.determiner or 'verb'}",
        f"{whose}, {event.factuality.value}",
        f"path {_path_name(scene, mention, first)}, {kind}",
        f"path {_path_name(scene, mention, first)}",
        f"{first.precision.value}, {whose}",
        f"{first.precision.value}, {kind}",
        f"{first.role.value}, {whose}",
        f"{first.role.value}, {kind}",
        f"actor of it {_is_party(event.actors, places)}, {whose}",
        f"recipient of it {_is_party(event.recipients, places)}, {kind}",
        f"named {bucket(scene.named[first.name], 1, 2, 3, 5)}, {whose}",
        f"lead {first.sentence < LEAD}, {whose}",
        f"{whose}, {tag_of(scene, mention)}",
        f"{whose}, own voice {not event.attribution}",
        f"{whose}, most named {most}, {kind}",
        f"{whose}, most named {most}, {first.precision.value}",
        f"{whose}, last told {_is_last_told(scene, mention, places)}",
        f"{whose}, in its paragraph {in_paragraph(scene, mention, first.sentence)}",
        f"in an actor's words {_in_party(event.actors, places)}, {whose}",
        f"in a recipient's words {_in_party(event.recipients, places)}, {whose}",
    )


def _is_most_named(scene: Scene, places: Places) -> bool:
    return max(scene.named.values()) == max(scene.named[p.name] for p in places)


def _is_last_told(scene: Scene, mention: Mention, places: Places) -> bool:
    """Tell whether places are the last that any act had before this one."""
    here = mention.event.trigger.start
    told = [span for span in scene.place_owners if span.start < here]
    return bool(told) and max(told) in {p.span for p in places}


def _path_name(scene: Scene, mention: Mention, place: Place) -> str:
    if place.sentence != mention.sentence:
        return "outside"
    sentence = scene.adoc.sentences[mention.sentence]
    path = find_path(sentence, mention.token, place.span)
    return "elsewhere" if path is None else str(path)


def _is_party(parties: Sequence[Party], places: Places) -> bool:
    return any(
        p.country is not None and p.country == place.country
        for p in parties
        for place in places
    )


def _in_party(parties: Sequence[Party], places: Places) -> bool:
    return any(p.span.overlaps(place.span) for p in parties for place in places)
