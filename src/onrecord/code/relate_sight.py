"""See a pair of spans in its sentence, with the words that may say how they relate.

A candidate is a word that the reader or a frame takes for an act, or a content word on
the path of the tree between the two parties.
"""

from collections.abc import Iterable, Mapping

import msgspec

from onrecord.code.arguments import Arguments, find_arguments
from onrecord.code.frames import FrameMatch, find_matches
from onrecord.lexicon.frames import FrameLexicon
from onrecord.model.annotation import Sentence, TriggerScore
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, governor, tokens_in

LEAST_CHANCE = 0.02  # of a word's calling up an event, by the reader
CONTENT = frozenset({"VERB", "NOUN", "ADJ"})


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence with the words of actor and recipient and the candidates.

    `actor` and `recipient` are words, 0-based, empty where the party stands in another
    sentence; `path` are the words of the tree between their heads.
    """

    sentence: Sentence
    actor: frozenset[int]
    recipient: frozenset[int]
    path: tuple[int, ...]
    candidates: tuple[int, ...]
    scores: Mapping[int, TriggerScore]
    matches: Mapping[int, tuple[FrameMatch, ...]]
    arguments: Mapping[int, Arguments]


def look(
    sentence: Sentence, actor: Span | None, recipient: Span | None, frames: FrameLexicon
) -> Sight:
    """Return what a sentence shows of a pair."""
    actors = frozenset(tokens_in(sentence, actor) if actor else ())
    recipients = frozenset(tokens_in(sentence, recipient) if recipient else ())
    path = _path(sentence, actors, recipients)
    scores = {t.token: t for t in sentence.triggers}
    matches = _by_word(find_matches(sentence, frames))
    read = {t for t, s in scores.items() if 1 - s.type_scores[0] >= LEAST_CHANCE}
    between = {t for t in path if sentence.tokens[t].upos in CONTENT}
    candidates = tuple(sorted(read | set(matches) | (between - actors - recipients)))
    return Sight(
        sentence=sentence,
        actor=actors,
        recipient=recipients,
        path=path,
        candidates=candidates or tuple(range(len(sentence.tokens))),
        scores=scores,
        matches=matches,
        arguments={t: find_arguments(sentence, t) for t in candidates},
    )


def head_of(sentence: Sentence, words: Iterable[int]) -> int | None:
    """Return the first word of a phrase that hangs on none of its own words."""
    inside = set(words)
    return next(
        (t for t in sorted(inside) if governor(sentence, t) not in inside), None
    )


def _by_word(matches: Iterable[FrameMatch]) -> dict[int, tuple[FrameMatch, ...]]:
    found: dict[int, tuple[FrameMatch, ...]] = {}
    for match in matches:
        found[match.token] = (*found.get(match.token, ()), match)
    return found


def _path(
    sentence: Sentence, actors: frozenset[int], recipients: frozenset[int]
) -> tuple[int, ...]:
    """Return the words of the tree between two phrases, their heads included."""
    first, second = head_of(sentence, actors), head_of(sentence, recipients)
    if first is None or second is None:
        return ()
    up = (first, *ancestors(sentence, first))
    down = (second, *ancestors(sentence, second))
    top = next((t for t in up if t in down), None)
    if top is None:
        return (first, second)
    return (*up[: up.index(top) + 1], *reversed(down[: down.index(top)]))
