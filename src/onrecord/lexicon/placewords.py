"""The words that tell what a place name is doing in a sentence."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_toml
from onrecord.lexicon.placenames import place_key

PLACE_WORDS = DATA / "places" / "places.toml"


class PlaceWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Word lists in lower case; the data file says what each is for.

    `whole_names` are lookup keys of names.
    """

    id: str
    origin: str
    locative: frozenset[str]
    party: frozenset[str]
    willing: frozenset[str]
    backed: frozenset[str]
    ground_verbs: frozenset[str]
    still_verbs: frozenset[str]
    ground_nouns: frozenset[str]
    unit_nouns: frozenset[str]
    units_of: frozenset[str]
    town_nouns: frozenset[str]
    joiners: frozenset[str]
    after_name: frozenset[str]
    before_name: frozenset[str]
    organs: frozenset[str]
    spoilers: frozenset[str]
    qualifiers: frozenset[str]
    whole_names: frozenset[str]
    stop_names: frozenset[str]
    party_under: Mapping[str, frozenset[str]]


def load_place_words(path: Path = PLACE_WORDS) -> PlaceWords:
    """Return the word lists; raise `LexiconError` with all problems."""
    try:
        words = msgspec.convert(read_toml(path), type=PlaceWords)
    except msgspec.ValidationError as err:
        raise LexiconError([f"{path.name}: {err}"]) from err
    problems = [
        f"{path.name}: {field}: {word!r} is not in lower case"
        for field, listed in _lists(words)
        for word in sorted(listed)
        if word != word.lower()
    ]
    if problems:
        raise LexiconError(problems)
    keys = frozenset(map(place_key, words.whole_names))
    return msgspec.structs.replace(words, whole_names=keys)


def _lists(words: PlaceWords) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each list with its name."""
    for field in words.__struct_fields__:
        value = getattr(words, field)
        if field != "whole_names" and isinstance(value, frozenset):
            yield field, value
    for preposition, governors in words.party_under.items():
        yield f"party_under.{preposition}", governors
