"""PLOVER and CAMEO as tables: types, modes, contexts, codes and scores."""

from onrecord.ontology.plover import EventTypeEntry, Ontology, load_ontology

__all__ = ["EventTypeEntry", "Ontology", "load_ontology"]
