"""PLOVER and CAMEO as tables: types, modes, contexts, codes and scores."""

from onrecord.ontology.plover import (
    Alternative,
    EventTypeEntry,
    Ontology,
    load_ontology,
)

__all__ = ["Alternative", "EventTypeEntry", "Ontology", "load_ontology"]
