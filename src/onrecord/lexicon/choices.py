"""Load the weights of what is chosen among many: see `onrecord.code.choice`."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_toml, read_tsv

FOLDER = DATA / "choices"
COLUMNS = ("feature", "weight")

Weights = Mapping[str, float]


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Weights by the name of a feature, one table for each choice, and its words.

    `happening`: which earlier mention tells of the same happening; `when` and `where`:
    which time and place of a report an event has.
    """

    happening: Weights
    when: Weights
    where: Weights
    definite: frozenset[str]
    indefinite: frozenset[str]
    open_start: frozenset[str]
    group_heads: frozenset[str]
    group_counts: Mapping[str, int]


def load_choices() -> Choices:
    """Load the tables; raise `LexiconError` with the line of a weight that is none."""
    words = read_toml(FOLDER / "words.toml")
    return Choices(
        happening=read_weights(FOLDER / "happening.tsv"),
        when=read_weights(FOLDER / "when.tsv"),
        where=read_weights(FOLDER / "where.tsv"),
        definite=frozenset(words["definite"]),
        indefinite=frozenset(words["indefinite"]),
        open_start=frozenset(words["open_start"]),
        group_heads=frozenset(words["group_heads"]),
        group_counts=words["group_counts"],
    )


def read_weights(path: Path) -> dict[str, float]:
    """Load a table; raise `LexiconError` with the line of a weight that is none."""
    weights: dict[str, float] = {}
    for line, (feature, weight) in read_tsv(path, COLUMNS):
        try:
            weights[feature] = float(weight)
        except ValueError as err:
            raise LexiconError(
                [f"{path.name}:{line}: {weight!r} is no weight"]
            ) from err
    return weights
