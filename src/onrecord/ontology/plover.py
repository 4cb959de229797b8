"""Load PLOVER's tables from `data/ontology/plover.toml`."""

import functools
import tomllib
from collections.abc import Mapping
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


class Ontology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """PLOVER's types, contexts, country codes and sectors."""

    origin: str
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
def load_ontology() -> Ontology:
    """Load and check PLOVER's tables; raise `LexiconError` with every problem."""
    try:
        ontology = msgspec.convert(
            tomllib.loads(PLOVER_FILE.read_text(encoding="utf-8")), Ontology
        )
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as err:
        raise LexiconError([f"{PLOVER_FILE.name}: {err}"]) from err
    problems = [
        f"{PLOVER_FILE.name}: event type {name} is missing"
        for name in EventType
        if name not in ontology.event_types
    ]
    problems += [
        f"{PLOVER_FILE.name}: {name} is not one of PLOVER's 16 event types"
        for name in ontology.event_types
        if name not in set(EventType)
    ]
    problems += [
        f"{PLOVER_FILE.name}: {name} has a CAMEO code for the unknown mode {mode}"
        for name, entry in ontology.event_types.items()
        for mode in entry.cameo_by_mode
        if mode not in entry.modes
    ]
    if problems:
        raise LexiconError(problems)
    return ontology
