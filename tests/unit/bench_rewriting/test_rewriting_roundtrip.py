import datetime as dt

import pytest

from bench.rewriting.draft import make_draft, render
from bench.rewriting.roundtrip import rephrase_facts, transliterate


class Always:
    """A source of chance that always says yes."""

    def random(self) -> float:
        return 0.0


def run(text: str, rewrite=rephrase_facts) -> str:
    draft = make_draft("s", text, date=dt.date(2014, 6, 12))  # a Thursday
    return render(rewrite(draft, Always()))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They killed 7 men.", "They killed seven men."),
        ("They killed twenty-one men.", "They killed 21 men."),
        ("About 15,000 people left.", "About fifteen thousand people left."),
        ("He left on 11 June.", "He left on June 11."),
        ("He left on June 11.", "He left on 11 June."),
        ("He left on Wednesday.", "He left on Wednesday, 11 June."),
        ("He will go on Friday.", "He will go Friday."),
        (
            "US President Joe Miller Smith left.",
            "Joe Miller Smith, the American president, left.",
        ),
        ("It cost $40 or 3.5 or 20%.", "It cost $40 or 3.5 or 20%."),
    ],
)
def test_facts_are_put_otherwise(text, expected):
    assert run(text) == expected


def test_a_name_is_spelt_one_other_way_throughout():
    made = run("In Kharkiv it rained. In Kharkiv it snowed.", transliterate)
    assert made == "In Kharkov it rained. In Kharkov it snowed."


def test_words_that_are_no_foreign_names_stay():
    text = "In November the House Committee met Pavel Petrov."
    draft = make_draft("s", text, date=dt.date(2014, 6, 12))
    made, changed = render(transliterate(draft, Always()))
    assert made == text.replace("Petrov", "Petroff")
    assert [span.of(made) for span in changed] == ["Petroff"]


def test_the_first_word_is_not_taken_for_a_name():
    assert run("Kharkiv is cold.", transliterate) == "Kharkiv is cold."
