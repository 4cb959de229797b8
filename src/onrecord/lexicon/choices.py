"""Load the weights of what is chosen among many: see `onrecord.code.choice`."""

from collections.abc import Mapping

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
        happening=_read_weights("happening"),
        when=_read_weights("when"),
        where=_read_weights("where"),
        definite=frozenset(words["definite"]),
        indefinite=frozenset(words["indefinite"]),
        open_start=frozenset(words["open_start"]),
        group_heads=frozenset(words["group_heads"]),
        group_counts=words["group_counts"],
    )


def _read_weights(name: str) -> dict[str, float]:
    path = FOLDER / f"{name}.tsv"
    weights: dict[str, float] = {}
    for line, (feature, weight) in read_tsv(path, COLUMNS):
        try:
            weights[feature] = float(weight)
        except ValueError as err:
            raise LexiconError(
                [f"{path.name}:{line}: {weight!r} is no weight"]
            ) from err
    return weights
