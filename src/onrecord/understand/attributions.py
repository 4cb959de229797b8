"""Find who said what: cue, speaker, content, act, form, venue, addressee.

The reader proposes cues and speakers; the cue lexicon knows them by lemma. A cue that
the lexicon knows needs less of the reader's confidence than one only the reader sees.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from onrecord.lexicon.cues import Cue, Cues
from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import (
    Act,
    Attribution,
    CueScore,
    Form,
    Nominal,
    Sentence,
)
from onrecord.model.document import Document
from onrecord.model.lookup import Nominals, by_head, nominal_at
from onrecord.model.span import Span
from onrecord.model.tree import (
    dependents,
    governor,
    has_relation,
    longest_run,
    subtree,
    tokens_in,
)
from onrecord.understand.quotations import Quotations, find_quotations, is_quoted

# Cut-offs of the reader's cue score, set on gold/dev.
KNOWN_CUE = 0.4
UNKNOWN_CUE = 0.45
SPEAKER_LINK = 0.35
MAX_AHEAD = 4  # sentences of a quotation before the one that names its speaker

CLAUSES = ("ccomp", "xcomp", "parataxis", "advcl", "acl", "csubj")


class _Found(msgspec.Struct, frozen=True):
    """A cue with its lexicon entry and the reader's score, where there are such."""

    token: int
    entry: Cue | None
    score: CueScore | None
    span: Span


def find_attributions(
    document: Document,
    sentences: Sequence[Sentence],
    nominals: Sequence[Nominal],
    *,
    kit: Kit,
) -> tuple[Attribution, ...]:
    """Return every attribution, in text order.

    A quotation that goes on in sentences without a cue of their own belongs to the
    cue before it in the paragraph, else to the one that closed the last paragraph.
    """
    quotations = find_quotations(document.text, start=document.body_start)
    at = by_head(nominals)
    found: list[Attribution] = []
    for number, sentence in enumerate(sentences):
        found += _in_sentence(number, sentence, quotations, at, kit.cues)
    return _continue_quotations(sentences, found, quotations)


def _in_sentence(
    number: int,
    sentence: Sentence,
    quotations: Quotations,
    at: Nominals,
    cues: Cues,
) -> Iterable[Attribution]:
    for cue in _find_cues(sentence, cues):
        speaker = _find_speaker(number, sentence, cue, at)
        if speaker is None or speaker.span.overlaps(cue.span):
            continue
        content = _find_content(sentence, cue, speaker, quotations, cues)
        if not content:
            continue
        addressee, venue = _find_audience(number, sentence, cue, at, cues)
        yield Attribution(
            sentence=number,
            cue_token=cue.token,
            cue=cue.span,
            speaker=speaker,
            content=content,
            act=_act(cue),
            form=_form(content, quotations),
            rule=_rule(cue),
            venue=venue,
            addressee=addressee if addressee is not speaker else None,
        )


def _find_cues(sentence: Sentence, cues: Cues) -> Iterable[_Found]:
    scores = {c.token: c for c in sentence.cues}
    reads_cues = bool(sentence.cues) or bool(sentence.triggers)
    for i, token in enumerate(sentence.tokens):
        score = scores.get(i)
        entry, span = _look_up(sentence, i, cues)
        if score is None:
            if entry is None or reads_cues:
                continue
        elif score.score < (UNKNOWN_CUE if entry is None else KNOWN_CUE):
            continue
        yield _Found(i, entry, score, span or token.span)


def _look_up(
    sentence: Sentence, token: int, cues: Cues
) -> tuple[Cue | None, Span | None]:
    """Return the lexicon's entry for a word and the words of the cue."""
    word = sentence.tokens[token]
    lemma = word.lemma.lower()
    phrase = _phrase(sentence, token, cues)
    if phrase:
        return phrase
    if word.upos == "NOUN":
        entries = cues.nouns.get(lemma, ())
        return (entries[0], word.span) if entries else (None, None)
    if word.upos not in ("VERB", "AUX"):
        return None, None
    for child in dependents(sentence, token, "compound:prt", "obl", "advmod"):
        part = sentence.tokens[child]
        cases = dependents(sentence, child, "case")
        particles = [part] if part.deprel != "obl" else []
        particles += [sentence.tokens[c] for c in cases]
        for particle in particles:
            entries = cues.verbs.get(f"{lemma} {particle.lemma.lower()}", ())
            if entries and token < sentence.tokens.index(particle) <= token + 2:
                return entries[0], Span(word.start, particle.end)
    entries = cues.verbs.get(lemma, ())
    return (entries[0], word.span) if entries else (None, None)


def _phrase(sentence: Sentence, token: int, cues: Cues) -> tuple[Cue, Span] | None:
    first = sentence.tokens[token]
    for phrase, cue in cues.phrases.items():
        words = phrase.split()
        if first.text.lower() != words[0]:
            continue
        run = sentence.tokens[token : token + len(words)]
        if [t.text.lower() for t in run] == words:
            return cue, Span(first.start, run[-1].end)
    return None


def _find_speaker(
    number: int, sentence: Sentence, cue: _Found, at: Nominals
) -> Nominal | None:
    """Return who speaks: as the reader links it, else by the tree."""
    links = cue.score.speakers if cue.score else ()
    for token, score in sorted(links, key=lambda link: (-link[1], link[0])):
        if score < SPEAKER_LINK:
            break
        nominal = nominal_at(number, sentence, token, at)
        if nominal:
            return nominal
    for token in _speaker_tokens(sentence, cue):
        nominal = nominal_at(number, sentence, token, at)
        if nominal:
            return nominal
    return None


def _speaker_tokens(sentence: Sentence, cue: _Found) -> Iterable[int]:
    if cue.entry and cue.entry.phrases:
        yield from (
            i
            for i, t in enumerate(sentence.tokens)
            if i > cue.token and t.upos in ("NOUN", "PROPN", "PRON")
        )
        return
    if sentence.tokens[cue.token].upos == "NOUN":
        yield from dependents(sentence, cue.token, "nmod:poss", "amod", "compound")
        return
    passive = dependents(sentence, cue.token, "nsubj:pass")
    yield from dependents(sentence, cue.token, "obl:agent")
    if not passive:
        yield from dependents(sentence, cue.token, "nsubj")
    above = governor(sentence, cue.token)
    inherits = ("conj", "xcomp", "advcl", "parataxis")
    if above is not None and has_relation(sentence.tokens[cue.token], *inherits):
        yield from dependents(sentence, above, "nsubj")
    if above is not None and has_relation(sentence.tokens[cue.token], "acl"):
        yield above


def _find_content(
    sentence: Sentence,
    cue: _Found,
    speaker: Nominal,
    quotations: Quotations,
    cues: Cues,
) -> tuple[Span, ...]:
    quoted = tuple(
        inner
        for q in quotations.near(sentence.span)
        if (inner := _clip(q, sentence.span))
        and not inner.overlaps(cue.span)
        and not inner.overlaps(speaker.span)
    )
    clause = _content_clause(sentence, cue, speaker, cues)
    if clause is None:
        return quoted
    if quoted and not any(q.overlaps(clause) for q in quoted):
        return tuple(sorted((*quoted, clause))) if _is_clause(cue) else quoted
    for q in quoted:
        if q.covers(clause):
            return (q,)
    return (clause,)


def _is_clause(cue: _Found) -> bool:
    return cue.entry is None or not cue.entry.noun_content


def _clip(quotation: Span, within: Span) -> Span | None:
    start = max(quotation.start, within.start)
    end = min(quotation.end, within.end)
    return Span(start, end) if start < end else None


def _content_clause(
    sentence: Sentence, cue: _Found, speaker: Nominal, cues: Cues
) -> Span | None:
    """Return the clause, or noun phrase, that the cue reports."""
    trim = cues.content_openers
    below = frozenset({cue.token, *tokens_in(sentence, speaker.span)})
    for child in dependents(sentence, cue.token, *CLAUSES):
        words = [i for i in subtree(sentence, child) if i not in below]
        if child not in below and len(words) > 1:
            return longest_run(sentence, words, trim=trim)
    above = governor(sentence, cue.token)
    outer = has_relation(sentence.tokens[cue.token], "parataxis", "case", "fixed")
    if above is not None and (outer or (cue.entry and cue.entry.phrases)):
        return _around(sentence, cue, speaker)
    if cue.entry is not None and not cue.entry.noun_content and cue.score is None:
        return None
    for child in dependents(sentence, cue.token, "obj", "obl", "nmod", "nsubj:pass"):
        if child in below:
            continue
        return longest_run(sentence, subtree(sentence, child), trim=trim)
    return None


def _around(sentence: Sentence, cue: _Found, speaker: Nominal) -> Span | None:
    """Return the sentence without the words of the cue and its speaker."""
    out = set(tokens_in(sentence, cue.span)) | set(tokens_in(sentence, speaker.span))
    out |= set(subtree(sentence, speaker.head))
    if cue.entry is None or not cue.entry.phrases:
        out |= set(subtree(sentence, cue.token))
    rest = [i for i in range(len(sentence.tokens)) if i not in out]
    return longest_run(sentence, rest)


def _find_audience(
    number: int, sentence: Sentence, cue: _Found, at: Nominals, cues: Cues
) -> tuple[Nominal | None, Span | None]:
    """Return to whom it was said, and the words that name the venue."""
    addressee: Nominal | None = None
    venue: Span | None = None
    for child in dependents(sentence, cue.token, "obj", "iobj", "obl"):
        word = sentence.tokens[child]
        cases = dependents(sentence, child, "case")
        prepositions = {sentence.tokens[c].lemma.lower() for c in cases}
        nominal = at.get((number, child))
        phrase = subtree(sentence, child)
        press = word.lemma.lower() in cues.venue_nouns or any(
            "JRN" in named.sectors
            for i in phrase
            if (named := at.get((number, i))) is not None
        )
        end = sentence.tokens[phrase[-1]].end
        if press and not prepositions and end > cue.span.end:
            venue = Span(cue.span.start, end)
        elif press and prepositions & cues.venue_prepositions:
            venue = longest_run(sentence, phrase)
        elif nominal and (not prepositions or prepositions <= {"to"}):
            addressee = addressee or nominal
    return addressee, venue


def _act(cue: _Found) -> Act:
    if cue.entry is not None and not cue.entry.neutral:
        return cue.entry.act
    if cue.score is not None:
        scores = cue.score.act_scores
        return max(zip(scores, Act, strict=True), key=lambda pair: pair[0])[1]
    return cue.entry.act if cue.entry else Act.SAY


def _form(content: tuple[Span, ...], quotations: Quotations) -> Form:
    if all(any(q.covers(c) for q in quotations.near(c)) for c in content):
        return Form.DIRECT
    if any(q.overlaps(c) for c in content for q in quotations.near(c)):
        return Form.MIXED
    return Form.INDIRECT


def _rule(cue: _Found) -> str:
    if cue.entry is not None:
        return f"cues/{cue.entry.id}"
    return f"reader/cue@{cue.score.score:.2f}" if cue.score else "cues/unknown"


def _continue_quotations(
    sentences: Sequence[Sentence],
    found: list[Attribution],
    quotations: Quotations,
) -> tuple[Attribution, ...]:
    """Give quoted sentences without a cue to the attribution they continue."""
    of_sentence: dict[int, list[int]] = {}
    for index, attribution in enumerate(found):
        of_sentence.setdefault(attribution.sentence, []).append(index)
    added: dict[int, list[Span]] = {}
    current: int | None = None
    for number, sentence in enumerate(sentences):
        if number in of_sentence:
            current = _quoting(found, of_sentence[number])
            continue
        if not is_quoted(sentence, quotations):
            current = None
            continue
        if current is None:
            current = _next_owner(sentences, number, found, of_sentence, quotations)
        if current is not None:
            span = _quoted_part(sentence, quotations)
            added.setdefault(current, []).append(span)
    return tuple(
        msgspec.structs.replace(
            attribution,
            content=tuple(sorted({*attribution.content, *added[index]})),
        )
        if index in added
        else attribution
        for index, attribution in enumerate(found)
    )


def _quoted_part(sentence: Sentence, quotations: Quotations) -> Span:
    inner = (_clip(q, sentence.span) for q in quotations.near(sentence.span))
    return next((c for c in inner if c is not None), sentence.span)


def _quoting(found: list[Attribution], there: Sequence[int]) -> int | None:
    """Return the last attribution of a sentence that quotes."""
    quoting = [i for i in there if found[i].form is not Form.INDIRECT]
    return quoting[-1] if quoting else None


def _next_owner(
    sentences: Sequence[Sentence],
    number: int,
    found: list[Attribution],
    of_sentence: Mapping[int, list[int]],
    quotations: Quotations,
) -> int | None:
    """Return the attribution of the next sentence when it closes this quotation."""
    for later in range(number + 1, min(number + MAX_AHEAD, len(sentences))):
        if sentences[later].paragraph != sentences[number].paragraph:
            return None
        if later in of_sentence:
            first = of_sentence[later][0]
            return first if found[first].form is not Form.INDIRECT else None
        if not is_quoted(sentences[later], quotations):
            return None
    return None
