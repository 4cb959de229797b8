"""Who can act: states, bodies, people with dated offices, nouns for the unnamed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_checks import Checks, NamedForm
from onrecord.lexicon.actor_entries import ActorEntry, Sense, Use
from onrecord.lexicon.actor_files import read_extra, read_shipped
from onrecord.lexicon.actor_names import NamePart, as_written, is_cased
from onrecord.lexicon.files import DATA
from onrecord.lexicon.wordtables import WordTable, read_word_table
from onrecord.model.annotation import NominalKind
from onrecord.ontology import Ontology

FOLDER = DATA / "actors"
WORD_ROLES = (
    "pronoun",
    "belongs",
    "stands",
    "place",
    "former",
    "definite",
    "foreign",
    "land",
    "man",
    "woman",
)


class Form(msgspec.Struct, frozen=True, gc=False):
    """One written form, cut into parts, and what it can mean."""

    parts: tuple[NamePart, ...]
    senses: tuple[Sense, ...]


class Node:
    """Forms that begin alike: those that end here, and those that go on by a part."""

    __slots__ = ("forms", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.forms: tuple[Form, ...] = ()


class Match(msgspec.Struct, frozen=True):
    """The words from `start` up to `end` of a sentence are a form of the lexicon."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    def sense(self, *uses: Use) -> Sense | None:
        """Return the first sense of one of `uses`."""
        return next((s for s in self.senses if s.use in uses), None)


class ActorLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """Names and nouns of all actors, and the small words around them."""

    names: Node
    agents: Node
    surnames: Mapping[str, tuple[ActorEntry, ...]]
    words: Mapping[str, WordTable]

    def find(self, words: Sequence[str]) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
        """Return the names, and the nouns for unnamed actors, among `words`.

        Of each the longest first; none overlaps another of its sort.
        """
        parts = as_written(words)
        return tuple(_find(parts, self.names)), tuple(_find(parts, self.agents))


def _find(parts: Sequence[NamePart], root: Node) -> Iterator[Match]:
    """Yield the longest form at each word, from left to right."""
    at = 0
    while at < len(parts):
        found = _longest(parts, at, root) if parts[at].begins else None
        if found is None:
            at += 1
            continue
        end = at + len(found.parts)
        yield Match(parts[at].token, parts[end - 1].token + 1, found.senses)
        at = end


def _longest(parts: Sequence[NamePart], at: int, root: Node) -> Form | None:
    node = root.next.get(parts[at].key)
    best: Form | None = None
    end = at + 1
    while node is not None:
        if node.forms and parts[end - 1].ends:
            written = parts[at:end]
            best = next((f for f in node.forms if is_cased(written, f.parts)), best)
        node = node.next.get(parts[end].key) if end < len(parts) else None
        end += 1
    return best


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
    taken = {row.parts for row in own}
    rows = own + [row for row in shipped if row.parts not in taken]
    return ActorLexicon(
        names=_plant(row for row in rows if row.sense.use is not Use.AGENT),
        agents=_plant(row for row in rows if row.sense.use is Use.AGENT),
        surnames=_surnames(rows),
        words=words,
    )


def _plant(rows: Iterable[NamedForm]) -> Node:
    """Return the tree of all forms."""
    senses: dict[tuple[NamePart, ...], list[Sense]] = defaultdict(list)
    for row in rows:
        senses[row.parts].append(row.sense)
    root = Node()
    for parts, meant in senses.items():
        node = root
        for part in parts:
            below = node.next.get(part.key)
            if below is None:
                below = node.next[part.key] = Node()
            node = below
        node.forms = (*node.forms, Form(parts, tuple(meant)))
    return root


def _surnames(rows: Iterable[NamedForm]) -> dict[str, tuple[ActorEntry, ...]]:
    """Return people by the last word of their name, in lower case."""
    found: dict[str, dict[str, ActorEntry]] = defaultdict(dict)
    for row in rows:
        entry = row.sense.entry
        if entry.kind is NominalKind.PERSON and entry.offices:
            found[surname_of(entry.name)][entry.entry_id] = entry
    return {name: tuple(people.values()) for name, people in found.items()}


def surname_of(name: str) -> str:
    """Return the last word of a person's name, in lower case."""
    return name.split()[-1].lower()
