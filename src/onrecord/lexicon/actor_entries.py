"""The records of the actor files."""

import datetime as dt
from enum import StrEnum

import msgspec

from onrecord.model.annotation import NominalKind


class Use(StrEnum):
    """How a form names its entry."""

    NAME = "name"
    SURNAME = "surname"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    SEAT = "seat"
    AGENT = "agent"


class Anonymous(StrEnum):
    """Whether an unnamed one of its kind is an unnamed source."""

    YES = "yes"
    INDEFINITE = "indefinite"
    NO = "no"


class AtHome(StrEnum):
    """Whether an unnamed one belongs to the country that a report is about.

    OTHER belongs to another country than the one it is said to be of ("its neighbour").
    """

    YES = "yes"
    NO = "no"
    OTHER = "other"


class Office(msgspec.Struct, frozen=True, gc=False):
    """A public office: held from `start` up to but not on `until` (None: still)."""

    country: str | None
    sectors: tuple[str, ...]
    role: str
    start: dt.date | None
    until: dt.date | None


class ActorEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row of the actor files.

    `called` are the nouns by which a report goes back to it ("the alliance").
    An agent's `country` counts where no other word says one.
    """

    entry_id: str
    name: str
    kind: NominalKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    anonymous: Anonymous = Anonymous.NO
    home: AtHome = AtHome.NO

    def office_on(self, date: dt.date | None) -> Office | None:
        """Return the office held on a day, or else the one left last before it.

        Without a date it is the last office of all; before the first, None. Of two
        held at once the one begun later counts.
        """
        if date is None:
            return self.offices[-1] if self.offices else None
        begun = [o for o in self.offices if o.start is None or o.start <= date]
        held = [o for o in begun if o.until is None or date < o.until]
        if held:
            return held[-1]
        return max(begun, key=lambda o: o.until or dt.date.max, default=None)


class Sense(msgspec.Struct, frozen=True, gc=False):
    """What a form means: an entry, and how the form names it."""

    use: Use
    entry: ActorEntry
