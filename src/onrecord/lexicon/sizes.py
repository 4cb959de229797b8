"""Words that tell what a number of people counts: dead, injured, arrested."""

from functools import cache

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA

PATH = DATA / "numbers" / "sizes.toml"


class SizeExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A trigger and a quantity with what it counts."""

    trigger: str
    text: str
    of: str


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A size of PLOVER's and the words, in small letters, that tell it."""

    id: str
    nouns: frozenset[str]
    triggers: tuple[str, ...]
    example: SizeExample


class Sizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All sizes; `people` are nouns whose count a trigger tells of."""

    people: frozenset[str]
    size: tuple[Size, ...]


@cache
def load_sizes() -> Sizes:
    """Return what `data/numbers/sizes.toml` holds."""
    try:
        return msgspec.toml.decode(PATH.read_bytes(), type=Sizes)
    except msgspec.ValidationError as err:
        raise LexiconError([f"{PATH.name}: {err}"]) from err


def tell_size(sizes: Sizes, *, trigger: str, of: str | None, alone: bool) -> str | None:
    """Return the size that a number of `of` is, None where no word tells.

    The noun decides; else, of people, the trigger, as long as the number stands
    `alone`: of "killed ten and wounded six" it cannot be told which is which.
    """
    noun = (of or "").lower().rpartition(" ")[2]
    for size in sizes.size:
        if noun in size.nouns:
            return size.id
    if not alone or (noun and noun not in sizes.people):
        return None
    words = f" {trigger.lower()} "
    for size in sizes.size:
        if any(f" {word} " in words for word in size.triggers):
            return size.id
    return None
