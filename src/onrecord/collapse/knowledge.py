"""The words that comparing reports rests on, from `data/stories`."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_tsv
from onrecord.lexicon.wordtables import WordTable, read_word_table

KINDS = ("term", "modality", "opposite")


class StoryWords(msgspec.Struct, frozen=True, kw_only=True):
    """Forms in lower case, by role.

    `denying` are phrases that deny without a negation, `granting` have one and do not
    deny. `number` and `scale` give values; `irregular` gives the base form; `stop` are
    abbreviations that end no sentence; `common` are capitalised words that many
    unrelated reports share; `agency` are news agencies as a credit line has them;
    `credited` are words that say a report is somebody else's; `boilerplate` are words
    of a page, not of its report; `spun` are phrases that synonym machines write.
    `synonyms` gives, for a form, the first form of its line; `meaning` gives, for two
    forms in order of the alphabet, how exchanging them changes what is said.
    """

    function: WordTable
    negation: WordTable
    denying: WordTable
    granting: WordTable
    number: WordTable
    scale: WordTable
    month: WordTable
    day: WordTable
    stop: WordTable
    common: WordTable
    agency: WordTable
    boilerplate: WordTable
    credited: WordTable
    spun: WordTable
    irregular: WordTable
    synonyms: Mapping[str, str]
    meaning: Mapping[tuple[str, str], str]


def load_story_words(folder: Path | None = None) -> StoryWords:
    """Return the words of `data/stories`, or of `folder`."""
    folder = folder or DATA / "stories"
    roles = tuple(
        f for f in StoryWords.__struct_fields__ if f not in ("synonyms", "meaning")
    )
    tables: Mapping[str, WordTable] = read_word_table(folder / "words.tsv", roles)
    return StoryWords(
        **tables,
        synonyms=_synonyms(folder / "synonyms.tsv"),
        meaning=_meaning(folder / "meaning.tsv"),
    )


def _synonyms(path: Path) -> dict[str, str]:
    first: dict[str, str] = {}
    problems = []
    for line, (_, forms) in read_tsv(path, ("id", "forms")):
        listed = forms.split("|")
        for form in listed:
            if form in first:
                problems.append(f'{path.name}:{line}: "{form}" stands in two lines')
            first[form] = listed[0]
    if problems:
        raise LexiconError(problems)
    return first


def _meaning(path: Path) -> dict[tuple[str, str], str]:
    kinds: dict[tuple[str, str], str] = {}
    problems = []
    for line, (_, kind, one, other) in read_tsv(path, ("id", "kind", "one", "other")):
        if kind not in KINDS:
            problems.append(f'{path.name}:{line}: no kind "{kind}"')
        kinds[(min(one, other), max(one, other))] = kind
    if problems:
        raise LexiconError(problems)
    return kinds
