"""Times are found with their TIMEX3 values and days, and not where there is none."""

import datetime as dt
import tomllib
from typing import Any

import pytest

from onrecord.lexicon.files import DATA
from onrecord.lexicon.numbers import load_numbers
from onrecord.lexicon.timewords import load_timewords
from onrecord.model.annotation import Timex, TimexType
from onrecord.model.document import DateBasis, Document
from onrecord.understand.times import times_in
from tests.support.trees import build_sentence
from tests.support.untagged import build_untagged

TIMEWORDS, NUMBERS = load_timewords(), load_numbers()
RULES = tomllib.loads((DATA / "times" / "rules.toml").read_text(encoding="utf-8"))
EVERYDAY = tomllib.loads((DATA / "times" / "everyday.toml").read_text(encoding="utf-8"))
SATURDAY = dt.date(2022, 1, 29)


def build_document(text: str, date: dt.date | None) -> Document:
    basis = DateBasis.GIVEN if date else DateBasis.UNKNOWN
    return Document(doc_id="d", source_id="s", text=text, date=date, date_basis=basis)


def find(text: str, date: dt.date | None = SATURDAY) -> tuple[Timex, ...]:
    document = build_document(text, date)
    return times_in(document, build_untagged(text), times=TIMEWORDS, numbers=NUMBERS)


def values(text: str, date: dt.date | None = SATURDAY) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.value) for t in find(text, date)]


EXAMPLES = [
    pytest.param(rule["id"], example, id=f"{rule['id']}#{number}")
    for rule in RULES["rule"]
    for number, example in enumerate(rule["example"], 1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_of_a_rule_is_read_by_it(rule: str, example: dict[str, Any]) -> None:
    found = [
        (t.span.of(example["text"]), t.value, t.start, t.end, t.rule.split("+")[0])
        for t in find(example["text"], example.get("date"))
    ]
    days = example.get("from"), example.get("to")
    assert (example["words"], example["value"], *days, f"times/{rule}") in found


@pytest.mark.parametrize("example", RULES["none"], ids=lambda e: e["text"])
def test_a_sentence_without_a_time_has_none(example: dict[str, str]) -> None:
    assert values(example["text"]) == []


def test_every_rule_of_a_time_is_described() -> None:
    text = "\n".join(e.values[1]["text"] for e in EXAMPLES)  # type: ignore[index]
    rules = {t.rule.removeprefix("times/").split("+")[0] for t in find(text)}
    assert rules <= {rule["id"] for rule in RULES["rule"]}


def test_without_a_date_no_relative_time_is_resolved() -> None:
    text = (
        "Yesterday, on Friday and last week they met; on 3 March and in May they left."
    )
    assert [t.start for t in find(text, None)] == [None] * 5


def test_an_undated_text_carries_its_own_year_on() -> None:
    text = "On 8 December 1941 they landed. In January the fort fell."
    assert values(text, None) == [
        ("8 December 1941", "1941-12-08"),
        ("January", "1942-01"),
    ]


def test_a_history_counts_from_its_own_dates_and_not_from_the_report() -> None:
    text = (
        "War came on 1 September 1939. It spread in April 1940. On 10 May 1940 it "
        "reached France. Two days later the front broke. In June it was over."
    )
    assert values(text)[3:] == [("Two days later", "1940-05-12"), ("June", "1940-06")]


def test_a_stray_year_does_not_move_a_history() -> None:
    text = (
        "It began on 7 August 1920. It went on in September 1920. On 2 October 1920 "
        "they met. A book of 2004 says so. On 12 October they signed."
    )
    assert values(text)[-1] == ("12 October", "1920-10-12")


def test_news_with_old_years_stays_news() -> None:
    text = (
        "On Friday envoys met. Borders date from 1947, from 1954 and from 1962. "
        "On 12 January shots fell."
    )
    assert values(text)[-1] == ("12 January", "2022-01-12")


def test_the_next_day_follows_what_happened_and_not_what_is_planned() -> None:
    text = (
        "On Tuesday police fired. Hearings will open on 5 April. The same day he fled."
    )
    assert values(text)[-1] == ("The same day", "2022-01-25")


def test_the_ends_of_a_range_are_marked() -> None:
    found = find("Talks ran from 3 to 5 May 2019.")
    assert [t.rule for t in found] == [
        "times/date.day-month+from",
        "times/date.day-month+to",
    ]


def test_the_end_of_a_range_lies_behind_its_beginning() -> None:
    found = find(
        "Mourning will last from Wednesday to Friday and from 30 May to 2 June."
    )
    assert [(t.start, t.end) for t in found[::2]] == [
        (dt.date(2022, 2, 2), dt.date(2022, 2, 4)),
        (dt.date(2022, 5, 30), dt.date(2022, 6, 2)),
    ]


def test_days_of_a_range_share_the_year_behind() -> None:
    text = "It sailed from July 13 to 17 of last year."
    assert values(text) == [
        ("July 13", "2021-07-13"),
        ("17 of last year", "2021-07-17"),
    ]


def test_a_season_of_any_year_has_no_days() -> None:
    (found,) = find("Rebels feed their mules in winter.")
    assert (found.value, found.start) == ("XXXX-WI", None)


def test_curly_apostrophes_read_as_straight_ones() -> None:
    assert values("They met on New Year’s Day 2020.") == [
        ("New Year’s Day 2020", "2020-01-01")
    ]


def test_a_modal_ahead_of_a_perfect_is_no_future() -> None:
    assert values("He might have left on Monday.") == [("Monday", "2022-01-24")]


def test_the_clause_of_the_time_decides_and_not_another() -> None:
    text = "Austin said on Friday that troops will move."
    assert values(text) == [("Friday", "2022-01-28")]


def test_a_tree_names_the_verb_of_a_time() -> None:
    text, sentence = build_sentence(
        """
        Envoys envoy NOUN 3 nsubj
        will will AUX 3 aux
        meet meet VERB 0 root
        mediators mediator NOUN 3 obj
        named name VERB 4 acl
        by by ADP 7 case
        Minsk Minsk PROPN 5 obl
        on on ADP 9 case
        Monday Monday PROPN 3 obl
        . . PUNCT 3 punct
        """
    )
    found = times_in(
        build_document(text, SATURDAY), (sentence,), times=TIMEWORDS, numbers=NUMBERS
    )
    assert [t.start for t in found] == [dt.date(2022, 1, 31)]


def test_a_name_is_no_month() -> None:
    text, sentence = build_sentence(
        """
        Since since SCONJ 3 mark
        May May PROPN 3 nsubj B-PER
        resigned resign VERB 0 root
        """
    )
    found = times_in(
        build_document(text, SATURDAY), (sentence,), times=TIMEWORDS, numbers=NUMBERS
    )
    assert found == ()


def test_a_surname_of_the_report_is_no_month() -> None:
    assert values("Theresa May spoke. Allies of May left by May 5.") == [
        ("May 5", "2022-05-05")
    ]


def test_a_day_that_no_calendar_has_gets_no_value() -> None:
    (found,) = find("They met on 30 February 2021.")
    assert (found.value, found.start, found.end) == (None, None, None)


def test_a_short_year_before_a_plural_is_a_year() -> None:
    assert values("The '99 elections were rigged.") == [("'99", "1999")]


def test_types_are_those_of_timex() -> None:
    text = "On Friday at 3 p.m. he spoke for two hours, as he does daily."
    assert [t.type for t in find(text)] == [
        TimexType.DATE,
        TimexType.TIME,
        TimexType.DURATION,
        TimexType.SET,
    ]


def test_the_sentence_of_a_time_is_numbered_from_zero() -> None:
    assert [t.sentence for t in find("He left. He came on Friday.")] == [1]


@pytest.mark.parametrize(
    "example", EVERYDAY["example"], ids=lambda e: f"{e['words']}: {e['text']}"
)
def test_an_everyday_expression_means_its_days(example: dict[str, Any]) -> None:
    text = example["text"]
    found = [(t.span.of(text), t.start, t.end) for t in find(text, example["date"])]
    assert (example["words"], example.get("from"), example.get("to")) in found


def test_the_tense_of_a_time_goes_on_to_the_next_of_its_sentence() -> None:
    text = "The council will meet on Monday; the court, on Tuesday."
    assert values(text) == [("Monday", "2022-01-31"), ("Tuesday", "2022-02-01")]


def test_what_has_begun_lies_behind_even_if_a_verb_looks_ahead() -> None:
    text = "The ban will last, in force since 3 February."
    assert values(text) == [("3 February", "2021-02-03")]


def test_a_past_weekend_early_in_the_week_is_the_one_just_over() -> None:
    text = "Police fired on crowds this weekend."
    assert values(text, dt.date(2022, 1, 25)) == [("this weekend", "2022-W03-WE")]


def test_a_count_and_a_half_is_read_as_one() -> None:
    assert values("He ruled over the past 5 1/2 years.") == [
        ("the past 5 1/2 years", "P5.5Y")
    ]


def test_a_year_before_a_counted_day_is_a_year() -> None:
    assert values("The World Cup 2018 day five") == [("2018", "2018")]
