"""The numbers that order a brief, as `brief.toml` has them."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.model.event import EventType, Factuality
from onrecord.ontology import load_ontology


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """Each part of a weight; `brief.toml` says what they are."""

    type: Mapping[str, float]
    quad: Mapping[str, float]
    factuality: Mapping[str, float]
    origins: Mapping[str, float]
    confidence: Mapping[str, float]
    parties: Mapping[str, float]
    acts: Mapping[str, str]
    before_days: int


def load_weights() -> Weights:
    """Return the shipped weights."""
    path = Path(__file__).resolve().parent / "brief.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for table in tables.values():
        table.pop("origin")
    before = tables.pop("before")
    return msgspec.convert({**tables, "before_days": before["days"]}, Weights)


def weight_parameters(weights: Weights) -> dict[str, Any]:
    """Return the parameters that the queries of a brief name."""
    ontology = load_ontology()
    types = tuple(EventType)
    quads = {t.value: str(ontology.event_types[t].quad) for t in types}
    acts = tuple(weights.acts)
    return {
        "types": [t.value for t in types],
        "type_weights": [weights.type[t.value] for t in types],
        "quad_weights": [weights.quad[quads[t.value]] for t in types],
        "factualities": [f.value for f in Factuality],
        "factuality_weights": [weights.factuality[f.value] for f in Factuality],
        "origins_step": weights.origins["step"],
        "origins_most": weights.origins["most"],
        "confidence_least": weights.confidence["least"],
        "confidence_statement": weights.confidence["statement"],
        "party_weights": [weights.parties[k] for k in ("none", "one", "both")],
        "acts": list(acts),
        "act_type_weights": [weights.type[weights.acts[a]] for a in acts],
        "act_quad_weights": [weights.quad[quads[weights.acts[a]]] for a in acts],
        "before_days": weights.before_days,
    }
