import datetime as dt
from random import Random

from bench.rewriting.draft import make_draft, render
from bench.rewriting.negatives import (
    change_negation,
    change_number,
    fill_templates,
    make_empty_pages,
    update,
)

DAY = dt.date(2020, 5, 1)


def make(text: str):
    return make_draft("s", text, date=DAY)


def test_one_number_is_changed_and_marked():
    text = "On 3 May 2019 rebels killed 14 men in Kidal."
    for seed in range(6):
        made, changed = render(change_number(make(text), Random(seed)))
        (span,) = changed
        number = span.of(made)
        assert int(number) > 14
        assert made == text.replace("14", number)


def test_a_number_in_words_stays_in_words():
    made, (span,) = render(change_number(make("They held seven men."), Random(1)))
    assert span.of(made) in {"eight", "nine", "ten"}
    assert made == f"They held {span.of(made)} men."


def test_a_report_without_a_number_has_no_such_copy():
    assert change_number(make("Rebels left Kidal in May 2019."), Random(1)) is None


def test_a_negation_is_put_in():
    made, (span,) = render(change_negation(make("He was killed."), Random(1)))
    assert (made, span.of(made)) == ("He was not killed.", "not killed")


def test_a_negation_is_taken_out():
    made, (span,) = render(change_negation(make("It would not go."), Random(1)))
    assert (made, span.of(made)) == ("It would go.", "would ")


def test_an_update_comes_a_day_later_with_other_figures():
    made = update(make("Rebels killed 14 men.\n\nThey left.\n\nIt rained."), Random(1))
    text, changed = render(made)
    assert made.date == dt.date(2020, 5, 2)
    assert "killed 14 men" not in text
    assert len(changed) == 3
    assert "It rained" not in text


def test_templates_are_filled_without_slots_left_and_split_in_halves():
    tune = [render(d)[0] for d in fill_templates("tune", Random(1))]
    held = [render(d)[0] for d in fill_templates("held-out", Random(1))]
    assert not [t for t in tune + held if "{" in t]
    assert len(set(tune)) == len(tune) > 0
    assert len(set(held)) == len(held) > 0
    assert len(tune) + len(held) == 48


def test_empty_pages_are_repeated():
    pages = list(make_empty_pages(Random(1), repeats=3))
    texts = [render(page)[0] for means, page in pages if means == "boilerplate"]
    assert texts.count("Advertisement") == 3
    words = [render(page)[0] for means, page in pages if means == "one_word"]
    assert all(len(word.split()) == 1 for word in words)
