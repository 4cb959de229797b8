"""On whose word an event stands: the chain of attributions around its trigger."""

from collections.abc import Container, Mapping, Sequence

from onrecord.code.roles import as_party
from onrecord.code.trigger import Candidate
from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Act, Attribution, Form, Sentence
from onrecord.model.event import Source
from onrecord.model.lookup import Nominals, nominal_at
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, dependents, has_relation

# Cut-offs of the reader's link from a trigger to who tells of it, set on gold/dev:
LEAST_LINK = 0.5  # a speaker that only the reader links
KEEP_LINK = 0.75  # a speaker of the same sentence, where the reader saw the trigger

# Acts whose target the report itself takes for a fact: "condemned the attack".
STANCES = (Act.ACCUSE, Act.PRAISE, Act.SAY, Act.CONFIRM)
CLAUSES = ("ccomp", "xcomp", "csubj", "parataxis", "advcl", "acl")


def find_chain(
    number: int,
    sentence: Sentence,
    candidate: Candidate,
    attributions: Sequence[Attribution],
    nominals: Nominals,
) -> tuple[Source, ...]:
    """Return the sources of an event, outermost first; () = the report's own voice.

    Where the trigger is the cue itself ("denied", "accused"), that cue is no source;
    nor is one that only takes a stance on a thing ("welcomed the agreement"), nor a
    speaker of the same sentence whom the reader does not link to the trigger.
    """
    linked = _links(number, sentence, candidate, nominals)
    holding = [
        a
        for a in attributions
        if any(c.overlaps(candidate.span) for c in a.content)
        and not a.cue.overlaps(candidate.span)
    ]
    around = [
        a
        for a in holding
        if a.sentence != number or _tells(sentence, candidate, a, linked)
    ]
    around.sort(key=lambda a: (_depth(a, around), -_size(a), a.cue.start))
    chain = [_source(a) for a in around]
    if not chain:
        barred = {a.speaker.entity_id for a in holding}
        chain = _linked(number, sentence, candidate, nominals, barred)
    return tuple(_without_repeats(chain))


def _links(
    number: int, sentence: Sentence, candidate: Candidate, nominals: Nominals
) -> Mapping[str, float] | None:
    """Return the reader's links by entity; None where it did not see the trigger."""
    if candidate.score is None:
        return None
    found: dict[str, float] = {}
    for token, score in candidate.score.by:
        nominal = nominal_at(number, sentence, token, nominals)
        if nominal is not None:
            known = found.get(nominal.entity_id, 0.0)
            found[nominal.entity_id] = max(known, score)
    return found


def _tells(
    sentence: Sentence,
    candidate: Candidate,
    attribution: Attribution,
    linked: Mapping[str, float] | None,
) -> bool:
    """Tell whether a speaker of this sentence vouches for the trigger."""
    if attribution.speaker.span == attribution.cue:
        return True
    if attribution.form is Form.DIRECT:
        return True
    if linked is not None:
        link = linked.get(attribution.speaker.entity_id, 0.0)
        if link < KEEP_LINK:
            return False
    return attribution.act not in STANCES or not _is_target(
        sentence, candidate.token, attribution.cue_token
    )


def _is_target(sentence: Sentence, token: int, cue: int) -> bool:
    """Tell whether a word is below the cue as a thing, in no clause of its own."""
    above = ancestors(sentence, token)
    if cue not in above:
        return False
    path = (token, *above[: above.index(cue)])
    return not any(has_relation(sentence.tokens[i], *CLAUSES) for i in path)


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
    number: int,
    sentence: Sentence,
    candidate: Candidate,
    nominals: Nominals,
    barred: Container[str],
) -> list[Source]:
    """Return the speaker that the reader links where no attribution was found."""
    links = candidate.score.by if candidate.score else ()
    for token, score in sorted(links, key=lambda link: (-link[1], link[0])):
        nominal = nominal_at(number, sentence, token, nominals)
        if score < LEAST_LINK:
            break
        if nominal is not None and nominal.entity_id not in barred:
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
