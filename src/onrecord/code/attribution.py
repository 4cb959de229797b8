"""On whose word an event stands: the chain of attributions around its trigger."""

from collections.abc import Sequence

from onrecord.code.roles import as_party
from onrecord.code.trigger import Candidate
from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Attribution, Sentence
from onrecord.model.event import Source
from onrecord.model.lookup import Nominals, nominal_at
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, dependents

# Set on gold/dev: a speaker that only the reader links.
LEAST_LINK = 0.5


def find_chain(
    number: int,
    sentence: Sentence,
    candidate: Candidate,
    attributions: Sequence[Attribution],
    nominals: Nominals,
) -> tuple[Source, ...]:
    """Return the sources of an event, outermost first; () = the report's own voice.

    Where the trigger is the cue itself ("denied", "accused"), that cue is no source.
    """
    around = [
        a
        for a in attributions
        if any(c.overlaps(candidate.span) for c in a.content)
        and not a.cue.overlaps(candidate.span)
    ]
    around.sort(key=lambda a: (_depth(a, around), -_size(a), a.cue.start))
    chain = [_source(a) for a in around]
    if not chain:
        chain = _linked(number, sentence, candidate, nominals)
    return tuple(_without_repeats(chain))


def _depth(attribution: Attribution, others: Sequence[Attribution]) -> int:
    """Return how many others report this attribution's own cue."""
    return sum(
        any(c.covers(attribution.cue) for c in other.content)
        for other in others
        if other is not attribution
    )


def _size(attribution: Attribution) -> int:
    return sum(c.end - c.start for c in attribution.content)


def _source(attribution: Attribution) -> Source:
    return Source(
        party=as_party(attribution.speaker),
        cue=attribution.cue,
        anonymous=attribution.speaker.anonymous,
    )


def _linked(
    number: int, sentence: Sentence, candidate: Candidate, nominals: Nominals
) -> list[Source]:
    """Return the speaker that the reader links where no attribution was found."""
    links = candidate.score.by if candidate.score else ()
    for token, score in sorted(links, key=lambda link: (-link[1], link[0])):
        nominal = nominal_at(number, sentence, token, nominals)
        if score >= LEAST_LINK and nominal is not None:
            return [
                Source(
                    party=as_party(nominal),
                    cue=nominal.span,
                    anonymous=nominal.anonymous,
                )
            ]
    return []


def _without_repeats(chain: Sequence[Source]) -> list[Source]:
    """Drop a source that the next one repeats ("he said ..., he added ...")."""
    return [
        source
        for i, source in enumerate(chain)
        if i + 1 == len(chain) or chain[i + 1].party.entity_id != source.party.entity_id
    ]


def find_hearsay(sentence: Sentence, token: int, cues: Cues) -> Span | None:
    """Return the adverb by which the report leans on an unnamed source."""
    for here in (token, *ancestors(sentence, token)[:1]):
        for child in dependents(sentence, here, "advmod"):
            word = sentence.tokens[child]
            if word.text.lower() in cues.hearsay_adverbs:
                return word.span
    return None
