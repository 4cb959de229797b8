"""Read and check the actor files: states, regions, bodies, people, agents."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from onrecord.lexicon.actor_checks import (
    Checks,
    NamedForm,
    Row,
    note_clashes,
    note_double,
    split,
)
from onrecord.lexicon.actor_entries import (
    ActorEntry,
    Anonymous,
    AtHome,
    Office,
    Sense,
    Use,
)
from onrecord.model.annotation import NominalKind
from onrecord.model.ids import content_id

STATES = (
    "code",
    "name",
    "names",
    "adjectives",
    "people",
    "capitals",
    "called",
    "origin",
)
REGIONS = ("name", "names", "adjectives", "people", "country", "sectors", "origin")
OTHERS = ("form", "kind", "origin")
SEATS = ("form", "country", "sectors", "name", "origin")
BODIES = ("entry_id", "name", "forms", "country", "sectors", "called", "origin")
PERSONS = ("entry_id", "name", "forms", "origin")
OFFICES = ("person", "country", "sectors", "role", "from", "until", "origin")
AGENTS = (
    "entry_id",
    "forms",
    "country",
    "sectors",
    "kind",
    "anonymous",
    "home",
    "example",
    "origin",
)
EXTRA = (
    "name",
    "forms",
    "kind",
    "country",
    "sectors",
    "role",
    "from",
    "until",
    "origin",
)

GOVERNMENT = ("GOV",)
CIVILIANS = ("CVL",)
ARMED = frozenset({"REB", "PRM", "UAF", "CRM"})


def read_shipped(folder: Path, checks: Checks) -> list[NamedForm]:
    """Return every form of the shipped files; problems are noted in `checks`."""
    readers: tuple[Callable[[Path, Checks], Iterator[NamedForm]], ...] = (
        read_states,
        read_regions,
        read_others,
        read_persons,
        read_agents,
    )
    forms = list(read_bodies(folder, checks))
    bodies = {f.sense.entry.name: f.sense.entry for f in forms}
    forms += read_seats(folder, bodies, checks)
    forms += [form for read in readers for form in read(folder, checks)]
    note_clashes(forms, checks)
    return forms


def read_states(folder: Path, checks: Checks) -> Iterator[NamedForm]:
    """Yield names, adjectives, people and capitals of states."""
    for where, row in checks.rows(folder / "states.tsv", STATES):
        state = ActorEntry(
            entry_id=f"state-{row['code'].lower()}",
            name=row["name"],
            kind=NominalKind.COUNTRY,
            country=checks.country(where, row["code"]),
            sectors=GOVERNMENT,
            called=split(row["called"]),
        )
        yield from _named(where, row, state)
        for capital in split(row["capitals"]):
            yield NamedForm(capital, Sense(Use.CAPITAL, state), where)


def read_regions(folder: Path, checks: Checks) -> Iterator[NamedForm]:
    """Yield names, adjectives and people of parts of states."""
    for where, row in checks.rows(folder / "regions.tsv", REGIONS):
        region = ActorEntry(
            entry_id=content_id("region", row["name"]),
            name=row["name"],
            kind=NominalKind.PLACE,
            country=checks.country(where, row["country"]),
            sectors=checks.sector_list(where, row["sectors"]),
        )
        yield from _named(where, row, region)


def _named(where: str, row: Row, entry: ActorEntry) -> Iterator[NamedForm]:
    """Yield the forms of a land: its names, its adjectives, its people."""
    for form in (row["name"], *split(row["names"])):
        yield NamedForm(form, Sense(Use.NAME, entry), where)
    for form in split(row["adjectives"]):
        yield NamedForm(form, Sense(Use.ADJECTIVE, entry), where)
    people = msgspec.structs.replace(
        entry,
        entry_id=f"{entry.entry_id}-people",
        name=f"people of {entry.name}",
        kind=NominalKind.GROUP,
        sectors=CIVILIANS,
        called=(),
    )
    for form in split(row["people"]):
        yield NamedForm(form, Sense(Use.PEOPLE, people), where)


def read_seats(
    folder: Path, bodies: Mapping[str, ActorEntry], checks: Checks
) -> Iterator[NamedForm]:
    """Yield buildings and towns that stand for those who sit there."""
    for where, row in checks.rows(folder / "seats.tsv", SEATS):
        entry = bodies.get(row["name"]) or ActorEntry(
            entry_id=content_id("seat", row["name"]),
            name=row["name"],
            kind=NominalKind.ORGANISATION,
            country=checks.country(where, row["country"]),
            sectors=checks.sector_list(where, row["sectors"]),
        )
        yield NamedForm(row["form"], Sense(Use.SEAT, entry), where)


def read_others(folder: Path, checks: Checks) -> Iterator[NamedForm]:
    """Yield names that hold a land's name and mean something else."""
    for where, row in checks.rows(folder / "others.tsv", OTHERS):
        kind = checks.kind(where, row["kind"])
        if kind is not None:
            entry_id = content_id("other", row["form"])
            entry = ActorEntry(entry_id=entry_id, name=row["form"], kind=kind)
            yield NamedForm(row["form"], Sense(Use.NAME, entry), where)


def read_bodies(folder: Path, checks: Checks) -> Iterator[NamedForm]:
    """Yield the forms of organisations and armed groups."""
    seen: set[str] = set()
    for where, row in checks.rows(folder / "organisations.tsv", BODIES):
        note_double(where, row["entry_id"], seen, checks)
        sectors = checks.sector_list(where, row["sectors"])
        entry = ActorEntry(
            entry_id=row["entry_id"],
            name=row["name"],
            kind=_body_kind(sectors),
            country=checks.country(where, row["country"]),
            sectors=sectors,
            called=split(row["called"]),
        )
        for form in (row["name"], *split(row["forms"])):
            yield NamedForm(form, Sense(Use.NAME, entry), where)


def _body_kind(sectors: tuple[str, ...]) -> NominalKind:
    armed = not ARMED.isdisjoint(sectors)
    return NominalKind.GROUP if armed else NominalKind.ORGANISATION


def read_persons(folder: Path, checks: Checks) -> Iterator[NamedForm]:
    """Yield the forms of people, with their offices in order of their beginning."""
    offices: dict[str, list[tuple[str, Office]]] = defaultdict(list)
    for where, row in checks.rows(folder / "offices.tsv", OFFICES):
        offices[row["person"]].append((where, checks.office(where, row)))
    seen: set[str] = set()
    for where, row in checks.rows(folder / "persons.tsv", PERSONS):
        note_double(where, row["entry_id"], seen, checks)
        held = [office for _, office in offices[row["entry_id"]]]
        if not held:
            checks.problems.append(f"{where}: {row['entry_id']} has no office")
        yield from person_forms(where, row, held)
    for person in offices.keys() - seen:
        for where, _ in offices[person]:
            checks.problems.append(f'{where}: unknown person "{person}"')


def person_forms(where: str, row: Row, held: list[Office]) -> Iterator[NamedForm]:
    """Yield the forms of one person; one word alone counts as a surname."""
    ordered = sorted(held, key=lambda o: o.start or dt.date.min)
    entry = ActorEntry(
        entry_id=row["entry_id"],
        name=row["name"],
        kind=NominalKind.PERSON,
        country=ordered[0].country if ordered else None,
        offices=tuple(ordered),
    )
    for form in (row["name"], *split(row["forms"])):
        use = Use.NAME if " " in form else Use.SURNAME
        yield NamedForm(form, Sense(use, entry), where)


def read_agents(folder: Path, checks: Checks) -> Iterator[NamedForm]:
    """Yield the nouns for those who are not named."""
    seen: set[str] = set()
    for where, row in checks.rows(folder / "agents.tsv", AGENTS):
        note_double(where, row["entry_id"], seen, checks)
        try:
            kind = NominalKind(row["kind"])
            anonymous, home = Anonymous(row["anonymous"]), AtHome(row["home"])
        except ValueError as err:
            checks.problems.append(f"{where}: {err}")
            continue
        entry = ActorEntry(
            entry_id=row["entry_id"],
            name=split(row["forms"])[0],
            kind=kind,
            country=checks.country(where, row["country"]),
            sectors=checks.sector_list(where, row["sectors"]),
            anonymous=anonymous,
            home=home,
        )
        for form in split(row["forms"]):
            yield NamedForm(form, Sense(Use.AGENT, entry), where)


def read_extra(path: Path, checks: Checks) -> list[NamedForm]:
    """Return the forms of a user's own file; rows with one name are one actor."""
    rows: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for where, row in checks.rows(path, EXTRA):
        rows[row["name"]].append((where, row))
    forms = [form for same in rows.values() for form in _own(same, checks)]
    note_clashes(forms, checks)
    return forms


def _own(rows: list[tuple[str, Row]], checks: Checks) -> Iterator[NamedForm]:
    where, first = rows[0]
    entry_id = content_id("user", first["name"])
    kind = checks.kind(where, first["kind"])
    if kind is None:
        return
    if kind is NominalKind.PERSON:
        held = [checks.office(place, row) for place, row in rows]
        yield from person_forms(where, {**first, "entry_id": entry_id}, held)
        return
    entry = ActorEntry(
        entry_id=entry_id,
        name=first["name"],
        kind=kind,
        country=checks.country(where, first["country"]),
        sectors=checks.sector_list(where, first["sectors"]),
    )
    for form in (first["name"], *split(first["forms"])):
        yield NamedForm(form, Sense(Use.NAME, entry), where)
