"""Count what pronouns and descriptions were resolved to against gold chains."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from bench.quality.chains import (
    FIRST,
    THIRD,
    Chained,
    Key,
    Marked,
    chain_at,
    has_antecedent,
    is_pronoun,
    mark,
)
from onrecord.model.annotation import Nominal, NominalKind, Sentence, Token
from onrecord.model.span import Span
from onrecord.understand.quotations import Quotations, find_quotations

PARTIES = ("person", "organization", "place")
POINTERS = frozenset(("the", "this", "that", "these", "those"))

Counts = dict[str, Counter[str]]


class Text(msgspec.Struct, frozen=True):
    """A text with its chains, parsed, and the places of its gold mentions."""

    chained: Chained
    sentences: tuple[Sentence, ...]
    quotations: Quotations
    pronouns: Mapping[int, Marked]
    by_head: Mapping[Key, list[Marked]]


def prepare(chained: Chained, sentences: tuple[Sentence, ...]) -> Text:
    """Return a text made ready for counting."""
    document = chained.document
    quotations = find_quotations(document.text, start=document.body_start)
    return Text(chained, sentences, quotations, *mark(chained, sentences))


def count(text: Text, nominals: Sequence[Nominal]) -> Counts:
    """Count right, wrong and open by sort of pronoun, and links of descriptions."""
    counts: Counts = defaultdict(Counter)
    by_span: dict[Span | None, Nominal] = {n.span: n for n in nominals if not n.pronoun}
    by_start = {n.span.start: n for n in nominals if n.pronoun}
    for sentence in text.sentences:
        for token in sentence.tokens:
            word = token.text.lower()
            if word not in THIRD and word not in FIRST:
                continue
            nominal = by_start.get(token.start)
            meant = by_span.get(nominal.antecedent) if nominal else None
            if word in FIRST:
                _count_first(text, token, meant, counts)
            else:
                _count_third(text, token, meant, nominals, counts)
    _count_descriptions(text, nominals, by_span, counts)
    return counts


def _count_first(
    text: Text, token: Token, meant: Nominal | None, counts: Counts
) -> None:
    """Count "I" and "we" in quotations whose speaker the text names."""
    gold = text.pronouns.get(token.start)
    inside = any(q.covers(token.span) for q in text.quotations.near(token.span))
    if not inside or gold is None or not _is_named(text, gold):
        return
    found = chain_at(meant, text.by_head) if meant else None
    sort = f"{FIRST[token.text.lower()]} in quotations"
    counts[sort][_verdict(meant, found is gold.chain)] += 1


def _count_third(
    text: Text,
    token: Token,
    meant: Nominal | None,
    nominals: Sequence[Nominal],
    counts: Counts,
) -> None:
    gold = text.pronouns.get(token.start)
    sort = THIRD[token.text.lower()]
    if gold is None or not has_antecedent(gold, text.chained.document.text):
        counts[sort]["nobody, resolved" if meant else "nobody, open"] += 1
        return
    found = chain_at(meant, text.by_head) if meant else None
    nearest = _nearest_name(token, sort, text, nominals)
    chain = chain_at(nearest, text.by_head) if nearest else None
    rows = [sort, "all third"]
    if sort in {"it", "they"} and gold.chain.kind in PARTIES:
        rows.append(f"{sort}, of parties")
    for row in rows:
        counts[row][_verdict(meant, found is gold.chain)] += 1
        counts[row]["simplest " + _verdict(nearest, chain is gold.chain)] += 1


def _is_named(text: Text, gold: Marked) -> bool:
    words = text.chained.document.text
    return any(not is_pronoun(span.of(words)) for span in gold.chain.spans)


def _verdict(meant: Nominal | None, right: bool) -> str:
    return "open" if meant is None else "right" if right else "wrong"


def _nearest_name(
    pronoun: Token, sort: str, text: Text, nominals: Sequence[Nominal]
) -> Nominal | None:
    """Return the nearest name before a pronoun that agrees: the simplest rule."""
    best = None
    for other in nominals:
        if other.span.end > pronoun.start:
            break
        token = text.sentences[other.sentence].tokens[other.head]
        person = other.kind is NominalKind.PERSON
        if token.upos == "PROPN" and person == (sort in {"he", "she"}):
            best = other
    return best


def _count_descriptions(
    text: Text,
    nominals: Sequence[Nominal],
    by_span: Mapping[Span | None, Nominal],
    counts: Counts,
) -> None:
    words = text.chained.document.text
    row = counts["descriptions"]
    by_key = {(n.sentence, n.head): n for n in nominals if not n.pronoun}
    due: set[Key] = set()
    for key, marks in text.by_head.items():
        gold = min(marks, key=lambda m: m.span.end - m.span.start)
        token = text.sentences[key[0]].tokens[key[1]]
        if (
            token.upos == "NOUN"
            and gold.chain.kind in PARTIES
            and gold.span.of(words).lower().split()[0] in POINTERS
            and has_antecedent(gold, words)
        ):
            due.add(key)
            nominal = by_key.get(key)
            meant = _linked(nominal, by_span) if nominal else None
            found = chain_at(meant, text.by_head) if meant else None
            row[_verdict(meant, found is gold.chain)] += 1
    for key, nominal in by_key.items():
        token = text.sentences[key[0]].tokens[key[1]]
        if token.upos != "NOUN" or key in due:
            continue
        meant = _linked(nominal, by_span)
        if meant and nominal.span.of(words).lower().split()[0] in POINTERS:
            chain = chain_at(meant, text.by_head)
            if chain is None or chain is not chain_at(nominal, text.by_head):
                row["too many"] += 1


def _linked(nominal: Nominal, by_span: Mapping[Span | None, Nominal]) -> Nominal | None:
    """Return what a description was linked to as the same, not as its country."""
    meant = by_span.get(nominal.antecedent)
    return meant if meant and meant.entity_id == nominal.entity_id else None


def add(total: Counts, more: Counts) -> None:
    """Add counts to a total."""
    for sort, row in more.items():
        total[sort].update(row)
