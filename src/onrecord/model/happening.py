"""What reports tell of one happening, and the happening itself with all mentions."""

import datetime as dt
from enum import StrEnum

import msgspec

from onrecord.model.event import Event, Factuality, WhenBasis
from onrecord.model.ids import content_id


class Status(StrEnum):
    """Whether a happening is told as done, as still ahead, or as not so.

    A denial is never one happening with what it denies, nor a plan with the deed.
    """

    HAPPENED = "happened"
    AHEAD = "ahead"
    NOT_SO = "not_so"


STATUS_OF = {
    Factuality.HAPPENED: Status.HAPPENED,
    Factuality.PLANNED: Status.AHEAD,
    Factuality.HYPOTHETICAL: Status.AHEAD,
    Factuality.NEGATED: Status.NOT_SO,
    Factuality.DENIED: Status.NOT_SO,
}


def make_telling_id(first: Event, factuality: Factuality) -> str:
    """Return the id of what a report tells of one happening in one status.

    `first` is the report's first mention of the happening.
    """
    return content_id("tel", first.event_id, STATUS_OF[factuality])


class Profile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one report tells of one happening in one status: what comparing looks at.

    Days are proleptic ordinals; `start` and `end` are said in the text, `date` is the
    report's. Parties are ids of the lexicon, or stems where nothing more is known.
    `numbers` are what is counted and how many. `meanings` are those of the frames and
    words that call it up, `things` hashes of the words of its sentences; both have how
    rare each is among what the report tells beside them. `parties` are hashes of the
    words that name actors and recipients, `topic` those of the names that most of the
    report's events have beside them. Two profiles are compared if they share one of
    `keys`.
    """

    telling_id: str
    doc_id: str
    date: int | None
    event_type: str
    status: Status
    modes: tuple[str, ...]
    meanings: tuple[str, ...]
    meaning_rarities: tuple[float, ...]
    actors: tuple[str, ...]
    actor_countries: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    start: int | None
    end: int | None
    places: tuple[str, ...]
    place_countries: tuple[str, ...]
    numbers: tuple[tuple[str, float], ...]
    things: tuple[int, ...]
    thing_rarities: tuple[float, ...]
    parties: tuple[int, ...]
    topic: tuple[int, ...]
    keys: tuple[int, ...]


class Telling(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The place of what a report tells: its happening, and the telling it follows.

    `follows` is the earlier telling of another report that fits best, with the chance
    that both tell of one happening; None where none fits. The first telling of a
    happening gives it its id. `against` is the telling whose content it denies.
    """

    telling_id: str
    doc_id: str
    happening_id: str
    follows: str | None
    chance: float | None
    against: str | None


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number that a mention of a happening gives, as its `Quantity` has it."""

    event_id: str
    of: str | None
    value: float
    low: float | None
    high: float | None
    modifier: str | None


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One happening with all that is told of it.

    `first` is the telling it begins with. `stories` counts the reports that tell of it
    and are no copies, `origins` those that do not depend on each other either: one
    outlet, or reports linked as updates and the like, are one origin. The counts of
    factualities are of mentions. `numbers` stand side by side, whether they agree or
    not. Names are given as the lexicon has them, those most mentions give first.
    `when_from` and `when_to` are the narrowest time that is said.
    """

    happening_id: str
    first: str
    event_type: str
    status: Status
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    when_from: dt.date | None
    when_to: dt.date | None
    when_basis: WhenBasis | None
    places: tuple[str, ...]
    numbers: tuple[Number, ...]
    events: int
    stories: int
    origins: int
    outlets: tuple[str, ...]
    first_reported: dt.date | None
    last_reported: dt.date | None
    happened: int
    planned: int
    hypothetical: int
    negated: int
    denied: int
    tellings: tuple[str, ...]


def make_happening_id(first: str) -> str:
    """Return the id of the happening that the telling `first` begins."""
    return content_id("hap", first)
