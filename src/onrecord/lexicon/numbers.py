"""The words that counting rests on."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from onrecord.lexicon.files import DATA
from onrecord.lexicon.wordtables import WordTable, fill, read_word_table


class NumberWords(msgspec.Struct, frozen=True, kw_only=True):
    """Forms (lower case, no full stops) and their values, by role.

    `vague_plural` gives the least that a plural such as "dozens" stands for;
    `vague_times` are words that stand before a scale ("several hundred") and give its
    least factor. `modifier` and `modifier_after` give about, at_least or at_most.
    `currency` gives the name of the money. `label` are words that make the number
    behind them a name ("Resolution 242"); `one_guard` and `one_before` words that make
    "one" a pronoun; `phrase_edge` words that end the search for the counted noun.
    `openers` are the first words of all that can begin a number.
    """

    cardinal: Mapping[str, float]
    tens: Mapping[str, float]
    scale: Mapping[str, float]
    scale_letter: Mapping[str, float]
    vague_plural: Mapping[str, float]
    vague_times: Mapping[str, float]
    vague_count: Mapping[str, float]
    vague_factor: Mapping[str, float]
    plural_scale: Mapping[str, float]
    half: WordTable
    article: WordTable
    joint: WordTable
    of: WordTable
    fraction: Mapping[str, float]
    ordinal: Mapping[str, float]
    percent: WordTable
    currency: WordTable
    modifier: WordTable
    modifier_after: WordTable
    range: WordTable
    between: WordTable
    label: WordTable
    one_guard: WordTable
    one_before: WordTable
    plural: WordTable
    not_plural: WordTable
    phrase_edge: WordTable
    skip: WordTable
    openers: frozenset[str]


# Roles of words that can begin a number or what modifies it.
_OPENING = (
    "cardinal",
    "tens",
    "vague_plural",
    "vague_times",
    "vague_count",
    "half",
    "article",
    "modifier",
    "currency",
    "between",
    "ordinal",
)


def load_numbers(path: Path | None = None) -> NumberWords:
    """Return the words of `data/numbers/words.tsv`, or of `path`."""
    path = path or DATA / "numbers" / "words.tsv"
    roles = tuple(f for f in NumberWords.__struct_fields__ if f != "openers")
    tables = read_word_table(path, roles)
    openers = frozenset(
        word
        for role in _OPENING
        for form in tables[role]
        for word in (form, form.split()[0])
    )
    return fill(NumberWords, tables, openers, path)
