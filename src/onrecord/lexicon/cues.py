"""Cues of attribution and factuality, from `data/cues`."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_toml
from onrecord.model.annotation import Act
from onrecord.model.event import EventType, Factuality

FOLDER = DATA / "cues"
Entry = TypeVar("Entry")


class CueExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with the cue and the speaker that must be found in it."""

    text: str
    cue: str
    speaker: str


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words by which a report puts something on somebody's word."""

    id: str
    act: Act
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    neutral: bool = False
    noun_content: bool = False
    content: Literal["asserted", "denied", "hypothetical", "planned"]
    example: tuple[CueExample, ...]


class StatusExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with a trigger and the factuality its words give it."""

    text: str
    trigger: str
    status: Factuality


class StatusCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that decide whether an act happened.

    `through` says how an act hangs on a governor: a relation ("obj", "pass" for the
    subject of a passive, "subj"), or one with its preposition or marker ("nmod:of").
    `part_of` are the types that the words help to call up: they negate no such act.
    `negated` is what an act becomes when its governor is negated; without it the
    negation of a governor changes nothing. `conditioned` are modals of a clause that
    stands on a condition.
    """

    id: str
    status: Factuality
    strength: Literal["sure", "likely"]
    negators: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    governors: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    negated: Factuality | None = None
    conditioned: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    part_of: tuple[EventType, ...] = ()
    example: StatusExample


class Cues(msgspec.Struct, frozen=True, kw_only=True):
    """Cues by lemma. A lemma with several cues keeps them in file order."""

    reporting: tuple[Cue, ...]
    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    phrases: Mapping[str, Cue]
    phrases_by_word: Mapping[str, tuple[tuple[tuple[str, ...], Cue], ...]]
    statuses: tuple[StatusCue, ...]
    negators: Mapping[str, StatusCue]
    modals: Mapping[str, StatusCue]
    governors: Mapping[str, tuple[StatusCue, ...]]
    adverbs: Mapping[str, StatusCue]
    adjectives: Mapping[str, StatusCue]
    markers: Mapping[str, StatusCue]
    conditioned: Mapping[str, StatusCue]
    light: frozenset[str]
    inverted: frozenset[str]
    condition_markers: frozenset[str]
    venue_nouns: frozenset[str]
    venue_prepositions: frozenset[str]
    venue_verbs: frozenset[str]
    addressee_prepositions: frozenset[str]
    tellers: frozenset[str]
    content_openers: frozenset[str]
    outer_markers: frozenset[str]
    first_person: frozenset[str]
    hearsay_adverbs: frozenset[str]
    evidential_adverbs: frozenset[str]
    evidential_passives: frozenset[str]
    agent_prepositions: frozenset[str]


class _ReportingFile(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    cue: tuple[Cue, ...]
    context: Mapping[str, tuple[str, ...]]
    hearsay: Mapping[str, tuple[str, ...]]


class _FactualityFile(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    entry: tuple[StatusCue, ...]
    transparent: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, tuple[str, ...]]
    anonymous: Mapping[str, tuple[str, ...]]


def load_cues() -> Cues:
    """Load and check the cue files; raise `LexiconError` with every problem."""
    reporting = _read("reporting.toml", _ReportingFile)
    factuality = _read("factuality.toml", _FactualityFile)
    problems = [
        *_doubled("reporting.toml", [c.id for c in reporting.cue]),
        *_doubled("factuality.toml", [e.id for e in factuality.entry]),
        *(
            f"reporting.toml: cue {c.id} has no example"
            for c in reporting.cue
            if not c.example
        ),
    ]
    if problems:
        raise LexiconError(problems)
    statuses = factuality.entry
    return Cues(
        reporting=reporting.cue,
        verbs=_many((lemma, c) for c in reporting.cue for lemma in c.verbs),
        nouns=_many((lemma, c) for c in reporting.cue for lemma in c.nouns),
        phrases={p: c for c in reporting.cue for p in c.phrases},
        phrases_by_word=_by_first_word(reporting.cue),
        statuses=statuses,
        negators={w: e for e in statuses for w in e.negators},
        modals={w: e for e in statuses for w in e.modals},
        governors=_many((w, e) for e in statuses for w in e.governors),
        adverbs={w: e for e in statuses for w in e.adverbs},
        adjectives={w: e for e in statuses for w in e.adjectives},
        conditioned={w: e for e in statuses for w in e.conditioned},
        light=frozenset(factuality.transparent["words"]),
        inverted=frozenset(factuality.conditions["inverted"]),
        markers={w: e for e in statuses for w in e.markers},
        condition_markers=frozenset(factuality.conditions["markers"]),
        venue_nouns=frozenset(reporting.context["venue_nouns"]),
        venue_prepositions=frozenset(reporting.context["venue_prepositions"]),
        addressee_prepositions=frozenset(reporting.context["addressee_prepositions"]),
        venue_verbs=frozenset(reporting.context["venue_verbs"]),
        tellers=frozenset(reporting.context["tellers"]),
        content_openers=frozenset(reporting.context["openers"]),
        outer_markers=frozenset(reporting.context["outer_markers"]),
        first_person=frozenset(reporting.context["first_person"]),
        hearsay_adverbs=frozenset(factuality.anonymous["adverbs"]),
        evidential_adverbs=frozenset(reporting.hearsay["adverbs"]),
        evidential_passives=frozenset(reporting.hearsay["passives"]),
        agent_prepositions=frozenset(reporting.hearsay["agents"]),
    )


def _read(name: str, kind: type[Entry]) -> Entry:
    try:
        return msgspec.convert(read_toml(FOLDER / name), kind)
    except msgspec.ValidationError as err:
        raise LexiconError([f"{name}: {err}"]) from err


def _doubled(name: str, ids: list[str]) -> list[str]:
    return [
        f"{name}: id {i} stands twice" for i in sorted(set(ids)) if ids.count(i) > 1
    ]


def _by_first_word(
    cues: Iterable[Cue],
) -> Mapping[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
    """Return the phrases as words by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for cue in cues:
        for phrase in cue.phrases:
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, cue))
    return {
        first: tuple(sorted(same, key=lambda pair: -len(pair[0])))
        for first, same in found.items()
    }


def _many(pairs: Iterable[tuple[str, Entry]]) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for lemma, cue in pairs:
        found.setdefault(lemma, []).append(cue)
    return {lemma: tuple(cues) for lemma, cues in found.items()}
