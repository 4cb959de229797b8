"""Texts that nobody would write: for the whole pipeline."""

import random
import sys
import unicodedata
from collections.abc import Sequence

MAX_LENGTH = 2_000  # characters of a text; long ones are cases of their own
SENTENCES: Sequence[str] = (
    "The council of Northvale said on Tuesday that it will close the old bridge.",
    "“We cannot take that risk,” the mayor told reporters outside the town hall.",
    "Police arrested 20 protesters in Minsk, and 3 of them were released on Friday.",
    "If they attack, the foreign ministry of France said, sanctions will follow.",
    "Germany has not decided whether to send 5,000 helmets to Ukraine by mid-February.",
    "Troops from both countries began drills near the border on 24 January 2022.",
    "Between 50 and 60 people were injured, according to the regional governor.",
    "He denied it.",
    "The talks between the two presidents, which had been planned for May, were ended.",
    "They warned that an invasion could lead to “massive consequences”.",
    "The U.S. and the U.K. signed an agreement worth $1.2 billion, a source said.",
    "Neither side would comment; the deputy prime minister called the claim “false”.",
)
PIECES: Sequence[str] = (
    *("“", "”", '"', "'", "‘", "’", "«", "»", "(", ")", "[", "]", "—", "–", "-", "…"),
    *(",", ";", ":", ".", "!", "?", "/", "%", "$", "€", "&", "*", "_", "|", "\\", "#"),
    *(" ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "\u200b", "\ufeff", "\x85"),
    *("\x00", "\x1b[2J", "\u202e", "\u2066", "\u0301", "e\u0301", "\u200d", "\ufffd"),
    *(
        "😀",
        "👨\u200d👩\u200d👧",
        "🇺🇦",
        "Київ",
        "السلام عليكم",
        "北京。",
        "İ",
        "ß",
        "ﬁ",
        "Ǆ",
        "ŉ",
    ),
    *(
        "١٢٣",
        "１２３",
        "²",
        "½",
        "Ⅷ",
        "ⅷ",
        "〇",
        "1,2,3",
        "1.000.000",
        "0x1F",
        "1e9",
        "-5",
    ),
    *("10–20", "five to six", "a hundred and one", "9" * 30, "0", "dozens of", "zero"),
    *(
        "31 February 2022",
        "00/00/0000",
        "29 Feb.",
        "99999",
        "last week",
        "13:61",
        "'22",
    ),
    *("in 0000", "the 300th century", "next year", "the 1990s", "Monday to Friday"),
    *(
        "according to",
        "said",
        "he said",
        "told",
        "not",
        "if",
        "would",
        "and",
        "or",
        "of",
    ),
    *("Moscow", "Mr. Smith", "the president of", "who", "which", "its", "them", "U.S."),
    *("http://a.example/b?c=d", "a@b.example", "@name", "#tag", "a" * 300, "A.B.C.D."),
    *("| 1 | 2 |\n|---|---|\n", "1\t2\t3\n", "- item\n", "* * *", "PHOTO:", "(AP) —"),
)


def make_text(rng: random.Random) -> str:
    """Return a text with at least one character that shows, and no lone surrogate."""
    parts: list[str] = []
    while not parts or rng.random() < 0.85:
        parts.append(_make_part(rng))
    text = rng.choice(("", " ", " ", " ", "\n")).join(parts)[:MAX_LENGTH]
    return text if text.strip() else f"{text}a"


def _make_part(rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.35:
        return rng.choice(SENTENCES)
    if chance < 0.55:
        return rng.choice(PIECES)
    if chance < 0.75:
        return _disturb(rng.choice(SENTENCES), rng)
    if chance < 0.85:
        words = " ".join(rng.sample(SENTENCES, 3)).split()
        return " ".join(rng.choices(words, k=rng.randint(1, 30)))
    if chance < 0.93:
        return rng.choice(PIECES) * rng.choice((2, 3, 5, 20, 100))
    return "".join(_make_character(rng) for _ in range(rng.randint(1, 20)))


def _disturb(sentence: str, rng: random.Random) -> str:
    """Return a sentence with noise in it."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(sentence))
        end = at + rng.choice((0, 0, 1, 3, 10))
        noise = rng.choice((rng.choice(PIECES), _make_character(rng), ""))
        sentence = sentence[:at] + noise + sentence[end:]
    return rng.choice((str, str, str, str.upper, str.lower, str.swapcase))(sentence)


def _make_character(rng: random.Random) -> str:
    """Return a character of any plane, more often one that is assigned."""
    while True:
        most = rng.choice((0x80, 0x250, 0x3000, 0x10000, 0x20000, sys.maxunicode + 1))
        char = chr(rng.randrange(most))
        kind = unicodedata.category(char)
        if kind != "Cs" and (kind != "Cn" or rng.random() < 0.1):
            return char


def make_long(rng: random.Random, length: int) -> str:
    """Return one piece over and over: words, quotes, numbers or lines without end."""
    unit = rng.choice((*PIECES, *SENTENCES, *("a", "1", "A ", "国")))
    text = (unit * (length // len(unit) + 1))[:length]
    return text if text.strip() else f"{text}a"
