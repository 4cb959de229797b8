"""Tell which events of a report are mentions of one happening.

Each event, in text order, joins the earlier mention that fits it best, or begins a
happening of its own: a mention-ranking model as in coreference (Denis and Baldridge,
2008), over events.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.code.choice import Features, bucket, choose
from onrecord.code.mentions import Mention
from onrecord.lexicon.choices import Weights
from onrecord.model.event import EventType, Factuality, Party

MAX_BACK = 60  # mentions looked back at
STEM = 5  # letters that related words share ("attack", "attackers")
LEAD = 2  # sentences that tell what a report is about


def group_mentions(
    mentions: Sequence[Mention], weights: Weights
) -> tuple[tuple[int, float], ...]:
    """Return for each mention the first mention of its happening, and the chance.

    A mention that begins a happening of its own points at itself.
    """
    firsts: list[tuple[int, float]] = []
    sizes: dict[int, int] = {}
    for at in range(len(mentions)):
        earlier = list(earlier_mentions(at))
        options = link_options(mentions, at, firsts, sizes)
        best, chance = choose(options, weights, [at, *(firsts[i][0] for i in earlier)])
        first = at if best == 0 else firsts[earlier[best - 1]][0]
        firsts.append((first, round(chance, 4)))
        sizes[first] = sizes.get(first, 0) + 1
    return tuple(firsts)


def earlier_mentions(at: int) -> range:
    """Return the mentions before `at` that it may join."""
    return range(max(0, at - MAX_BACK), at)


def link_options(
    mentions: Sequence[Mention],
    at: int,
    firsts: Sequence[tuple[int, float]],
    sizes: Mapping[int, int] | None = None,
) -> list[Features]:
    """Return the features of beginning a happening, then of each earlier mention.

    `sizes` are the mentions so far of each happening, by its first; they are counted
    where they are not given, which long reports have no time for.
    """
    if sizes is None:
        sizes = Counter(first for first, _ in firsts)
    earlier = earlier_mentions(at)
    last_of_type = max(
        (i for i in earlier if _type(mentions[i]) is _type(mentions[at])), default=-1
    )
    return [
        _new_features(mentions[at], new_type=last_of_type < 0),
        *(
            (
                *_pair_features(mentions[i], mentions[at]),
                f"last of its type {i == last_of_type}",
                f"told {bucket(sizes[firsts[i][0]], 1, 2, 3, 5)}",
            )
            for i in earlier
        ),
    ]


def _type(mention: Mention) -> EventType:
    return mention.event.event_type.value


def _new_features(mention: Mention, *, new_type: bool) -> Features:
    event = mention.event
    return (
        "new",
        f"new {_type(mention)}",
        f"new {_type(mention)} first of its type {new_type}",
        f"new first of its type {new_type}",
        f"new {mention.determiner or 'verb'}",
        f"new {event.factuality.value}",
        f"new word {mention.lemma}",
        f"new in sentence {bucket(mention.sentence, 0, 1, 2, 4, 8)}",
        f"new own time {mention.own_time is not None}",
        f"new own place {bool(mention.own_places)}",
    )


def _pair_features(first: Mention, second: Mention) -> Features:
    a, b = first.event, second.event
    apart = second.sentence - first.sentence
    same_type = _type(first) is _type(second)
    kind = f"{_type(first)}" if same_type else "other type"
    words = _words(first, second)
    facts = _facts(a.factuality.value, b.factuality.value)
    actors = _parties(a.actors, b.actors)
    recipients = _parties(a.recipients, b.recipients)
    times, places = _times(first, second), _places(first, second)
    return (
        f"apart {bucket(apart, 0, 1, 2, 3, 6)}",
        kind,
        f"same type {same_type}, {words}",
        f"types {_type(first)} {_type(second)}",
        f"{kind}, {words}",
        f"word {second.lemma}, same type {same_type}",
        f"{second.determiner or 'verb'}, same type {same_type}",
        f"{second.determiner or 'verb'}, {words}",
        f"actors {actors}, same type {same_type}",
        f"recipients {recipients}, same type {same_type}",
        f"actors {actors}, recipients {recipients}",
        f"crossed {_parties(a.actors, b.recipients)}",
        f"times {times}",
        f"places {places}",
        f"times {times}, same type {same_type}",
        f"factuality {facts}",
        f"factuality {facts}, same type {same_type}",
        f"lead {first.sentence < LEAD}, same type {same_type}",
        f"own voice {not a.attribution}, {not b.attribution}",
        f"kinds {first.nominal}, {second.nominal}",
        f"numbers {_numbers(first, second)}",
    )


def _words(first: Mention, second: Mention) -> str:
    if first.lemma == second.lemma:
        return "same word"
    if first.lemma[:STEM] == second.lemma[:STEM]:
        return "same stem"
    return "other words"


def _facts(a: Factuality, b: Factuality) -> str:
    if a is b:
        return f"both {a}"
    return f"{a} then {b}"


def _parties(first: Iterable[Party], second: Iterable[Party]) -> str:
    left, right = list(first), list(second)
    if not left or not right:
        return "none" if not left and not right else "one side"
    if any(_same_party(a, b) for a in left for b in right):
        return "shared"
    if any(_alike(a, b) for a in left for b in right):
        return "of one country"
    return "others"


def _same_party(a: Party, b: Party) -> bool:
    return a.entity_id == b.entity_id or a.span == b.span


def _alike(a: Party, b: Party) -> bool:
    return a.country is not None and a.country == b.country


def _times(first: Mention, second: Mention) -> str:
    a, b = _days(first), _days(second)
    if a is None or b is None:
        return "none" if a is None and b is None else "one side"
    if a == b:
        return "same"
    return "meet" if a[0] <= b[1] and b[0] <= a[1] else "others"


def _days(mention: Mention) -> tuple[dt.date, dt.date] | None:
    time = mention.own_time
    if time is None or time.start is None or time.end is None:
        return None
    return time.start, time.end


def _places(first: Mention, second: Mention) -> str:
    if not first.own_places or not second.own_places:
        neither = not first.own_places and not second.own_places
        return "none" if neither else "one side"
    names = {p.name for p in first.own_places}
    if any(p.name in names for p in second.own_places):
        return "same"
    countries = {p.country for p in first.own_places}
    if any(p.country in countries for p in second.own_places):
        return "of one country"
    return "others"


def _numbers(first: Mention, second: Mention) -> str:
    a = {q.value for q in first.event.quantities}
    b = {q.value for q in second.event.quantities}
    if not a or not b:
        return "none" if not a and not b else "one side"
    return "same" if a & b else "others"
