"""Read and check the files of frames in `data/frames`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import read_toml, read_tsv
from onrecord.model.event import EventType, Factuality
from onrecord.ontology import Ontology

ANY = "*"  # in `needs` and `unless`: whatever fills the argument
NAME = "@name"  # in `needs` and `unless`: a proper name or personal pronoun
EFFECT = "effect"  # what the verb above acts on, where a noun of acting is its subject
CLASS = "@"  # begins the name of a word class of `shared.toml`
PRECISION_COLUMNS = ("frame_id", "form", "matches", "right")
_ID_LINE = re.compile(r"""^id\s*=\s*["']([^"']*)["']""")
_KEY = re.compile(
    r"(?:subj|obj|iobj|poss|compound|det|amod|advmod|aux|nummod|ccomp|xcomp|advcl|acl"
    r"|effect"
    r"|(?:obl|nmod|advcl|acl):[a-z]+)"
)

Classes = Mapping[str, frozenset[str]]
Measured = Mapping[str, Mapping[str, tuple[int, int]]]


class FrameExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with the trigger and parties that must be found in it."""

    text: str
    trigger: str
    actor: str | None = None
    recipient: str | None = None


class FrameEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
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


class FrameFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file; `actor` and `recipient` replace the shared defaults for its frames."""

    origin: str
    frame: tuple[dict[str, Any], ...]
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None


class SharedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`shared.toml` as it is written."""

    origin: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    light: tuple[str, ...]
    never_party: tuple[str, ...]
    weights: dict[str, float]
    classes: dict[str, tuple[str, ...]]


def read_frames(
    path: Path, problems: list[str]
) -> Iterator[tuple[str, FrameEntry, FrameFile]]:
    """Yield each frame of a file with its `file:line`; note what is not one."""
    if not path.exists():
        problems.append(f"{path.name}:1: the file is missing")
        return
    try:
        file = msgspec.convert(read_toml(path), type=FrameFile)
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
            yield place, msgspec.convert(raw, type=FrameEntry), file
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


def check_entry(
    entry: FrameEntry,
    event_type: EventType,
    ontology: Ontology,
    classes: Classes,
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
                if word.startswith(CLASS) and word != NAME and word not in classes:
                    yield f"{word} is no class of shared.toml"
    for path in (*(entry.actor or ()), *(entry.recipient or ())):
        yield from _check_keys(path.split(">"))


def _check_keys(keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        if not _KEY.fullmatch(key):
            yield f"{key!r} is no argument"


def read_irregular(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the irregular forms of verbs by lemma."""
    return {
        row[0]: tuple(row[1].split()) for _, row in read_tsv(path, ("lemma", "forms"))
    }


def read_precision(path: Path) -> Measured:
    """Return (matches, right) by frame id and form; nothing before it was measured."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    if path.exists():
        for _, row in read_tsv(path, PRECISION_COLUMNS):
            found.setdefault(row[0], {})[row[1]] = (int(row[2]), int(row[3]))
    return found
