import datetime as dt
from difflib import SequenceMatcher
from random import Random

from bench.rewriting.draft import make_draft, render
from bench.rewriting.light import furnish, house_style, mistype, normalise

TEXT = (
    'The US defence minister said "we are ready" on Friday.\n\n'
    "Seven per cent of the organisation's soldiers left the centre of the capital."
)
DRAFT = make_draft("s", TEXT, date=dt.date(2020, 5, 1), title="Ready, says minister")


def test_normalising_leaves_the_letters_alone():
    for seed in range(5):
        made, _ = render(normalise(DRAFT, Random(seed)))
        assert [c for c in made if c.isalnum()] == [c for c in TEXT if c.isalnum()]


def test_house_style_changes_spellings_and_marks_them():
    made, changed = render(house_style(DRAFT, Random(3)))
    assert made != TEXT
    assert changed
    assert SequenceMatcher(None, made, TEXT).ratio() > 0.9


def test_a_typing_error_swaps_two_letters():
    for seed in range(8):
        made, changed = render(mistype(DRAFT, Random(seed)))
        assert sorted(made) == sorted(TEXT)
        assert (made != TEXT) == bool(changed)


def test_furniture_stands_around_the_whole_report():
    made, changed = render(furnish(DRAFT, Random(1)))
    kept = made
    for span in reversed(changed):
        kept = kept[: span.start] + kept[span.end :]
    assert kept.split() == TEXT.split()
    assert len(changed) >= 3
