"""Gold coreference chains over a report, matched to what the program found.

GUM marks whole noun phrases with their clauses, we their core; two are one when they
have the same head word, so a phrase is matched by the head that our tree gives it.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.span import Span
from onrecord.model.tree import tokens_in
from onrecord.read.dates import parse_date
from onrecord.understand.who_tree import top_of

THIRD = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
FIRST = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "I"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
}
OTHER_PRONOUNS = frozenset(
    (
        *("you", "your", "yours", "yourself", "yourselves", "who", "whom", "whose"),
        *("which", "that", "this", "these", "those", "one", "someone", "everyone"),
        *("somebody", "everybody", "each", "other"),
    )
)
Key = tuple[int, int]


class Chain(msgspec.Struct, frozen=True):
    """One thing that a text speaks of: its kind and where it is spoken of."""

    chain_id: str
    kind: str
    spans: tuple[Span, ...]


class Chained(msgspec.Struct, frozen=True):
    """A text with its chains."""

    document: Document
    genre: str
    chains: tuple[Chain, ...]


def read_chained(shared: Path) -> Iterator[Chained]:
    """Yield the texts of GUM's free genres with their chains, in file order."""
    path = shared / "data/attribution/gum_layers.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            written = row["meta"].get("dateCreated")
            date = parse_date(written) if written else None
            document = Document(
                doc_id=make_doc_id(row["text"], date, None),
                source_id=row["id"],
                text=row["text"],
                date=date,
                date_basis=DateBasis.GIVEN if date else DateBasis.UNKNOWN,
            )
            chains = tuple(
                Chain(name, spans[0][2], tuple(Span(s[0], s[1]) for s in sorted(spans)))
                for name, spans in row["chains"].items()
            )
            yield Chained(document, row["genre"], chains)


def is_pronoun(words: str) -> bool:
    """Tell whether a phrase is nothing but a pronoun."""
    words = words.lower()
    return words in THIRD or words in FIRST or words in OTHER_PRONOUNS


class Marked(msgspec.Struct, frozen=True):
    """A mention of a chain and its head word."""

    chain: Chain
    span: Span
    key: Key
    pronoun: bool


def mark(
    chained: Chained, sentences: Sequence[Sentence]
) -> tuple[dict[int, Marked], Mapping[Key, list[Marked]]]:
    """Return the mentions that are pronouns by start, and all by their head word."""
    text = chained.document.text
    pronouns: dict[int, Marked] = {}
    by_head: dict[Key, list[Marked]] = defaultdict(list)
    for chain in chained.chains:
        for span in chain.spans:
            key = _head(sentences, span)
            if key is None:
                continue
            marked = Marked(chain, span, key, is_pronoun(span.of(text)))
            by_head[key].append(marked)
            if marked.pronoun:
                pronouns[span.start] = marked
    return pronouns, by_head


def _head(sentences: Sequence[Sentence], span: Span) -> Key | None:
    for number, sentence in enumerate(sentences):
        if sentence.span.start <= span.start < sentence.span.end:
            tokens = tokens_in(sentence, span)
            if not tokens:
                return None
            return number, top_of(sentence, range(tokens[0], tokens[-1] + 1))
    return None


def chain_at(nominal: Nominal, by_head: Mapping[Key, list[Marked]]) -> Chain | None:
    """Return the chain of a phrase: of the mentions with its head the nearest in size.

    "Russia" and "Russia and Iran" have one head; a phrase is one of them.
    """
    found = by_head.get((nominal.sentence, nominal.head), [])
    best = min(found, key=lambda m: _difference(m.span, nominal.span), default=None)
    return best.chain if best else None


def _difference(one: Span, other: Span) -> int:
    return abs(one.start - other.start) + abs(one.end - other.end)


def has_antecedent(marked: Marked, text: str) -> bool:
    """Tell whether a phrase that is no pronoun stands for the same before it."""
    return any(
        span.end <= marked.span.start and not is_pronoun(span.of(text))
        for span in marked.chain.spans
    )
