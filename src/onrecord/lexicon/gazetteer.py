"""Places and their names: our own tables first, then GeoNames' towns."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_tsv
from onrecord.lexicon.placenames import is_exact_form, matches_form, place_key
from onrecord.lexicon.placewords import PlaceWords, load_place_words
from onrecord.lexicon.towns import Town, Towns, load_towns
from onrecord.model.annotation import Precision

FOLDER = DATA / "places"
TABLES = ("countries", "regions", "waters", "sites", "admin1", "admin2")
COLUMNS = (
    "entry_id",
    "name",
    "forms",
    "kind",
    "country",
    "admin1",
    "lat",
    "lon",
    "precision",
    "origin",
)


class PlaceKind(StrEnum):
    """What an entry is; it decides how likely it is to be meant."""

    COUNTRY = "country"
    CONTINENT = "continent"
    SUPRAREGION = "supraregion"
    DISPUTED = "disputed"
    REGION = "region"
    STATE = "state"
    WATER = "water"
    SITE = "site"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    TOWN = "town"


POINTLESS = frozenset(
    {
        PlaceKind.COUNTRY,
        PlaceKind.CONTINENT,
        PlaceKind.SUPRAREGION,
        PlaceKind.WATER,
    }
)


class PlaceEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One place that a name can mean.

    `unit` is GeoNames' first-level code, `admin1` that unit's name. `alternate` tells
    that the name asked for is not the place's own. Tables know no population.
    """

    entry_id: str
    name: str
    kind: PlaceKind
    precision: Precision
    country: str | None = None
    unit: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    population: int = 0
    capital: bool = False
    alternate: bool = False


class Gazetteer:
    """Look up places by name."""

    def __init__(
        self,
        tables: Mapping[str, tuple[tuple[str | None, PlaceEntry], ...]],
        units: Mapping[tuple[str, str], str],
        towns: Towns,
        words: PlaceWords,
    ) -> None:
        self._tables = tables
        self._units = units
        self._towns = towns
        self.words = words

    def lookup(self, name: str) -> tuple[PlaceEntry, ...]:
        """Return what `name` can mean: table entries, then towns by size.

        Abbreviations ("US", "Ore.") are found only as they are written.
        """
        key = place_key(name)
        listed = tuple(
            entry
            for form, entry in self._tables.get(key, ())
            if form is None or matches_form(name, form)
        )
        return listed + tuple(map(self._as_entry, self._towns.lookup(key)))

    def _as_entry(self, town: Town) -> PlaceEntry:
        return PlaceEntry(
            entry_id=f"geonames.{town.geonameid}",
            name=town.name,
            kind=PlaceKind.TOWN,
            precision=Precision.CITY,
            country=town.country,
            unit=town.unit,
            admin1=self._units.get((town.country, town.unit)),
            lat=town.lat,
            lon=town.lon,
            geonameid=town.geonameid,
            population=town.population,
            capital=town.capital,
            alternate=town.alternate,
        )


def load_gazetteer(folder: Path = FOLDER, *, towns: Towns | None = None) -> Gazetteer:
    """Return the gazetteer; raise `LexiconError` with all problems of its tables.

    `towns` stand in for GeoNames' when given.
    """
    problems: list[str] = []
    rows = [row for table in TABLES for row in _read(folder, table, problems)]
    seen: set[str] = set()
    for entry, _ in rows:
        if entry.entry_id in seen:
            problems.append(f"{entry.entry_id}: two entries have this id")
        seen.add(entry.entry_id)
    if problems:
        raise LexiconError(problems)
    units = _unit_names(entry for entry, _ in rows)
    return Gazetteer(
        _by_name([(_with_unit(entry, units), forms) for entry, forms in rows]),
        units,
        towns or load_towns(),
        load_place_words(),
    )


_Row = tuple[PlaceEntry, tuple[str, ...]]


def _read(folder: Path, table: str, problems: list[str]) -> Iterator[_Row]:
    """Yield a table's entries with their forms; note what is wrong."""
    path = folder / f"{table}.tsv"
    for line, cells in read_tsv(path, COLUMNS):
        row = dict(zip(COLUMNS, cells, strict=True))
        try:
            entry = _entry(row)
        except ValueError as err:
            problems.append(f"{path.name}:{line}: {err}")
            continue
        forms = [row["name"], *filter(None, row["forms"].split("|"))]
        yield entry, tuple(dict.fromkeys(forms))


def _entry(row: Mapping[str, str]) -> PlaceEntry:
    kind = PlaceKind(row["kind"])
    pointed = bool(row["lat"])
    if pointed != bool(row["lon"]):
        raise ValueError(f"{row['entry_id']}: lat and lon go together")
    if pointed and kind in POINTLESS:
        raise ValueError(f"{row['entry_id']}: a {kind} has no point")
    if not row["origin"]:
        raise ValueError(f"{row['entry_id']}: no origin")
    return PlaceEntry(
        entry_id=row["entry_id"],
        name=row["name"],
        kind=kind,
        precision=Precision(row["precision"]),
        country=row["country"] or None,
        unit=row["admin1"] or None,
        lat=float(row["lat"]) if pointed else None,
        lon=float(row["lon"]) if pointed else None,
    )


def _by_name(
    rows: list[_Row],
) -> dict[str, tuple[tuple[str | None, PlaceEntry], ...]]:
    """Return entries by lookup name, with the form where it must be exact."""
    found: dict[str, dict[str, tuple[str | None, PlaceEntry]]] = defaultdict(dict)
    for entry, forms in rows:
        for form in forms:
            needed = form if is_exact_form(form) else None
            found[place_key(form)].setdefault(entry.entry_id, (needed, entry))
    return {key: tuple(entries.values()) for key, entries in found.items()}


def _with_unit(entry: PlaceEntry, units: Mapping[tuple[str, str], str]) -> PlaceEntry:
    """Return the entry with the name of the first-level unit it is or lies in."""
    name = units.get((entry.country or "", entry.unit or ""))
    return msgspec.structs.replace(entry, admin1=name) if name else entry


def _unit_names(entries: Iterator[PlaceEntry]) -> dict[tuple[str, str], str]:
    """Return the names of first-level units by country and code."""
    names: dict[tuple[str, str], str] = {}
    for entry in entries:
        is_unit = entry.kind in {PlaceKind.STATE, PlaceKind.ADMIN1}
        if is_unit and entry.country and entry.unit:
            names.setdefault((entry.country, entry.unit), entry.name)
    return names
