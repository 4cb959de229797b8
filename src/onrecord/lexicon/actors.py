"""Who can act: states, bodies, people with dated offices, nouns for the unnamed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import ActorEntry, Sense, Use
from onrecord.lexicon.actor_files import Checks, NamedForm, read_extra, read_shipped
from onrecord.lexicon.actor_names import NamePart, as_parts, as_written, fits
from onrecord.lexicon.files import DATA
from onrecord.lexicon.wordtables import WordTable, read_word_table
from onrecord.ontology import Ontology

FOLDER = DATA / "actors"
WORD_ROLES = ("pronoun", "belongs", "place", "former", "definite", "general")


class Form(msgspec.Struct, frozen=True):
    """One written form, cut into parts, and what it can mean."""

    parts: tuple[NamePart, ...]
    senses: tuple[Sense, ...]


class Match(msgspec.Struct, frozen=True):
    """The words from `start` up to `end` of a sentence are a form of the lexicon."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    def sense(self, *uses: Use) -> Sense | None:
        """Return the first sense of one of `uses`."""
        return next((s for s in self.senses if s.use in uses), None)


Forms = Mapping[str, tuple[Form, ...]]  # by the key of the first part, longest first


class ActorLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """Names and nouns of all actors, and the small words around them."""

    names: Forms
    agents: Forms
    words: Mapping[str, WordTable]

    def find(self, words: Sequence[str]) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
        """Return the names, and the nouns for unnamed actors, among `words`.

        Of each the longest first; none overlaps another of its sort.
        """
        parts = as_written(words)
        return tuple(_find(parts, self.names)), tuple(_find(parts, self.agents))


def _find(parts: Sequence[NamePart], forms: Forms) -> Iterator[Match]:
    """Yield the longest form at each word, from left to right."""
    at = 0
    while at < len(parts):
        found = _longest(parts, at, forms)
        if found is None:
            at += 1
            continue
        end = at + len(found.parts)
        yield Match(parts[at].token, parts[end - 1].token + 1, found.senses)
        at = end


def _longest(parts: Sequence[NamePart], at: int, forms: Forms) -> Form | None:
    if not parts[at].begins:
        return None
    for form in forms.get(parts[at].key, ()):
        end = at + len(form.parts)
        if end > len(parts) or not parts[end - 1].ends:
            continue
        if fits(parts[at:end], form.parts):
            return form
    return None


def load_actors(ontology: Ontology, *, extra: Path | None = None) -> ActorLexicon:
    """Load and check the actor files.

    `extra` is a user's own file (data/actors/README.md); where a form of it stands in
    the shipped files too, the user's meaning counts. Raises `LexiconError` with every
    problem.
    """
    checks = Checks(ontology.countries, frozenset(ontology.sectors))
    shipped = read_shipped(FOLDER, checks)
    own = read_extra(extra, checks) if extra else []
    words: Mapping[str, WordTable] = {}
    try:
        words = read_word_table(FOLDER / "words.tsv", WORD_ROLES)
    except LexiconError as err:
        checks.problems += err.problems
    if checks.problems:
        raise LexiconError(checks.problems)
    taken = {as_parts(row.form) for row in own}
    rows = own + [row for row in shipped if as_parts(row.form) not in taken]
    return ActorLexicon(
        names=_index(row for row in rows if row.sense.use is not Use.AGENT),
        agents=_index(row for row in rows if row.sense.use is Use.AGENT),
        words=words,
    )


def _index(rows: Iterable[NamedForm]) -> Forms:
    senses: dict[tuple[NamePart, ...], list[Sense]] = defaultdict(list)
    for row in rows:
        senses[as_parts(row.form)].append(row.sense)
    found: dict[str, list[Form]] = defaultdict(list)
    for parts, meant in senses.items():
        found[parts[0].key].append(Form(parts, tuple(meant)))
    return {
        key: tuple(sorted(forms, key=lambda f: -len(f.parts)))
        for key, forms in found.items()
    }


__all__ = ["ActorEntry", "ActorLexicon", "Match", "Use", "load_actors"]
