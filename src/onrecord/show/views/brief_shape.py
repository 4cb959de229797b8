"""The shape of a brief: what is new in a record, by the day it was reported."""

import datetime as dt

import msgspec

from onrecord.model.happening import Status
from onrecord.show.views.cite import Cite

# The parts of a brief, in the order they are read. Each new happening is in one part.
HAPPENED = "happened"  # told as done; no demand and no threat
CAME_TRUE = "came_true"  # told as done, and before that as ahead
DEMANDS = "demands"
THREATS = "threats"  # and warnings
DENIALS = "denials"  # somebody's word says it is not so
AHEAD = "ahead"  # planned, feared, conditional or asked for: not a fact
NOT_SO = "not_so"  # the report itself says it did not happen
PAST = "past"  # told of earlier times, as background
PARTS = (HAPPENED, CAME_TRUE, DEMANDS, THREATS, DENIALS, AHEAD, NOT_SO, PAST)


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """How far up an item stands: `total` is the product of the parts.

    The numbers of each part are in `brief.toml`, which says why.
    """

    total: float
    type: float
    quad: float
    factuality: float
    origins: float
    confidence: float
    parties: float


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Something told earlier that an item stands against, or that came true.

    A denial has what it denies; a deed the plan, fear or demand of it. `factuality`
    is that of the earlier telling.
    """

    happening_id: str
    factuality: str
    actors: tuple[str, ...]
    cite: Cite


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One new happening, or one statement that no event stands for.

    `part` is one of `PARTS`. A happening has `happening_id` and `event_type`, a
    statement `act`. `factuality` is what most of its mentions have. `origins` are
    reports that do not depend on each other, `stories` reports that are no copies,
    `reports` all with their copies. `cite` is its first telling in the window.
    """

    part: str
    happening_id: str | None
    event_type: str | None
    act: str | None
    mode: str | None
    status: Status | None
    factuality: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    when_from: dt.date | None
    when_to: dt.date | None
    when_basis: str | None
    places: tuple[str, ...]
    first_reported: dt.date
    origins: int
    stories: int
    reports: int
    outlets: tuple[str, ...]
    confidence: float | None
    weight: Weight
    cite: Cite
    denies: Told | None = None
    before: Told | None = None


class NumberTold(msgspec.Struct, frozen=True, kw_only=True):
    """A number as one report gives it; `text` are its words."""

    value: float
    low: float | None
    high: float | None
    modifier: str
    text: str
    cite: Cite


class ChangedNumber(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted as another number than before.

    `of` is what is counted, `party` whose it is or who acts with it. `same_happening`
    says that both numbers are told of one happening; else they are of one party, one
    type of event and one status.
    """

    of: str
    party: str | None
    event_type: str
    status: Status
    same_happening: bool
    before: NumberTold
    now: NumberTold


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The items of one part, the weightiest first.

    `count` = `happenings` + `statements`, of which `items` shows the first.
    """

    part: str
    count: int
    happenings: int
    statements: int
    items: tuple[Item, ...]


class Reports(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of the window: `reports` = `stories` + `copies`.

    `stories` are those that are no copies; `undated` reports of the record are in no
    window.
    """

    reports: int
    stories: int
    copies: int
    undated: int


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What is new from `since` to `until`, both by date of report and inclusive.

    `until` is the day asked for, else the last day of the record. `happenings` is the
    sum over `parts`, as is `statements`. `numbers_count` numbers changed, of which
    `numbers` shows the first.
    """

    since: dt.date
    until: dt.date | None
    reports: Reports
    happenings: int
    statements: int
    numbers_count: int
    numbers: tuple[ChangedNumber, ...]
    parts: tuple[Part, ...]
