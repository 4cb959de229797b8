"""Frames: what a word of acting or speaking calls up, from `data/frames`.

One file per event type; `shared.toml` holds the word classes that `needs` and `unless`
name with `@`, the light verbs, and the default places of actor and recipient.
`forms.tsv` has irregular forms, `precision.tsv` what `tools/measure_frames.py` found.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_toml
from onrecord.lexicon.frame_files import (
    CLASS,
    Classes,
    FrameEntry,
    FrameExample,
    FrameFile,
    Measured,
    SharedWords,
    check_entry,
    read_frames,
    read_irregular,
    read_precision,
)
from onrecord.lexicon.inflect import inflect_noun, inflect_verb
from onrecord.model.event import EventType, Factuality
from onrecord.ontology import Ontology

FOLDER = DATA / "frames"
PRIOR = 2  # matches of a form that weigh as much as all of its frame's

Kind = Literal["verb", "noun", "adjective"]
Wants = Mapping[str, frozenset[str]]


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One sense of some words: the event type they call up and where its parties stand.

    `needs` and `unless` map logical arguments ("obj", "obl:with"; alternatives joined
    by `|`) to lemmas. `actor` and `recipient` list arguments in order of preference;
    `a>b` is argument b of argument a. `complement` is the factuality of an act that
    stands in the complement (demanded, threatened, denied). `precision` is the share of
    `matches` in annotated reports that are events of this type, with one added to both
    sides.
    """

    id: str
    event_type: EventType
    mode: str | None
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    needs: Wants
    unless: Wants
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    mutual: bool
    complement: Factuality | None
    origin: str
    example: tuple[FrameExample, ...]
    matches: int = 0
    precision: float = 0.5


class FrameForm(msgspec.Struct, frozen=True):
    """One form of a frame: the words that must stand under (or before) its head.

    `precision` is the form's own, drawn towards the frame's where it was seen seldom.
    """

    frame: Frame
    text: str
    extras: tuple[str, ...]
    precision: float

    @property
    def specificity(self) -> int:
        """Return how many conditions the form sets."""
        return len(self.extras) + len(self.frame.needs)


class FrameLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """All frames, by kind and lemma of their head word.

    `weights` say by relation of the head how much less an act is meant where the word
    only describes another ("attack aircraft", "a signed letter").
    """

    frames: tuple[Frame, ...]
    index: Mapping[tuple[Kind, str], tuple[FrameForm, ...]]
    lemmas: Mapping[tuple[Kind, str], str]
    light: frozenset[str]
    weights: Mapping[str, float]
    parties: frozenset[str]
    never_parties: frozenset[str]

    def forms(self, kind: Kind, lemma: str, text: str) -> tuple[FrameForm, ...]:
        """Return the forms whose head is `lemma`, or else of which `text` is a form."""
        found = self.index.get((kind, lemma.lower()))
        if found:
            return found
        known = self.lemmas.get((kind, text.lower()))
        return self.index[kind, known] if known else ()

    def is_light(self, lemma: str, text: str) -> bool:
        """Tell whether a verb adds nothing to a noun of acting ("launch an attack")."""
        known = self.lemmas.get(("verb", text.lower()), "")
        return lemma.lower() in self.light or known in self.light


def load_frames(ontology: Ontology, *, folder: Path = FOLDER) -> FrameLexicon:
    """Load and check every frame; raise `LexiconError` with all problems."""
    shared_file = folder / "shared.toml"
    try:
        shared = msgspec.convert(read_toml(shared_file), type=SharedWords)
    except msgspec.ValidationError as err:
        raise LexiconError([f"{shared_file.name}:?: {err}"]) from err
    classes = {CLASS + name: frozenset(words) for name, words in shared.classes.items()}
    measured = read_precision(folder / "precision.tsv")
    problems: list[str] = []
    frames: list[Frame] = []
    places: dict[str, str] = {}
    for event_type in EventType:
        path = folder / f"{event_type.lower()}.toml"
        for place, entry, file in read_frames(path, problems):
            if entry.id in places:
                problems.append(f"{place}: {entry.id} stands in {places[entry.id]} too")
                continue
            places[entry.id] = place
            wrong = list(check_entry(entry, event_type, ontology, classes))
            problems += [f"{place}: {entry.id}: {what}" for what in wrong]
            if not wrong:
                frames.append(_make_frame(entry, file, shared, classes, measured))
    forms = list(_forms(frames, measured))
    problems += _find_clashes(forms, places)
    if problems:
        raise LexiconError(problems)
    return _compile(frames, forms, shared, read_irregular(folder / "forms.tsv"))


def _make_frame(
    entry: FrameEntry,
    file: FrameFile,
    shared: SharedWords,
    classes: Classes,
    measured: Measured,
) -> Frame:
    counts = measured.get(entry.id, {}).values()
    matches, right = (sum(column) for column in zip((0, 0), *counts, strict=True))
    return Frame(
        id=entry.id,
        event_type=entry.event_type,
        mode=entry.mode,
        verbs=entry.verbs,
        nouns=entry.nouns,
        adjectives=entry.adjectives,
        needs=_resolve(entry.needs, classes),
        unless=_resolve(entry.unless, classes),
        actor=entry.actor or file.actor or shared.actor,
        recipient=entry.recipient or file.recipient or shared.recipient,
        mutual=entry.mutual,
        complement=entry.complement,
        origin=entry.origin or file.origin,
        example=entry.example,
        matches=matches,
        precision=round((right + 1) / (matches + 2), 4),
    )


def _resolve(wants: Mapping[str, tuple[str, ...]], classes: Classes) -> Wants:
    """Replace the names of word classes by their words."""
    return {
        key: frozenset().union(*(classes.get(word, {word}) for word in words))
        for key, words in wants.items()
    }


def _forms(
    frames: Iterable[Frame], measured: Measured
) -> Iterator[tuple[Kind, str, FrameForm]]:
    """Yield the kind and head lemma of every form of every frame."""
    for frame in frames:
        counts = measured.get(frame.id, {})
        for kind, texts in _by_kind(frame):
            for text in texts:
                words = text.split()
                head = words.pop(-1 if kind == "noun" else 0)
                matches, right = counts.get(text, (0, 0))
                own = (right + PRIOR * frame.precision) / (matches + PRIOR)
                yield kind, head, FrameForm(frame, text, tuple(words), round(own, 4))


def _by_kind(frame: Frame) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    return (
        ("verb", frame.verbs),
        ("noun", frame.nouns),
        ("adjective", frame.adjectives),
    )


def _find_clashes(
    forms: Iterable[tuple[Kind, str, FrameForm]], places: Mapping[str, str]
) -> list[str]:
    """Say which forms call up two event types under the same conditions."""
    first: dict[tuple[object, ...], Frame] = {}
    problems = []
    for kind, head, form in forms:
        frame = form.frame
        needs = tuple(sorted((key, tuple(sorted(w))) for key, w in frame.needs.items()))
        key = (kind, head, tuple(sorted(form.extras)), needs)
        other = first.setdefault(key, frame)
        if other.event_type is not frame.event_type:
            words = " ".join([head, *form.extras])
            problems.append(
                f"{places[frame.id]}: {frame.id}: the {kind} {words!r} calls up"
                f" {other.event_type} in {other.id} under the same needs"
            )
    return problems


def _compile(
    frames: list[Frame],
    forms: list[tuple[Kind, str, FrameForm]],
    shared: SharedWords,
    irregular: Mapping[str, tuple[str, ...]],
) -> FrameLexicon:
    index: dict[tuple[Kind, str], list[FrameForm]] = {}
    for kind, head, form in forms:
        index.setdefault((kind, head), []).append(form)
    lemmas: dict[tuple[Kind, str], str] = {}
    for kind, head in sorted(index):
        inflected = inflect_noun(head) if kind == "noun" else inflect_verb(head)
        if kind == "adjective":
            inflected = frozenset({head})
        for text in sorted(inflected):
            lemmas.setdefault((kind, text), head)
    for head, texts in irregular.items():
        if ("verb", head) in index:
            lemmas.update({("verb", text): head for text in texts})
    return FrameLexicon(
        frames=tuple(frames),
        index={key: tuple(found) for key, found in index.items()},
        lemmas=lemmas,
        light=frozenset(shared.light),
        weights=shared.weights,
        parties=frozenset(shared.classes["party"] + shared.classes["people"]),
        never_parties=frozenset(shared.never_party),
    )
