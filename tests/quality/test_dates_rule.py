"""The rule that compares our times with TEI's dates."""

import pytest

from bench.quality.dates import agrees, is_readable, is_same


def time(value, first=None, last=None, kind="DATE"):
    return {"type": kind, "value": value, "from": first, "to": last}


def test_a_value_is_cut_to_golds_precision():
    assert is_same({"when": "2015-09"}, time("2015-09-21TMO"))
    assert not is_same({"when": "2015-09-22"}, time("2015-09"))


def test_of_a_recurring_date_only_its_own_parts_count():
    assert is_same({"when": "--10"}, time("2013-10"))
    assert not is_same({"when": "--10"}, time("2013-11"))


@pytest.mark.parametrize(
    ("first", "last", "right"),
    [
        ("2006-02-20", "2006-02-26", True),
        ("2006-02-24", "2006-02-26", False),
    ],
)
def test_between_two_ends_half_of_the_days_are_enough(first, last, right):
    gold = {"from": "2006-02-19", "to": "2006-02-26"}
    assert agrees(gold, time("2006-W08", first, last)) is right
    assert not is_same(gold, time("2006-W08", first, last))


def test_one_bound_may_not_be_passed():
    gold = {"notAfter": "2015-08-02"}
    assert agrees(gold, time("2015-08", "2015-08-01", "2015-08-02"))
    assert not agrees(gold, time("2015-08", "2015-08-01", "2015-08-03"))
    assert agrees(gold, time("PAST_REF"))


def test_a_value_that_is_no_date_is_not_read():
    assert not is_readable({"when": "w"})
    assert is_readable({"from": "--09-15", "to": "--09-30"})
