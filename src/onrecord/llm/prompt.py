"""The codebook as instructions, and as the JSON schema that answers keep to."""

import functools
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA
from onrecord.llm.pieces import PIECE_CHARACTERS, SENTENCES_BEFORE
from onrecord.model.annotation import Act
from onrecord.model.event import EventType, Factuality
from onrecord.ontology import Ontology

PROMPT_FILE = DATA / "llm/prompt.md"
TEMPERATURE = 0
SEED = 1
ANSWER_TOKENS = 6_000  # at most; an answer that needs more is asked for in halves

Schema = dict[str, Any]


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """Instructions and schema; `digest` is a hash of all that decides an answer."""

    id: str
    version: int
    text: str
    schema: Schema
    digest: str


@functools.cache
def _read_prompt() -> tuple[dict[str, str], str]:
    head, mark, body = (
        PROMPT_FILE.read_text(encoding="utf-8")
        .removeprefix("---\n")
        .partition("\n---\n")
    )
    if not mark:
        raise LexiconError([f"{PROMPT_FILE.name}: has no head between lines of ---"])
    pairs = (line.partition(": ") for line in head.splitlines())
    return {name: value for name, _, value in pairs}, body.strip()


def make_prompt(ontology: Ontology) -> Prompt:
    """Return the instructions with the ontology's codes filled in."""
    head, body = _read_prompt()
    for name, value in _slots(ontology).items():
        body = body.replace("{{" + name + "}}", value)
    schema = make_schema(ontology)
    settings = (TEMPERATURE, SEED, ANSWER_TOKENS, PIECE_CHARACTERS, SENTENCES_BEFORE)
    digest = hashlib.blake2b(
        msgspec.json.encode([head, body, schema, settings]), digest_size=6
    )
    return Prompt(
        id=head["id"],
        version=int(head["version"]),
        text=body,
        schema=schema,
        digest=digest.hexdigest(),
    )


def _slots(ontology: Ontology) -> Mapping[str, str]:
    types = ontology.event_types
    return {
        "event_types": "\n".join(
            f"  - {name}: {entry.description}" for name, entry in types.items()
        ),
        "modes": "; ".join(
            f"{name}: {', '.join(entry.modes)}"
            for name, entry in types.items()
            if entry.modes
        ),
        "contexts": ", ".join(ontology.contexts),
        "supranational": ", ".join(ontology.supranational),
        "acts": ", ".join(Act),
    }


def make_schema(ontology: Ontology) -> Schema:
    """Return the schema of an answer, in the form that strict endpoints take."""
    modes = sorted({mode for e in ontology.event_types.values() for mode in e.modes})
    words: Schema = {"type": "string"}
    number: Schema = {"type": "integer"}
    party = _object(words=words, country=_or_null(words))
    there = _object(sentence=number, words=words)
    source = _object(sentence=number, speaker=party, cue=words)
    event = _object(
        sentence=number,
        trigger=words,
        nth=number,
        type=_one_of(EventType),
        mode=_or_null(_object(value=_one_of(modes), words=words)),
        contexts=_list(_object(value=_one_of(ontology.contexts), words=words)),
        actors=_list(party),
        recipients=_list(party),
        factuality=_object(value=_one_of(Factuality), words=words),
        condition=_or_null(words),
        by=_list(source),
        when=_or_null(there),
        where=_list(there),
        numbers=_list(words),
    )
    statement = _object(
        sentence=number,
        speaker=party,
        cue=words,
        act=_one_of(Act),
        content=_list(there),
        addressee=_or_null(words),
        venue=_or_null(words),
    )
    return _object(events=_list(event), statements=_list(statement))


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _one_of(values: Any) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
