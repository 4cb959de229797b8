"""PLOVER's contexts: what an event is about, by the words of its sentence."""

from onrecord.lexicon.contexts import ContextLexicon
from onrecord.model.annotation import Sentence
from onrecord.model.evidence import Cited
from onrecord.model.span import Span


def find_contexts(
    sentence: Sentence, lexicon: ContextLexicon
) -> tuple[Cited[str], ...]:
    """Return each context once, in text order, with the first words that name it."""
    lemmas = [t.lemma.lower() for t in sentence.tokens]
    found: dict[str, Cited[str]] = {}
    for start in range(len(lemmas)):
        for length in range(lexicon.longest, 0, -1):
            key = tuple(lemmas[start : start + length])
            names = lexicon.by_lemmas.get(key) if len(key) == length else None
            if not names:
                continue
            last = sentence.tokens[start + length - 1]
            span = Span(sentence.tokens[start].start, last.end)
            for name in names:
                rule = f"contexts/{name}"
                found.setdefault(name, Cited(name, (span,), rule))
            break
    return tuple(found.values())
