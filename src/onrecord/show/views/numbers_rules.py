"""How numbers are put side by side: `numbers.toml`, and the words for countries."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from onrecord.lexicon.actor_checks import split
from onrecord.lexicon.actor_files import STATES
from onrecord.lexicon.files import DATA, read_tsv


class Lines(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes lines; see the file."""

    origin: str
    about: float
    current_days: int
    shown: int
    points: int
    measures: tuple[str, ...]
    money: tuple[str, ...]
    mixed: tuple[str, ...]


class SameCount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of one kind of thing that is counted; the first is shown."""

    id: str
    origin: str
    forms: tuple[str, ...]


class NumberRules(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    lines: Lines
    same: tuple[SameCount, ...]


@cache
def load_number_rules() -> NumberRules:
    """Return the shipped rules."""
    path = Path(__file__).resolve().parent / "numbers.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), NumberRules)


@cache
def country_names() -> Mapping[str, str]:
    """Return the English name of each country by its code."""
    return {row["code"]: row["name"] for row in _states()}


@cache
def country_words() -> Mapping[str, str]:
    """Return the code of each word, in small letters, that names a country's own."""
    found: dict[str, str] = {}
    for row in _states():
        names = (row["name"], row["names"], row["adjectives"], row["people"])
        for word in (word for cell in names for word in split(cell)):
            if word.isalpha():
                found.setdefault(word.lower(), row["code"])
    return found


def _states() -> list[dict[str, str]]:
    path = DATA / "actors/states.tsv"
    return [
        dict(zip(STATES, cells, strict=True)) for _, cells in read_tsv(path, STATES)
    ]
