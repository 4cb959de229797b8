"""Pairs of parties with codes of CAMEO, for formats with one source and one target."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import Any, TextIO

import msgspec

from onrecord.show.export.account import Options, Tally, sort_out
from onrecord.show.export.cells import raw_line
from onrecord.show.export.code_tables import load_codes
from onrecord.show.export.status import unreal_reason

Row = Mapping[str, Any]

PAIRS = 32  # rows of one event at most; more parties on both sides are a list, no act
ID_DIGITS = 12  # with the number of a pair below 2**53, which every program holds
KINDS_OF_PLACES = ("point", "city", "region", "country", "water")


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A party as CAMEO codes it.

    `root` is its country or kind of body, `group` a body that has a code of its own,
    `roles` what it is there, in order.
    """

    name: str
    root: str | None
    group: str | None
    kind: str | None
    roles: tuple[str, ...]
    sectors: tuple[str, ...]
    iso3: str | None

    @property
    def code(self) -> str:
        """Return the code in one word, such as USAGOV."""
        return (self.root or "") + "".join(self.roles[:1])


class Pair(msgspec.Struct, frozen=True):
    """One of the pairs that an event is coded as, counted from 0."""

    number: int
    actor: Coded
    recipient: Coded | None


Cells = tuple[object, ...]


def write_pairs(
    rows: Iterable[Row],
    stream: TextIO,
    options: Options,
    tally: Tally,
    *,
    columns: Sequence[str],
    both: bool,
    cells: Callable[[Row, Pair, Options], Cells],
) -> None:
    """Write tab-separated lines, one for each pair of an event; see `dyads`."""

    def made() -> Iterator[list[Cells] | str]:
        for row in rows:
            pairs = dyads(row, both=both, unreal=options.unreal)
            if isinstance(pairs, str):
                yield pairs
                continue
            yield [cells(row, Pair(n, *pair), options) for n, pair in enumerate(pairs)]

    if options.header:
        stream.write(raw_line(columns))
    for line in sort_out(made(), tally):
        stream.write(raw_line(line))


def coded_party(party: Row) -> Coded | None:
    """Return a party's codes; None where CAMEO has none for it."""
    code = party["country"]
    state = load_codes("countries").get(code or "")
    body = load_codes("bodies").get(code or "")
    sectors = tuple(party["sectors"] or ())
    roles = tuple(
        dict.fromkeys(
            entry["cameo"]
            for entry in map(load_codes("sectors").get, sectors)
            if entry and entry["cameo"]
        )
    )
    root = state["cameo"] if state else body["cameo"] if body else None
    if root is None and not roles:
        return None
    return Coded(
        name=party["name"],
        root=root,
        group=(body["group"] or None) if body else None,
        kind=(body["kind"] or None) if body else None,
        roles=roles,
        sectors=sectors,
        iso3=code if state else None,
    )


def dyads(
    event: Row, *, both: bool, unreal: bool
) -> Sequence[tuple[Coded, Coded | None]] | str:
    """Return the pairs that an event is coded as, or why there are none.

    Every actor with every recipient; actors among themselves, each way, when nobody
    is acted upon, as two sides of talks. `both`: the format asks for a target.
    """
    if event["factuality"] != "happened" and not unreal:
        return unreal_reason(event)
    if event_day(event) is None:
        return "no date"
    if _is_long_ago(event) and not unreal:
        return "of long ago, with no day of its own"
    actors = _distinct(event["actors"])
    recipients = _distinct(event["recipients"])
    if not actors:
        return "no actor with a code"
    if recipients:
        pairs: list[tuple[Coded, Coded | None]] = list(product(actors, recipients))
    elif len(actors) > 1:
        pairs = list(permutations(actors, 2))
    elif both:
        return "no recipient with a code"
    else:
        pairs = [(actors[0], None)]
    if len(pairs) > PAIRS:
        return f"more than {PAIRS} pairs of parties"
    return pairs


def event_day(event: Row) -> str | None:
    """Return the day an event begins, else that of its report, in ISO 8601."""
    day = event["when"]["from"] if event["when"] else event["report"]["date"]
    return str(day) if day is not None else None


def number_of(id_of_content: str, pair: int = 0) -> int:
    """Return a number for programs that ask for one.

    A whole number of 53 bits: the first 12 digits of the id, then the pair.
    `format(n // 32, "012x")` begins the id again.
    """
    digits = id_of_content.rpartition("-")[2][:ID_DIGITS]
    return int(digits, 16) * PAIRS + pair


def best_place(event: Row) -> Row | None:
    """Return the place that is known most narrowly, of equals the first."""
    places = event["where"]
    return min(places, key=lambda p: _rank(p["precision"])) if places else None


def point_of(place: Row | None) -> tuple[float, float] | None:
    """Return latitude and longitude where a point is known.

    A country or a region has none: its middle is not where it happened.
    """
    if place is None or place["precision"] not in KINDS_OF_PLACES[:2]:
        return None
    if place["lat"] is None or place["lon"] is None:
        return None
    return place["lat"], place["lon"]


def _rank(precision: str) -> int:
    return KINDS_OF_PLACES.index(precision)


def _is_long_ago(event: Row) -> bool:
    when = event["when"]
    return bool(event["historical"] and (when is None or when["basis"] != "text"))


def _distinct(parties: Sequence[Row]) -> list[Coded]:
    """Return the parties that have codes, each once."""
    found = {party["entity_id"]: coded_party(party) for party in parties}
    return [coded for coded in found.values() if coded is not None]
