"""Light edits: another house style, typing errors, and what sites put around."""

import re
from random import Random

from bench.rewriting.draft import Draft, Piece, Sentence, each_sentence, put, replace_in
from bench.rewriting.sources import read_rows

_HOUSE = (
    ("per cent", "percent"),
    ("percent", "per cent"),
    (" US ", " U.S. "),
    (" U.S. ", " US "),
    (" UN ", " U.N. "),
    ("U.N. ", "UN "),
    ("isation", "ization"),
    ("ization", "isation"),
    ("defence", "defense"),
    ("labour", "labor"),
    ("centre", "center"),
    ("neighbour", "neighbor"),
    ("programme", "program"),
    (" - ", " – "),
    ("adviser", "advisor"),
)
_WORD = re.compile(r"\b[a-z]{5,}\b")


def normalise(draft: Draft, rng: Random) -> Draft:
    """Return the same words with other quotation marks, dashes and white space."""
    straight = rng.random() < 0.5

    def change(sentence: Sentence) -> Sentence:
        return tuple(Piece(_marks(p.text, straight=straight)) for p in sentence)

    made = each_sentence(draft, change)
    gap = rng.choice(("\n", "\n\n", "\n\n\n", "\r\n\r\n"))
    return type(made)(
        source_id=made.source_id, date=made.date, paragraphs=made.paragraphs, gap=gap
    )


def _marks(text: str, *, straight: bool) -> str:
    if straight:
        return re.sub("[“”]", '"', text).replace("’", "'").replace("‘", "'")
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")


def house_style(draft: Draft, rng: Random) -> Draft:
    """Return `draft` in the spelling and abbreviations of another house."""
    pairs = rng.sample(_HOUSE, k=10)

    def change(sentence: Sentence) -> Sentence:
        for old, new in pairs:
            sentence = replace_in(sentence, old, new)
        return sentence

    return each_sentence(draft, change)


def mistype(draft: Draft, rng: Random) -> Draft:
    """Return `draft` with a typing error in one sentence of three."""

    def change(sentence: Sentence) -> Sentence:
        words = list(_WORD.finditer(sentence[0].text))
        if not words or rng.random() < 2 / 3:
            return sentence
        match = rng.choice(words)
        word, at = match.group(), rng.randrange(1, len(match.group()) - 2)
        new = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return replace_in(sentence, word, new, start=match.start())

    return each_sentence(draft, change)


def furnish(draft: Draft, rng: Random) -> Draft:
    """Return `draft` between a headline, credit lines and other words of the site."""
    rows: dict[str, list[str]] = {}
    for where, words in read_rows("furniture.tsv"):
        rows.setdefault(where, []).append(words)

    def some(where: str, most: int) -> list[tuple[Sentence, ...]]:
        words = rng.sample(rows[where], k=rng.randint(1, most))
        return [((Piece(w, changed=True),),) for w in words]

    paragraphs = list(draft.paragraphs)
    if draft.title and rng.random() < 0.5:
        paragraphs.insert(0, ((Piece(draft.title, changed=True),),))
    middle = rng.randint(1, len(paragraphs))
    around = [*some("head", 2), *paragraphs[:middle], *some("middle", 1)]
    return put(draft, [*around, *paragraphs[middle:], *some("tail", 3)])


def edit_lightly(draft: Draft, rng: Random) -> Draft:
    """Return `draft` after one to three of the light edits."""
    edits = [house_style, mistype, furnish]
    for edit in rng.sample(edits, k=rng.randint(1, 3)):
        draft = edit(draft, rng)
    return draft
