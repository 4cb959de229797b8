"""Find who said what: cue, speaker, content, act, form, venue, addressee.

attributions_cues     which words are cues
attributions_who      who speaks, to whom, where
attributions_content  what is said, in the cue's own sentence
attributions_carry    what is said in the sentences around it
attributions_hearsay  what nobody named says: "reportedly", "is said to"
"""

from collections.abc import Iterable, Sequence

from onrecord.lexicon.cues import Cues
from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import Attribution, Nominal, Sentence
from onrecord.model.document import Document
from onrecord.model.lookup import Nominals, by_head
from onrecord.model.span import Span
from onrecord.understand.attributions_carry import carry_on
from onrecord.understand.attributions_clause import announces
from onrecord.understand.attributions_content import find_content, find_form
from onrecord.understand.attributions_cues import Draft, find_cues
from onrecord.understand.attributions_hearsay import find_hearsay_sources
from onrecord.understand.attributions_who import find_audience, find_speaker
from onrecord.understand.quotations import Quotations, find_quotations


def find_attributions(
    document: Document,
    sentences: Sequence[Sentence],
    nominals: Sequence[Nominal],
    *,
    kit: Kit,
) -> tuple[Attribution, ...]:
    """Return every attribution, in text order.

    A source that nobody names is one as well; its speaker and cue have the same range.
    """
    quotations = find_quotations(document.text, start=document.body_start)
    at = by_head(nominals)
    drafts: list[Draft] = []
    hearsay: list[Attribution] = []
    for number, sentence in enumerate(sentences):
        drafts += _in_sentence(number, sentence, quotations, at, kit.cues)
        hearsay += find_hearsay_sources(number, sentence, kit.cues)
    carried = carry_on(sentences, drafts, quotations, kit.cues)
    said = (
        _finish(draft, (*draft.content, *carried.get(index, ())), quotations)
        for index, draft in enumerate(drafts)
        if draft.content or index in carried
    )
    return tuple(sorted((*said, *hearsay), key=lambda a: (a.sentence, a.cue)))


def _in_sentence(
    number: int,
    sentence: Sentence,
    quotations: Quotations,
    at: Nominals,
    cues: Cues,
) -> Iterable[Draft]:
    found = list(find_cues(sentence, cues))
    for cue in found:
        speaker = find_speaker(number, sentence, cue, at)
        if speaker is None or speaker.span.overlaps(cue.span):
            continue
        others = [other for other in found if other is not cue]
        content = find_content(sentence, cue, speaker, others, quotations, cues)
        if not content and not announces(sentence):
            continue
        addressee, venue = find_audience(number, sentence, cue, speaker, at, cues)
        yield Draft(
            sentence=number,
            cue=cue,
            speaker=speaker,
            content=content,
            addressee=addressee if addressee is not speaker else None,
            venue=venue,
        )


def _finish(
    draft: Draft, content: tuple[Span, ...], quotations: Quotations
) -> Attribution:
    own = draft.content or content
    return Attribution(
        sentence=draft.sentence,
        cue_token=draft.cue.token,
        cue=draft.cue.span,
        speaker=draft.speaker,
        content=tuple(sorted(set(content))),
        act=draft.cue.act,
        form=find_form(own, quotations),
        rule=draft.cue.rule,
        venue=draft.venue,
        addressee=draft.addressee,
    )
