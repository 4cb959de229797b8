import datetime as dt
from random import Random

from bench.rewriting.draft import make_draft, render
from bench.rewriting.spin import Spin, spin

TABLE = {
    "military": ("navy",),
    "officials": ("authorities",),
    "house": ("home",),
    "took place": ("occurred",),
    "took": ("grabbed",),
}


def run(text: str, **how) -> tuple[str, list[str]]:
    draft = make_draft("s", text, date=dt.date(2020, 5, 1))
    made, changed = render(spin(draft, TABLE, Random(1), Spin(**{"rate": 1.0, **how})))
    return made, [span.of(made) for span in changed]


def test_known_words_are_replaced_and_marked():
    assert run("Officials blamed the military.") == (
        "Authorities blamed the navy.",
        ["Authorities", "navy"],
    )


def test_the_longest_phrase_is_taken():
    assert run("A vote took place.")[0] == "A vote occurred."


def test_names_and_quotations_are_spared():
    text = 'The White House said "the military took it" and “officials” left.'
    assert run(text) == (text, [])


def test_a_quotation_over_two_sentences_is_spared():
    text = '"The military took it. Then officials left," he said of the military.'
    assert run(text)[1] == ["navy"]


def test_names_and_quotations_are_spun_when_asked():
    made, _ = run('The White House said "officials" left.', names=True, quotations=True)
    assert made == 'The White Home said "authorities" left.'


def test_rate_none_changes_nothing():
    text = "Officials blamed the military."
    assert run(text, rate=0.0) == (text, [])
