"""The figures do not fall below their floors: kept ones, and ones measured anew."""

import msgspec
import pytest

from bench.quality.figures import Made, read_figures
from bench.quality.floors import (
    changed_gold,
    find_fallen,
    find_loose,
    read_floors,
)
from bench.quality.measures import MEASURES, ask_scorer, compare
from bench.quality.shared import find_shared
from bench.quality.sides import read_sides
from onrecord.score import score

FLOORS, GOLD = read_floors()
ANEW = {"events": True, "syntax": True, "told_twice": False}  # needs shared data


@pytest.fixture(scope="session")
def lines(tmp_path_factory):
    return tmp_path_factory.mktemp("lines")


def need_shared():
    try:
        return find_shared()
    except SystemExit as err:
        pytest.skip(f"needs the shared data: {err}")


def made(figures):
    none = {"date": "", "command": "", "program": "", "lexicon": "", "model": ""}
    return Made(**none, figures=figures)


@pytest.mark.shared
@pytest.mark.parametrize("name", ANEW)
def test_a_measure_made_anew_is_above_its_floors(name, lines):
    if ANEW[name]:
        need_shared()
    figures = {name: made(MEASURES[name].run(lines))}
    assert list(map(str, find_fallen({name: FLOORS[name]}, figures))) == []


@pytest.mark.shared
def test_both_scorers_agree_on_every_figure(lines):
    need_shared()
    if not (lines / "dev.jsonl").exists():
        MEASURES["events"].run(lines)
    gold, given = read_sides("dev", lines / "dev.jsonl")
    ours = msgspec.to_builtins(score(gold, given, layers=("events", "statements")))
    theirs = ask_scorer("dev", lines / "dev.jsonl")
    assert len(gold) == 14
    assert compare(ours, theirs) == ()
    changed = {**theirs, "unreal": {**theirs["unreal"], "share": 0.0}}
    assert compare(ours, changed) == ("unreal",)


def test_kept_figures_are_above_their_floors_and_near_them():
    figures = read_figures()
    assert list(map(str, find_fallen(FLOORS, figures))) == []
    assert list(map(str, find_loose(FLOORS, figures))) == []


def test_gold_of_the_repository_is_what_the_floors_were_set_on():
    assert changed_gold(GOLD, None) == ()


@pytest.mark.shared
def test_shared_gold_is_what_the_floors_were_set_on():
    assert changed_gold(GOLD, need_shared()) == ()
