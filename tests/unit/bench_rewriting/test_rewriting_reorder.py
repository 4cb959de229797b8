import datetime as dt
from random import Random

from bench.rewriting.draft import make_draft, words_of
from bench.rewriting.reorder import embed, move_paragraphs, paste, shorten, shuffle

DAY = dt.date(2020, 5, 1)
LINES = [f"Sentence number {n} says this." for n in range(12)]
DRAFT = make_draft(
    "s", "\n\n".join(" ".join(LINES[i : i + 3]) for i in (0, 3, 6, 9)), date=DAY
)


def sentences(draft) -> list[str]:
    return [words_of(s) for s in draft.sentences]


def test_shuffling_keeps_the_lead_and_every_sentence():
    made = sentences(shuffle(DRAFT, Random(1)))
    assert made[0] == LINES[0]
    assert made != LINES
    assert sorted(made) == sorted(LINES)


def test_moving_paragraphs_keeps_every_sentence():
    made = sentences(move_paragraphs(DRAFT, Random(1)))
    assert made != LINES
    assert sorted(made) == sorted(LINES)


def test_shortening_keeps_the_lead_and_the_order():
    made = sentences(shorten(DRAFT, Random(1), share=(0.3, 0.7)))
    assert made[0] == LINES[0]
    assert made == [line for line in LINES if line in made]
    assert 0.3 <= len(made) / len(LINES) <= 0.8


def test_an_embedded_report_stands_whole_between_the_rest():
    outer = make_draft("o", "Before.\n\nAfter.", date=DAY)
    assert sentences(embed(DRAFT, outer, Random(1))) == ["Before.", *LINES, "After."]


def test_two_reports_pasted_carry_the_later_date():
    later = make_draft("o", "The other report.", date=DAY + dt.timedelta(days=3))
    made = paste(DRAFT, later)
    assert sentences(made) == [*LINES, "The other report."]
    assert made.date == dt.date(2020, 5, 4)
