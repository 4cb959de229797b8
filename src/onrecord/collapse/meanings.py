"""What frames and words of acting mean for comparing: see `data/happenings`."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from onrecord.collapse.lexemes import Lexemes
from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_tsv

COLUMNS = ("id", "frames", "words", "example")
FILE = DATA / "happenings" / "meanings.tsv"
FRAMES = "frames"  # begins the rule of an event that a frame calls up
KEPT = "meanings"


class Meanings(msgspec.Struct, frozen=True):
    """Ids of meanings, by the id of a frame and by a word."""

    frames: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]


@cache
def load_meanings(path: Path = FILE) -> Meanings:
    """Load the table; raise `LexiconError` with each line that is badly written."""
    frames: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    problems = []
    for line, (meaning, listed, forms, example) in read_tsv(path, COLUMNS):
        if len(example.split("|")) != 2:
            problems.append(f"{path.name}:{line}: an example has two wordings")
        for frame in listed.split():
            frames.setdefault(frame, []).append(meaning)
        for form in forms.split():
            if form != form.lower():
                problems.append(f'{path.name}:{line}: "{form}" is not lower case')
            words.setdefault(form, []).append(meaning)
    if problems:
        raise LexiconError(problems)
    return Meanings(
        frames={frame: tuple(ids) for frame, ids in frames.items()},
        words={form: tuple(ids) for form, ids in words.items()},
    )


def meanings_of(
    rules: Iterable[str], concepts: Iterable[int], lexemes: Lexemes
) -> tuple[str, ...]:
    """Return what events mean, by the rules that read them and their words.

    A frame that stands in no line has a meaning of its own.
    """
    frames = load_meanings().frames
    by_concept = _by_concept(lexemes)
    found: set[str] = set()
    for rule in rules:
        source, _, frame = rule.partition("#")[0].partition("/")
        if source == FRAMES:
            found.update(frames.get(frame, (frame,)))
    for concept in concepts:
        found.update(by_concept.get(concept, ()))
    return tuple(sorted(found))


def _by_concept(lexemes: Lexemes) -> Mapping[int, frozenset[str]]:
    known: Mapping[int, frozenset[str]] | None = lexemes.kept.get(KEPT)
    if known is None:
        found: dict[int, set[str]] = {}
        for form, ids in load_meanings().words.items():
            found.setdefault(lexemes[form].concept, set()).update(ids)
        known = {concept: frozenset(ids) for concept, ids in found.items()}
        lexemes.kept[KEPT] = known
    return known
