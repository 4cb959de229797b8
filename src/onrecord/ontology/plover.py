"""Load PLOVER's tables from `data/ontology/plover.toml`."""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.model.event import EventType

PLOVER_FILE = Path(__file__).resolve().parent.parent / "data/ontology/plover.toml"


class EventTypeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event type; `score` is PLOVER's base score, `modes` each mode's own."""

    quad: int
    score: float
    cameo: str
    needs_recipient: bool
    description: str
    modes: Mapping[str, float] = {}
    cameo_by_mode: Mapping[str, str] = {}


class Alternative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manual says elsewhere: `manual` where, `reason` why it is not used."""

    manual: str
    reason: str
    quad: Mapping[str, int] = {}
    score: Mapping[str, float] = {}
    needs_recipient: Mapping[str, bool] = {}


class Ontology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """PLOVER's types, contexts, country codes and sectors.

    `event_types` have the values of the alternatives that are `in_force`.
    """

    origin: str
    in_force: tuple[str, ...]
    alternatives: Mapping[str, Alternative]
    contexts: tuple[str, ...]
    states: tuple[str, ...]
    supranational: tuple[str, ...]
    sectors: Mapping[str, str]
    event_types: Mapping[str, EventTypeEntry]

    @property
    def countries(self) -> frozenset[str]:
        """Return every valid country code: ISO 3166 alpha-3, KOS, PLOVER's own."""
        return frozenset(self.states) | frozenset(self.supranational)

    @property
    def modes(self) -> Mapping[str, frozenset[str]]:
        """Return the modes of each event type."""
        return {name: frozenset(e.modes) for name, e in self.event_types.items()}

    @property
    def mode_scores(self) -> Mapping[tuple[str, str], float]:
        """Return PLOVER's score of each (event type, mode)."""
        return {
            (name, mode): score
            for name, entry in self.event_types.items()
            for mode, score in entry.modes.items()
        }

    def score(self, event_type: str, mode: str | None) -> float:
        """Return the mode's score where there is one, else the type's base score."""
        entry = self.event_types[event_type]
        return entry.score if mode is None else entry.modes[mode]

    def cameo(self, event_type: str, mode: str | None) -> str:
        """Return the CAMEO root code, two digits."""
        entry = self.event_types[event_type]
        return entry.cameo_by_mode.get(mode or "", entry.cameo)


@functools.cache
def load_ontology(in_force: tuple[str, ...] | None = None) -> Ontology:
    """Load and check PLOVER's tables; raise `LexiconError` with every problem.

    `in_force` names alternatives to use; None uses those that the file names.
    """
    try:
        ontology = msgspec.convert(
            tomllib.loads(PLOVER_FILE.read_text(encoding="utf-8")), Ontology
        )
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as err:
        raise LexiconError([f"{PLOVER_FILE.name}: {err}"]) from err
    if in_force is not None:
        ontology = msgspec.structs.replace(ontology, in_force=in_force)
    problems = [f"{PLOVER_FILE.name}: {p}" for p in _find_problems(ontology)]
    if problems:
        raise LexiconError(problems)
    return _with_alternatives(ontology)


def _find_problems(ontology: Ontology) -> Iterable[str]:
    types = ontology.event_types
    for needed in EventType:
        if needed not in types:
            yield f"event type {needed} is missing"
    for name, entry in types.items():
        if name not in set(EventType):
            yield f"{name} is not one of PLOVER's 16 event types"
        for mode in entry.cameo_by_mode:
            if mode not in entry.modes:
                yield f"{name} has a CAMEO code for the unknown mode {mode}"
    for name in ontology.in_force:
        if name not in ontology.alternatives:
            yield f"there is no alternative {name} to be in force"
    for name, other in ontology.alternatives.items():
        for event_type in (*other.quad, *other.score, *other.needs_recipient):
            if event_type not in types:
                yield f"the alternative {name} is about the unknown type {event_type}"


def _with_alternatives(ontology: Ontology) -> Ontology:
    """Return the tables with the values of the alternatives in force."""
    types = dict(ontology.event_types)
    for name in ontology.in_force:
        other = ontology.alternatives[name]
        for field in ("quad", "score", "needs_recipient"):
            for event_type, value in getattr(other, field).items():
                types[event_type] = msgspec.structs.replace(
                    types[event_type], **{field: value}
                )
    return msgspec.structs.replace(ontology, event_types=types)
