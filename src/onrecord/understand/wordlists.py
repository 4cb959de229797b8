"""The word lists that cutting a text into words and sentences rests on."""

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files

import msgspec


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file as it is written."""

    id: str
    origin: str
    before_name: tuple[str, ...]
    before_number: tuple[str, ...]
    may_end: tuple[str, ...]
    capital_only: tuple[str, ...]
    starts: tuple[str, ...]
    contractions: Mapping[str, int]
    hyphens: Mapping[str, tuple[str, ...]]


class WordLists(msgspec.Struct, frozen=True, kw_only=True):
    """Abbreviations, contractions, prefixes; all in lower case."""

    before_name: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    capital_only: frozenset[str]
    starts: frozenset[str]
    contractions: Mapping[str, int]
    prefixes: frozenset[str]
    longest_abbreviation: int
    longest_prefix: int

    def is_abbreviation(self, word: str) -> bool:
        """Tell whether `word`, written without its stop, is an abbreviation."""
        low = word.lower()
        if low not in self.before_name and low not in self.may_end:
            return False
        return low not in self.capital_only or word[0].isupper()


@functools.cache
def load_word_lists() -> WordLists:
    """Return the lists of `data/text/abbreviations.toml`; read once."""
    path = files("onrecord") / "data" / "text" / "abbreviations.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = msgspec.convert(raw, type=_File)
    prefixes = listed.hyphens["prefixes"]
    return WordLists(
        before_name=frozenset(listed.before_name),
        before_number=frozenset(listed.before_number),
        may_end=frozenset(listed.may_end),
        capital_only=frozenset(listed.capital_only),
        starts=frozenset(listed.starts),
        contractions=listed.contractions,
        prefixes=frozenset(prefixes),
        longest_abbreviation=max(map(len, listed.before_name + listed.may_end)),
        longest_prefix=max(map(len, prefixes)),
    )
