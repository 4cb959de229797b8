"""Frames: what a word of acting or speaking calls up, from `data/frames`.

One file per event type; `shared.toml` holds the word classes that `needs` and `unless`
name with `@`, the light verbs, and the default places of actor and recipient.
`forms.tsv` has irregular forms, `precision.tsv` what `tools/measure_frames.py` found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_toml, read_tsv
from onrecord.lexicon.inflect import inflect_noun, inflect_verb
from onrecord.model.event import EventType, Factuality
from onrecord.ontology import Ontology

FOLDER = DATA / "frames"
ANY = "*"  # in `needs` and `unless`: whatever fills the argument
NAME = "@name"  # in `needs` and `unless`: a proper name or personal pronoun
EFFECT = "effect"  # what the verb above acts on, where a noun of acting is its subject
_CLASS = "@"
_ID_LINE = re.compile(r"""^id\s*=\s*["']([^"']*)["']""")
_KEY = re.compile(
    r"(?:subj|obj|iobj|poss|compound|det|amod|advmod|aux|nummod|ccomp|xcomp|advcl|acl"
    r"|effect"
    r"|(?:obl|nmod|advcl|acl):[a-z]+)"
)

Kind = Literal["verb", "noun", "adjective"]
Wants = Mapping[str, frozenset[str]]
Measured = Mapping[str, Mapping[str, tuple[int, int]]]

PRECISION_COLUMNS = ("frame_id", "form", "matches", "right")
PRIOR = 2  # matches of a form that weigh as much as all of its frame's


class FrameExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with the trigger and parties that must be found in it."""

    text: str
    trigger: str
    actor: str | None = None
    recipient: str | None = None


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One frame as it is written."""

    id: str
    event_type: EventType
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    needs: dict[str, tuple[str, ...]] = {}
    unless: dict[str, tuple[str, ...]] = {}
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    mutual: bool = False
    complement: Factuality | None = None
    origin: str | None = None
    example: tuple[FrameExample, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file; `actor` and `recipient` replace the shared defaults for its frames."""

    origin: str
    frame: tuple[dict[str, Any], ...]
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None


class _Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`shared.toml` as it is written."""

    origin: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    light: tuple[str, ...]
    never_party: tuple[str, ...]
    weights: dict[str, float]
    classes: dict[str, tuple[str, ...]]


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
        shared = msgspec.convert(read_toml(shared_file), type=_Shared)
    except msgspec.ValidationError as err:
        raise LexiconError([f"{shared_file.name}:?: {err}"]) from err
    classes = {
        _CLASS + name: frozenset(words) for name, words in shared.classes.items()
    }
    measured = _read_precision(folder / "precision.tsv")
    problems: list[str] = []
    frames: list[Frame] = []
    places: dict[str, str] = {}
    for event_type in EventType:
        path = folder / f"{event_type.lower()}.toml"
        for place, entry, file in _read_frames(path, problems):
            if entry.id in places:
                problems.append(f"{place}: {entry.id} stands in {places[entry.id]} too")
                continue
            places[entry.id] = place
            wrong = list(_check(entry, event_type, ontology, classes))
            problems += [f"{place}: {entry.id}: {what}" for what in wrong]
            if not wrong:
                frames.append(_make_frame(entry, file, shared, classes, measured))
    forms = list(_forms(frames, measured))
    problems += _find_clashes(forms, places)
    if problems:
        raise LexiconError(problems)
    return _compile(frames, forms, shared, _read_irregular(folder / "forms.tsv"))


def _read_frames(
    path: Path, problems: list[str]
) -> Iterator[tuple[str, _Entry, _File]]:
    """Yield each frame of a file with its `file:line`; note what is not one."""
    if not path.exists():
        problems.append(f"{path.name}:1: the file is missing")
        return
    try:
        file = msgspec.convert(read_toml(path), type=_File)
    except LexiconError as err:
        problems += err.problems
        return
    except msgspec.ValidationError as err:
        problems.append(f"{path.name}:1: {err}")
        return
    lines = _id_lines(path)
    seen: dict[str, int] = {}
    for raw in file.frame:
        frame_id = str(raw.get("id"))
        nth = seen.get(frame_id, 0)
        seen[frame_id] = nth + 1
        at = lines.get(frame_id, ())
        place = f"{path.name}:{at[nth] if nth < len(at) else '?'}"
        try:
            yield place, msgspec.convert(raw, type=_Entry), file
        except msgspec.ValidationError as err:
            problems.append(f"{place}: {frame_id}: {err}")


def _id_lines(path: Path) -> Mapping[str, tuple[int, ...]]:
    """Return the lines on which each id is given."""
    found: dict[str, list[int]] = {}
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = _ID_LINE.match(text)
        if match:
            found.setdefault(match.group(1), []).append(line)
    return {frame_id: tuple(lines) for frame_id, lines in found.items()}


def _check(
    entry: _Entry,
    event_type: EventType,
    ontology: Ontology,
    classes: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    """Yield what is wrong with one frame."""
    if not entry.id.startswith(f"{event_type.lower()}."):
        yield f"an id in this file begins with {event_type.lower()}."
    if entry.event_type is not event_type:
        yield f"event type {entry.event_type} stands in the file of {event_type}"
    if entry.mode is not None and entry.mode not in ontology.modes[entry.event_type]:
        yield f"{entry.event_type} has no mode {entry.mode}"
    if not entry.verbs + entry.nouns + entry.adjectives:
        yield "no verbs, nouns or adjectives"
    if not entry.example:
        yield "no example"
    for example in entry.example:
        for cited in (example.trigger, example.actor, example.recipient):
            if cited is not None and cited not in example.text:
                yield f"{cited!r} does not stand in its example"
    for form in entry.verbs + entry.nouns + entry.adjectives:
        if form != " ".join(form.lower().split()) or not form:
            yield f"the form {form!r} is not in lower case with single blanks"
    for wants in (entry.needs, entry.unless):
        for key, words in wants.items():
            yield from _check_keys(key.split("|"))
            for word in words:
                if word.startswith(_CLASS) and word != NAME and word not in classes:
                    yield f"{word} is no class of shared.toml"
    for path in (*(entry.actor or ()), *(entry.recipient or ())):
        yield from _check_keys(path.split(">"))


def _check_keys(keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        if not _KEY.fullmatch(key):
            yield f"{key!r} is no argument"


def _make_frame(
    entry: _Entry,
    file: _File,
    shared: _Shared,
    classes: Mapping[str, frozenset[str]],
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


def _resolve(
    wants: Mapping[str, tuple[str, ...]], classes: Mapping[str, frozenset[str]]
) -> Wants:
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
    shared: _Shared,
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


def _read_irregular(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the irregular forms of verbs by lemma."""
    return {
        row[0]: tuple(row[1].split()) for _, row in read_tsv(path, ("lemma", "forms"))
    }


def _read_precision(path: Path) -> Measured:
    """Return (matches, right) by frame id and form; nothing before it was measured."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    if path.exists():
        for _, row in read_tsv(path, PRECISION_COLUMNS):
            found.setdefault(row[0], {})[row[1]] = (int(row[2]), int(row[3]))
    return found
