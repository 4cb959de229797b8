"""What each sign of whom a pronoun means counts, from `data/coreference`."""

from collections.abc import Mapping

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_tsv
from onrecord.lexicon.wordtables import WordTable, read_word_table

WEIGHTS_FILE = DATA / "coreference/weights.tsv"
LIKINGS_FILE = DATA / "coreference/likings.tsv"
LIKING_COLUMNS = ("part", "lemma", "liking")
WORDS_FILE = DATA / "coreference/words.tsv"
WORD_ROLES = ("man", "woman", "reflexive")
WEIGHT_COLUMNS = ("sort", "feature", "weight")
SORTS = ("man", "woman", "thing", "group", "description")


class Coreference(msgspec.Struct, frozen=True):
    """The learnt weights, by the sort of the pronoun and by feature, and small words.

    `words` has `man` and `woman`, first names, and `reflexive`, pronouns. `likings`
    says by part and verb whether a party (above nought) or a thing stands there.
    """

    weights: Mapping[str, Mapping[str, float]]
    words: Mapping[str, WordTable]
    likings: Mapping[tuple[str, str], int]


def load_coreference() -> Coreference:
    """Load and check the weights. Raises `LexiconError` with every problem."""
    weights: dict[str, dict[str, float]] = {sort: {} for sort in SORTS}
    problems: list[str] = []
    for line, (sort, feature, weight) in read_tsv(WEIGHTS_FILE, WEIGHT_COLUMNS):
        where = f"{WEIGHTS_FILE.name}:{line}"
        if sort not in weights:
            problems.append(f'{where}: no sort "{sort}"; one of {", ".join(SORTS)}')
            continue
        if feature in weights[sort]:
            problems.append(f'{where}: "{feature}" stands twice for {sort}')
        try:
            weights[sort][feature] = float(weight)
        except ValueError:
            problems.append(f'{where}: "{weight}" is no number')
    likings: dict[tuple[str, str], int] = {}
    for line, (part, lemma, liking) in read_tsv(LIKINGS_FILE, LIKING_COLUMNS):
        if not liking.lstrip("-").isdigit():
            problems.append(f'{LIKINGS_FILE.name}:{line}: "{liking}" is no number')
            continue
        likings[part, lemma] = int(liking)
    if problems:
        raise LexiconError(problems)
    words = read_word_table(WORDS_FILE, WORD_ROLES)
    return Coreference(weights, words, likings)
