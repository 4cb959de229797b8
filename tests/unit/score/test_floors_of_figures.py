"""Named figures and floors."""

import pytest

from onrecord.errors import UsageError
from onrecord.score.floors import find_fallen, name_figures, parse_floors
from onrecord.score.scoring import LAYERS, score
from tests.support.scores import act, report, said


def test_every_figure_has_a_name():
    gold = [report(act(), statements=(said(),))]
    figures = name_figures(score(gold, gold, layers=LAYERS))
    assert figures["typed"] == figures["typed.p"] == figures["typed.THREATEN.r"] == 100
    assert figures["unreal"] == 0
    assert {"found", "dyad", "fact", "kappa", "by", "said", "act"} <= set(figures)
    assert {"actors", "actors.given", "when.absent"} <= set(figures)
    assert "times.strict" not in figures


@pytest.mark.parametrize(
    ("floors", "fallen"),
    [
        ({"typed": 70.0}, ()),
        ({"typed": 70.1}, ("typed is 70.00, below its floor of 70.1",)),
        ({"unreal": 20.0}, ()),
        ({"unreal": 19.0}, ("unreal is 20.00, above its ceiling of 19",)),
    ],
)
def test_floors_and_the_ceiling(floors, fallen):
    assert find_fallen({"typed": 70.0, "unreal": 20.0}, floors) == fallen


def test_a_floor_for_nothing_measured_is_wrong_use():
    with pytest.raises(
        UsageError, match=r"typd: not measured here; measured are typed"
    ):
        find_fallen({"typed": 70.0}, {"typd": 1.0})


@pytest.mark.parametrize(
    "text", ["typed", "typed=", "typed=high", "typed=nan", "typed=inf"]
)
def test_a_floor_is_a_name_and_a_number(text):
    assert parse_floors(["typed=70", "kappa=0.5"]) == {"typed": 70.0, "kappa": 0.5}
    with pytest.raises(UsageError, match="NAME=VALUE"):
        parse_floors([text])
