import datetime as dt

import msgspec
import pytest

from onrecord.errors import UsageError
from onrecord.show.views.brief import PARTS, Reports, brief
from onrecord.store.filters import Filters
from tests.support.briefs import EVENTS, REPORTS, make_brief_record
from tests.support.told import Report, Told, write_record

SINCE = dt.date(2022, 1, 12)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return make_brief_record(tmp_path_factory.mktemp("brief") / "rec")


@pytest.fixture(scope="module")
def made(record):
    return brief(record, Filters(since=SINCE))


def part(made, name):
    (found,) = [one for one in made.parts if one.part == name]
    return found


def names(made, name):
    return [
        (item.happening_id or item.cite.statement_id) for item in part(made, name).items
    ]


def test_each_new_happening_is_in_one_part(made):
    assert {name: names(made, name) for name in PARTS} == {
        "happened": ["hap-more"],
        "came_true": ["hap-met"],
        "demands": ["hap-demand", "stm-call"],
        "threats": ["hap-threat"],
        "denials": ["hap-denied"],
        "ahead": [],
        "not_so": ["hap-not"],
        "past": ["hap-past"],
    }


def test_the_counts_sum(made):
    assert (made.happenings, made.statements) == (7, 1)
    assert sum(one.count for one in made.parts) == 8
    assert made.reports == Reports(reports=3, stories=2, copies=1, undated=1)


def test_a_window_without_end_goes_to_the_last_day_of_the_record(made):
    assert (made.since, made.until) == (SINCE, dt.date(2022, 1, 16))


def test_a_window_ends_with_until(record):
    made = brief(record, Filters(since=dt.date(2022, 1, 9), until=dt.date(2022, 1, 10)))
    assert made.until == dt.date(2022, 1, 10)
    assert names(made, "ahead") == ["hap-feared", "hap-planned"]
    assert names(made, "happened") == ["hap-massed"]
    assert (made.happenings, made.reports.reports) == (3, 1)


def test_an_item_has_its_sentence_source_and_counts(made):
    (item,) = part(made, "came_true").items
    assert item.cite.sentence.text == "Sudan met Chad in Cairo."
    assert (item.cite.outlet, item.cite.date) == ("Herald", dt.date(2022, 1, 14))
    assert (item.origins, item.stories, item.reports) == (2, 2, 3)
    marks = {(m.cell, m.start - item.cite.sentence.start) for m in item.cite.cells}
    assert marks == {("actor", 0), ("type", 6), ("recipient", 10), ("where", 18)}


def test_what_came_true_names_what_was_told_before(made):
    (item,) = part(made, "came_true").items
    assert item.before.happening_id == "hap-planned"
    assert item.before.factuality == "planned"
    assert item.before.cite.sentence.text == "Sudan will meet Chad in Cairo."


def test_a_denial_names_what_it_denies(made):
    (item,) = part(made, "denials").items
    assert item.cite.by == ("Russia",)
    assert item.denies.happening_id == "hap-feared"
    assert item.denies.cite.by == ("officials",)
    assert (item.factuality, item.status.value) == ("denied", "not_so")


def test_a_number_that_differs_from_the_last_one_is_told_with_both(made):
    (number,) = made.numbers
    assert (number.of, number.party, number.same_happening) == (
        "troops",
        "Russia",
        False,
    )
    assert (number.before.text, number.now.text) == ("100 troops", "130 troops")
    assert number.before.cite.date == dt.date(2022, 1, 10)
    assert made.numbers_count == 1


def test_a_number_told_before_is_no_change(tmp_path):
    again = msgspec.structs.replace(
        EVENTS[2], name="same", doc_id="late", line=0, happening="hap-same"
    )
    reports = (
        REPORTS[0],
        Report(doc_id="late", day=16, text="Russia has massed 100 troops."),
    )
    record = write_record(tmp_path / "rec", reports, (EVENTS[2], again))
    assert brief(record, Filters(since=SINCE)).numbers == ()


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ("troops", "soldiers", True),
        ("troops", "tanks", False),
        ("days", "days", False),
    ],
)
def test_only_numbers_of_one_thing_change(before, now, changed, tmp_path):
    reports = (
        Report(doc_id="old", day=10, text=f"Russia has massed 100 {before}."),
        Report(doc_id="new", day=14, text=f"Russia has massed 130 {now}."),
    )
    events = (
        msgspec.structs.replace(
            EVENTS[2], line=0, numbers=((f"100 {before}", 100.0, before),)
        ),
        msgspec.structs.replace(
            EVENTS[6], line=0, numbers=((f"130 {now}", 130.0, now),)
        ),
    )
    record = write_record(tmp_path / "rec", reports, events)
    assert bool(brief(record, Filters(since=SINCE)).numbers) is changed


def test_the_country_of_those_who_are_counted_is_named(tmp_path):
    text = "{} Russian soldiers massed."
    reports = [
        Report(doc_id=f"d{count}", day=day, text=text.format(count))
        for count, day in ((100, 10), (130, 14))
    ]
    events = [
        Told(
            name=f"e{count}",
            doc_id=f"d{count}",
            line=0,
            event_type="MOBILIZE",
            trigger="massed",
            happening=f"hap-{count}",
            actors=(f"{count} Russian soldiers",),
            numbers=((f"{count} Russian soldiers", float(count), "soldiers"),),
        )
        for count in (100, 130)
    ]
    record = write_record(tmp_path / "rec", reports, events)
    (number,) = brief(record, Filters(since=SINCE)).numbers
    assert (number.party, number.of) == ("Russia", "soldiers")


def test_the_weight_is_the_product_of_its_parts(made):
    (item,) = part(made, "happened").items
    weight = item.weight
    assert (weight.type, weight.quad, weight.parties) == (1.3, 1.0, 0.7)
    assert (weight.factuality, weight.origins) == (1.0, 1.0)
    assert weight.confidence == pytest.approx(0.93)
    assert weight.total == pytest.approx(1.3 * 0.7 * 0.93, abs=1e-4)


def test_what_two_tell_stands_above_what_one_tells(tmp_path):
    text = "Russia attacked Ukraine.\nChad attacked Sudan."
    reports = (
        Report(doc_id="a", day=14, text=text, outlet="Gazette"),
        Report(doc_id="b", day=14, text=text, outlet="Herald"),
    )
    events = [
        Told(
            name=f"{doc}-{line}",
            doc_id=doc,
            line=line,
            event_type="ASSAULT",
            trigger="attacked",
            happening=f"hap-{line}",
            actors=("Russia",) if line == 0 else ("Chad",),
            recipients=("Ukraine",) if line == 0 else ("Sudan",),
        )
        for doc, line in (("a", 0), ("a", 1), ("b", 1))
    ]
    record = write_record(tmp_path / "rec", reports, events)
    assert names(brief(record, Filters(since=SINCE)), "happened") == ["hap-1", "hap-0"]


@pytest.mark.parametrize(
    ("filters", "happenings", "statements"),
    [
        ({"countries": ("SDN",)}, ["hap-met", "hap-threat"], []),
        ({"by": ("Russia",)}, ["hap-denied"], []),
        ({"by": ("Chad",)}, [], ["stm-call"]),
        ({"types": ("MOBILIZE",)}, ["hap-more"], []),
        ({"factualities": ("negated",)}, ["hap-not"], []),
        ({"min_confidence": 0.95}, [], []),
    ],
)
def test_filters_choose_what_fits(filters, happenings, statements, record):
    made = brief(record, Filters(since=SINCE, **filters))
    items = [item for one in made.parts for item in one.items]
    assert sorted(i.happening_id for i in items if i.happening_id) == happenings
    assert [i.cite.statement_id for i in items if i.act] == statements


def test_at_most_limit_items_of_a_part_are_shown_and_all_are_counted(record):
    demands = part(brief(record, Filters(since=SINCE), limit=1), "demands")
    assert (len(demands.items), demands.count) == (1, 2)


def test_nothing_new_is_an_answer(record):
    made = brief(record, Filters(since=dt.date(2022, 2, 1)))
    assert (made.happenings, made.statements, made.numbers_count) == (0, 0, 0)
    assert made.until == dt.date(2022, 1, 16)


def test_a_record_without_reports_has_nothing_new(tmp_path):
    made = brief(write_record(tmp_path / "rec", ()), Filters(since=SINCE))
    assert (made.until, made.happenings, made.reports.reports) == (None, 0, 0)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(), "--since 2022-01-28"),
        (Filters(since=SINCE, until=dt.date(2022, 1, 1)), "is before --since"),
    ],
)
def test_a_window_that_cannot_be_is_wrong_use(filters, said, record):
    with pytest.raises(UsageError, match=said):
        brief(record, filters)
