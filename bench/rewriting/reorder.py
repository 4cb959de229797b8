"""Sentences and paragraphs in another order, or fewer of them."""

from random import Random

from bench.rewriting.draft import Draft, Sentence, put, words_of


def shuffle(draft: Draft, rng: Random) -> Draft:
    """Return `draft` with its sentences after the lead shuffled into new paragraphs."""
    lead, *rest = draft.sentences
    rng.shuffle(rest)
    return put(draft, [[lead], *_deal(rest, rng)])


def move_paragraphs(draft: Draft, rng: Random) -> Draft:
    """Return `draft` with its paragraphs shuffled and some run together."""
    paragraphs = list(draft.paragraphs)
    rng.shuffle(paragraphs)
    sentences = [s for p in paragraphs for s in p]
    return put(draft, _deal(sentences, rng))


def _deal(sentences: list[Sentence], rng: Random) -> list[list[Sentence]]:
    """Return sentences in paragraphs of one to four."""
    dealt = []
    at = 0
    while at < len(sentences):
        size = rng.randint(1, 4)
        dealt.append(sentences[at : at + size])
        at += size
    return dealt


def shorten(draft: Draft, rng: Random, *, share: tuple[float, float]) -> Draft:
    """Return the lead and some sentences: a share of the words, drawn from a range."""
    words = sum(len(words_of(s).split()) for s in draft.sentences)
    wanted = rng.uniform(*share) * words
    places = list(range(1, len(draft.sentences)))
    rng.shuffle(places)
    kept = {0}
    have = len(words_of(draft.sentences[0]).split())
    for place in places:
        if have >= wanted:
            break
        kept.add(place)
        have += len(words_of(draft.sentences[place]).split())
    number = iter(range(len(draft.sentences)))
    return put(
        draft, [[s for s in p if next(number) in kept] for p in draft.paragraphs]
    )


def paste(first: Draft, second: Draft) -> Draft:
    """Return two reports one after the other, dated as the later."""
    date = max(first.date, second.date)
    both = put(first, first.paragraphs + second.paragraphs)
    return type(both)(
        source_id=first.source_id, date=date, paragraphs=both.paragraphs, gap=first.gap
    )


def embed(inner: Draft, outer: Draft, rng: Random) -> Draft:
    """Return `inner` whole between the paragraphs of a longer text.

    `outer` gives its first half before and its second half after.
    """
    cut = rng.randint(1, max(1, len(outer.paragraphs) - 1))
    before, after = outer.paragraphs[:cut], outer.paragraphs[cut:]
    return put(inner, before + inner.paragraphs + after)
