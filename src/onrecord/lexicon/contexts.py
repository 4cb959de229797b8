"""PLOVER's contexts by lemma, from `data/contexts`."""

from collections.abc import Mapping

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_toml
from onrecord.ontology import Ontology

FILE = DATA / "contexts" / "contexts.toml"


class ContextLexicon(msgspec.Struct, frozen=True):
    """Contexts by their lower-cased lemmas; a key is a run of one to three lemmas."""

    by_lemmas: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int


class _File(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    contexts: Mapping[str, tuple[str, ...]]


def load_contexts(ontology: Ontology) -> ContextLexicon:
    """Load the contexts; raise `LexiconError` for one that PLOVER does not have."""
    try:
        file = msgspec.convert(read_toml(FILE), _File)
    except msgspec.ValidationError as err:
        raise LexiconError([f"{FILE.name}: {err}"]) from err
    problems = [
        f"{FILE.name}: context {name} is not in PLOVER"
        for name in file.contexts
        if name not in ontology.contexts
    ]
    problems += [
        f"{FILE.name}: PLOVER's context {name} has no words"
        for name in ontology.contexts
        if not file.contexts.get(name)
    ]
    if problems:
        raise LexiconError(problems)
    found: dict[tuple[str, ...], list[str]] = {}
    for name, lemmas in file.contexts.items():
        for lemma in lemmas:
            found.setdefault(tuple(lemma.lower().split()), []).append(name)
    return ContextLexicon(
        by_lemmas={k: tuple(v) for k, v in found.items()},
        longest=max(len(k) for k in found),
    )
