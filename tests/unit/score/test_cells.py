"""Which cells of an event agree."""

import pytest

from onrecord.score.cells import cell_figures, count_cells
from onrecord.score.words import make_place
from tests.support.scores import act

DAY, DAYS, LATER = (
    ("2022-01-03",) * 2,
    ("2022-01-01", "2022-01-05"),
    ("2022-02-01",) * 2,
)


def right(cell, gold, given):
    counts = {}
    count_cells(counts, act(**gold), act(**given))
    return cell_figures(counts)[cell].all.share == 100


@pytest.mark.parametrize(
    ("gold", "given", "same", "meets"),
    [
        ((DAY,), (DAY,), True, True),
        ((DAY,), (DAYS,), False, True),
        ((DAY,), (LATER,), False, False),
        ((DAY,), (), False, False),
        ((), (), True, True),
        ((), (DAY,), False, False),
    ],
)
def test_days(gold, given, same, meets):
    assert right("when", {"when": gold}, {"when": given}) is same
    assert right("when_overlaps", {"when": gold}, {"when": given}) is meets


def test_the_day_of_publication_tells_no_time():
    assert right("when", {"when": ()}, {"when": (DAY,), "is_told": False})


@pytest.mark.parametrize(
    ("gold", "given", "same"),
    [
        (("Medellín",), ("medellin",), True),
        (("Aden", "the city of Aden"), ("Aden",), True),
        (("Aden",), ("Sanaa",), False),
        ((), ("Aden",), False),
        ((), (), True),
    ],
)
def test_places_by_name(gold, given, same):
    def where(names):
        return {"where": (make_place(*names),) if names else ()}

    assert right("where", where(gold), where(given)) is same


def test_every_gold_number_must_be_given_by_value():
    assert right("numbers", {"numbers": (2.0,)}, {"numbers": (1.0, 2.0)})
    assert not right("numbers", {"numbers": (2.0, 3.0)}, {"numbers": (2.0,)})


def test_given_and_absent_stand_apart_and_unknown_is_counted():
    counts = {}
    count_cells(counts, act(numbers=(1.0,)), act())
    count_cells(counts, act(), act())
    count_cells(counts, act(numbers=None), act())
    found = cell_figures(counts)["numbers"]
    assert (found.all.n, found.given.share, found.absent.share) == (2, 0.0, 100.0)
    assert counts["uncompared.numbers"] == 1
