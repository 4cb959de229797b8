import pytest

from onrecord.show.glance import days, dyad, number, words_around
from tests.support.lines import build_event, build_party


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2022-01-29", "2022-01-29", "2022-01-29"),
        ("2022-01-24", "2022-01-30", "2022-01-24..30"),
        ("2022-01-31", "2022-02-06", "2022-01-31..02-06"),
        ("2021-12-27", "2022-01-02", "2021-12-27..2022-01-02"),
        ("2021-01-01", "2021-12-31", "2021"),
        ("2014-01-01", "2021-12-31", "2014..2021"),
    ],
)
def test_a_time_is_shown_without_what_repeats(start, end, shown):
    assert days({"from": start, "to": end}) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(5000.0, "5,000"), (1.5, "1.5"), (None, "")]
)
def test_numbers_have_their_thousands_apart(value, shown):
    assert number(value) == shown


def test_an_event_without_a_known_actor_shows_that():
    recipient = build_party("officials", "NATO", country="IGO")
    assert dyad(build_event(actors=[], recipients=[recipient])) == "? → NATO (IGO)"


def test_a_short_sentence_is_shown_whole_with_its_trigger_marked():
    assert words_around(build_event()) == (
        "Russia «demanded» guarantees, officials said, or 5,000 troops would go."
    )


def test_a_long_sentence_is_cut_around_its_trigger_between_words():
    text = "word " * 40 + "struck" + " word" * 40
    event = build_event(
        sentence={"start": 0, "end": len(text), "text": text},
        trigger={"start": 200, "end": 206, "text": "struck"},
    )
    shown = words_around(event)
    assert shown.startswith("…word ")
    assert shown.endswith(" word…")
    assert "«struck»" in shown
    assert len(shown) <= 124
