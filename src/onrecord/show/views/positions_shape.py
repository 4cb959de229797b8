"""The shape of a negotiation: on each issue who demands, offers and answers what."""

import datetime as dt
from enum import StrEnum

import msgspec

from onrecord.show.views.cite import Cite


class MoveKind(StrEnum):
    """What a move does to an issue."""

    DEMAND = "demand"
    OFFER = "offer"
    REJECT = "reject"
    ACCEPT = "accept"
    CONCEDE = "concede"
    THREATEN = "threaten"


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One move, however many reports tell of it.

    `actor_countries` and `toward_countries` are codes, one for each name. `word` is the
    word of the report that makes it one ("demands"). `event_type` or
    `act` says by which event or act of speech. `factuality` is that of the move:
    a demand that was made happened, whatever becomes of what is demanded. `day` is
    its time where that is said, else the day of the first report, with `day_basis`
    text or publication. `answers` is the move that this one answers. `reports` are
    those that tell of it and are no copies, `event_ids` all events that do.
    """

    move_id: str
    kind: MoveKind
    word: str
    actors: tuple[str, ...]
    actor_countries: tuple[str | None, ...]
    toward: tuple[str, ...]
    toward_countries: tuple[str | None, ...]
    event_type: str | None
    act: str | None
    factuality: str
    day: dt.date | None
    day_basis: str | None
    answers: str | None
    reports: int
    event_ids: tuple[str, ...]
    statement_id: str | None
    cite: Cite


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """What several moves are about: named by its most telling words.

    `parties` are who moves, those with the most moves first. Moves are in order of
    time.
    """

    issue_id: str
    name: str
    words: tuple[str, ...]
    parties: tuple[str, ...]
    moves: tuple[Move, ...]
    first: dt.date | None
    last: dt.date | None


class Positions(msgspec.Struct, frozen=True, kw_only=True):
    """The issues, the liveliest first: the most reports, answers and parties.

    `others` are moves that share an issue with no other move, in order of time and at
    most some; `single` is how many there are. `more` counts the issues that a limit
    left out.
    """

    issues: tuple[Issue, ...]
    others: tuple[Move, ...]
    single: int
    more: int
