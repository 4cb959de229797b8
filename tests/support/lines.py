"""Build lines of events as `onrecord.records` writes them, for tests of what is shown.

Words are found in the sentence, so that spans are right by construction.
"""

from typing import Any

SENTENCE = "Russia demanded guarantees, officials said, or 5,000 troops would go."
START = 100  # where the sentence begins in its report


def build_span(words: str) -> dict[str, Any]:
    """Return the span of `words` in the sentence."""
    at = SENTENCE.index(words) + START
    return {"start": at, "end": at + len(words), "text": words}


def build_party(words: str, name: str, **fields: Any) -> dict[str, Any]:
    """Return a party named by `words`."""
    return {
        **build_span(words),
        "name": name,
        "entity_id": f"ent-{name.lower()}",
        "country": None,
        "sectors": [],
        "role": None,
        "basis": "lexicon",
        "antecedent": None,
        **fields,
    }


def build_event(**fields: Any) -> dict[str, Any]:
    """Return the line of a demand by Russia, with `fields` put over it."""
    trigger = build_span("demanded")
    return {
        "record": "event",
        "schema_version": 1,
        "event_id": "evt-0123456789abcdef0123",
        "doc_id": "doc-1",
        "telling_id": None,
        "source_id": "r1",
        "story_id": None,
        "event_type": "REQUEST",
        "mode": None,
        "contexts": [],
        "quad": 3,
        "score": 0.0,
        "cameo": "10",
        "trigger": trigger,
        "sentence": {"start": START, "end": START + len(SENTENCE), "text": SENTENCE},
        "actors": [build_party("Russia", "Russia", country="RUS", sectors=["GOV"])],
        "recipients": [],
        "factuality": "happened",
        "historical": False,
        "condition": None,
        "attribution": [],
        "when": None,
        "where": [],
        "quantities": [],
        "confidence": 0.9,
        "rule": "frames/request.demand#1",
        "cells": [
            {
                "cell": "event_type",
                "value": "REQUEST",
                "spans": [trigger],
                "rule": "frames/request.demand#1",
            },
            {
                "cell": "factuality",
                "value": "happened",
                "spans": [trigger],
                "rule": "factuality/plain",
            },
        ],
        **fields,
    }
