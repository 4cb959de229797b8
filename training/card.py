"""Write what the model is made of: for people (CARD.md) and programs (card.json)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from onrecord.understand.reader.onnx import MODEL_FILE
from training.settings import Settings

SOURCES = (
    {
        "name": "Universal Dependencies English EWT",
        "use": "tags, trees, lemmas",
        "licence": "CC BY-SA 4.0",
    },
    {
        "name": "GUM, the genres under free licences",
        "use": "tags, trees, lemmas, names",
        "licence": "CC BY, CC BY-SA, public domain",
    },
    {
        "name": "Universal NER, English EWT",
        "use": "names",
        "licence": "CC BY-SA 4.0",
    },
    {"name": "CrossNER, politics", "use": "names", "licence": "MIT"},
    {
        "name": "onrecord gold annotations (train)",
        "use": "events, statements",
        "licence": "CC BY 4.0",
    },
    {
        "name": "onrecord written and long reports",
        "use": "events, statements",
        "licence": "CC BY 4.0",
    },
    {
        "name": "onrecord annotations of Wikinews and of written reports",
        "use": "events, statements",
        "licence": "CC BY 4.0",
    },
    {
        "name": "Wikinews 2019-2020, texts under the gold and these annotations",
        "use": "events, statements",
        "licence": "CC BY 2.5",
    },
    {
        "name": "re3d (dstl), texts under the gold annotations",
        "use": "events, statements",
        "licence": "US public domain, OGL v3, CC BY 3.0 AU",
    },
)
BACKBONE = {"name": "sentence-transformers/all-MiniLM-L6-v2", "licence": "Apache-2.0"}
LICENCE = "CC BY-SA 4.0"


def write_card(
    folder: Path,
    settings: Settings,
    scores: Mapping[str, Mapping[str, Mapping[str, Any]]],
    minutes: float,
) -> None:
    """Write both cards beside the model; `minutes` is what training took."""
    digest = hashlib.sha256((folder / MODEL_FILE).read_bytes()).hexdigest()
    card = {
        "name": "onrecord reader",
        "licence": LICENCE,
        "sha256": digest,
        "backbone": BACKBONE,
        "sources": SOURCES,
        "recipe": asdict(settings),
        "training_minutes": round(minutes, 1),
        "dev": scores,
    }
    text = json.dumps(card, indent=2) + "\n"
    (folder / "card.json").write_text(text, encoding="utf-8")
    (folder / "CARD.md").write_text(_page(card, scores), encoding="utf-8")


def _page(
    card: Mapping[str, Any], scores: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> str:
    rows = [f"| {s['name']} | {s['use']} | {s['licence']} |" for s in SOURCES]
    lines = [
        "# The reader",
        "",
        "One small transformer that reads a sentence once and answers with tags, a",
        "Universal Dependencies tree, names, event triggers with their types,",
        "factuality and parties, and statement cues with their speakers.",
        "",
        f"Licence of the weights: {LICENCE}. Backbone: {BACKBONE['name']}",
        f"({BACKBONE['licence']}), tuned whole, with an embedding of capitals added.",
        f"SHA-256 of `{MODEL_FILE}`: `{card['sha256']}`.",
        "",
        "## Trained on",
        "",
        "| text | for | licence |",
        "|---|---|---|",
        *rows,
        "",
        "## Recipe",
        "",
        f"{card['recipe']['epochs']} passes in bfloat16 on two CPU cores,",
        f"{card['training_minutes']} minutes; every number is in `card.json`. Shipped",
        "in static int8, the heads and the outputs of the inner layers in fp32.",
        "",
        "## Scores on dev, per cent",
        "",
        "Syntax on raw text, cut by our own tokenizer: UD English EWT and GUM dev.",
        "Events on 14 held-out reports, heads alone, no lexicon, no actor tables.",
        "",
    ]
    for part in ("syntax", "events"):
        keys = list(next(iter(scores.values()))[part])
        lines += [
            "| | " + " | ".join(keys) + " |",
            "|---" * (len(keys) + 1) + "|",
            *(
                f"| {precision} | "
                + " | ".join(str(found[part][key]) for key in keys)
                + " |"
                for precision, found in scores.items()
            ),
            "",
        ]
    lines += [
        "## Known limits",
        "",
        "English only. Names of organisations are the weakest layer. Wrong types of",
        'events outnumber missed ones. A sentence is read alone: who "they" are, and',
        "what a headline leaves out, is for later stages. Weights follow the",
        "annotation guidelines' view of what a political event is, and no other.",
        "",
    ]
    return "\n".join(lines)
