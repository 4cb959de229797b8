"""What is checked of every row of the actor files."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import Office, Sense, Use
from onrecord.lexicon.actor_names import Case, NamePart, as_parts
from onrecord.lexicon.files import read_tsv
from onrecord.model.annotation import NominalKind

Row = Mapping[str, str]


class NamedForm(msgspec.Struct, frozen=True, gc=False):
    """A written form, its parts, what it means, where it stands (`file:line`)."""

    form: str
    sense: Sense
    where: str
    parts: tuple[NamePart, ...] = ()

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "parts", as_parts(self.form))


class Checks:
    """The codes that are valid, and what was found wrong so far."""

    def __init__(self, countries: frozenset[str], sectors: frozenset[str]) -> None:
        self.countries = countries
        self.sectors = sectors
        self.problems: list[str] = []

    def rows(self, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, Row]]:
        """Yield (`file:line`, cells by column); a file that is no table is noted."""
        file = path.name
        try:
            for line, cells in read_tsv(path, columns):
                row = dict(zip(columns, cells, strict=True))
                where = f"{file}:{line}"
                if not row["origin"].strip():
                    self.problems.append(f"{where}: no origin")
                yield where, row
        except LexiconError as err:
            self.problems += err.problems

    def country(self, where: str, code: str) -> str | None:
        """Return a country code, None for an empty cell; note an unknown one."""
        if code and code not in self.countries:
            self.problems.append(f'{where}: unknown country "{code}"')
        return code or None

    def sector_list(self, where: str, cell: str) -> tuple[str, ...]:
        """Return the sectors of a cell; note unknown ones."""
        sectors = split(cell)
        self.problems += [
            f'{where}: unknown sector "{s}"' for s in sectors if s not in self.sectors
        ]
        return sectors

    def day(self, where: str, cell: str) -> dt.date | None:
        """Return the day of a cell, None for an empty one; note what is no day."""
        try:
            return dt.date.fromisoformat(cell) if cell else None
        except ValueError:
            self.problems.append(f'{where}: "{cell}" is no day (YYYY-MM-DD)')
            return None

    def kind(self, where: str, cell: str) -> NominalKind | None:
        """Return the kind of a cell; note an unknown one."""
        try:
            return NominalKind(cell)
        except ValueError:
            self.problems.append(f'{where}: unknown kind "{cell}"')
            return None

    def office(self, where: str, row: Row) -> Office:
        """Return the office of a row; note dates that run backwards."""
        start = self.day(where, row["from"])
        until = self.day(where, row["until"])
        if start and until and until <= start:
            self.problems.append(f"{where}: {start} to {until} runs backwards")
        country = self.country(where, row["country"])
        return Office(
            country, self.sector_list(where, row["sectors"]), row["role"], start, until
        )


def split(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell between bars, without empty ones."""
    if not cell:
        return ()
    return tuple([part for part in map(str.strip, cell.split("|")) if part])


def note_double(where: str, entry_id: str, seen: set[str], checks: Checks) -> None:
    """Note an id that stands twice."""
    if entry_id in seen:
        checks.problems.append(f'{where}: the id "{entry_id}" stands twice')
    seen.add(entry_id)


# A capital may be the seat of others too; a land's name may serve as its adjective.
_MAY_SHARE = frozenset({Use.CAPITAL, Use.SEAT})


def note_clashes(forms: list[NamedForm], checks: Checks) -> None:
    """Note empty forms and forms that mean two different things."""
    first: dict[tuple[bool, tuple[tuple[str, Case], ...]], NamedForm] = {}
    for form in forms:
        written = tuple([(p.key, p.case) for p in form.parts])
        if not written:
            checks.problems.append(f'{form.where}: "{form.form}" has no letters')
            continue
        key = (form.sense.use is Use.AGENT, written)
        other = first.setdefault(key, form)
        if _clash(form.sense, other.sense):
            checks.problems.append(
                f'{form.where}: "{form.form}" also means {other.sense.entry.name} '
                f"({other.where})"
            )


def _clash(one: Sense, other: Sense) -> bool:
    if {one.use, other.use} == _MAY_SHARE:
        return False
    ids = one.entry.entry_id, other.entry.entry_id
    return ids[0].removesuffix("-people") != ids[1].removesuffix("-people")
