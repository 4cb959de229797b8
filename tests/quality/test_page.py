"""The page says what the figures say, and the files of figures and floors are kept."""

import pytest

from bench.quality.__main__ import find_stale
from bench.quality.figures import Made, flatten, read_figures, write_figures
from bench.quality.floors import (
    Fallen,
    find_fallen,
    find_loose,
    hash_gold,
    is_ceiling,
    lowered,
    note_lowered,
    raised,
    read_floors,
    write_floors,
)
from bench.quality.measures import MEASURES
from bench.quality.page import PAGE, fill, make_page
from bench.quality.page_tables import Read
from onrecord.model.run import Versions


def made(**figures):
    return Made(
        date="2026-01-02",
        command="python -m x",
        program="1",
        lexicon="l",
        model="m",
        seconds=3,
        figures=figures,
    )


def test_the_page_is_made_of_the_figures():
    assert PAGE.read_text("utf-8") == make_page(read_figures()), (
        "run: python -m bench.quality --page"
    )


def test_every_measure_has_figures_and_a_place_on_the_page():
    page = PAGE.read_text("utf-8")
    figures = read_figures()
    assert set(figures) == set(MEASURES)
    assert [n for n, one in figures.items() if one.command not in page] == []


def test_figures_are_kept_as_they_are(tmp_path):
    path = tmp_path / "figures.toml"
    figures = {
        "b": made(a={"f": 72.5, "n": 3, "deep": {"x>y": 1}}, rows=[[30, 2, 0.5]]),
        "a": made(none=0.1234567891),
    }
    write_figures(figures, path)
    kept = read_figures(path)
    assert kept["b"] == figures["b"]
    assert kept["a"].figures == {"none": 0.123457}
    assert list(kept) == ["a", "b"]


def test_figures_have_names_with_dots():
    nested = {"a": {"f": 1.5, "rows": [[1]]}, "n": 2}
    assert dict(flatten(nested)) == {"a.f": 1.5, "n": 2}


@pytest.mark.parametrize(
    ("name", "value", "floor", "fell", "loose"),
    [
        ("typed.f", 72.0, 71.0, False, False),
        ("typed.f", 70.0, 71.0, True, False),
        ("typed.f", 75.0, 71.0, False, True),
        ("unreal.share", 19.0, 20.0, False, False),
        ("unreal.share", 21.0, 20.0, True, False),
        ("unreal.share", 15.0, 20.0, False, True),
        ("kappa", 0.75, 0.70, False, False),
        ("kappa", 0.80, 0.70, False, True),
        ("right", 9, 9, False, False),
        ("right", 11, 9, False, False),
        ("right", 12, 9, False, True),
        ("across.precision", 80.0, 61.0, False, False),
    ],
)
def test_fallen_and_loose_floors(name, value, floor, fell, loose):
    outer, *inner = name.split(".")
    figures = {"m": made(**{outer: {inner[0]: value} if inner else value})}
    floors = {"m": {name: floor}}
    assert bool(list(find_fallen(floors, figures))) is fell
    assert bool(list(find_loose(floors, figures))) is loose


def test_a_floor_without_its_figure_is_said():
    with pytest.raises(SystemExit, match="m has no figure typd"):
        list(find_fallen({"m": {"typd": 1}}, {"m": made(typed=1)}))


def test_raising_never_lowers():
    figures = {"m": made(a=80.0, b=50.0, unreal=10.0)}
    floors = {"m": {"a": 70.0, "b": 49.9, "unreal": 15.0}, "other": {"c": 1.0}}
    after = raised(floors, figures)
    assert after == {"m": {"a": 78.5, "b": 49.9, "unreal": 11.5}, "other": {"c": 1.0}}


def test_lowering_puts_down_what_fell_and_notes_why(tmp_path):
    before = {"m": {"a": 70.0, "b": 10.0}}
    after = lowered(before, iter([Fallen("m", "a", 60.0, 70.0)]))
    assert after == {"m": {"a": 58.5, "b": 10.0}}
    log = tmp_path / "CHANGELOG.md"
    log.write_text("# Changes\n\n### Floors\n\n- Older.\n\n### Fixed\n", "utf-8")
    note_lowered(before, after, "a new gold", log)
    assert log.read_text("utf-8") == (
        "# Changes\n\n### Floors\n\n- m a from 70 to 58.5: a new gold\n- Older.\n\n"
        "### Fixed\n"
    )


def test_floors_and_hashes_are_kept(tmp_path):
    path = tmp_path / "floors.toml"
    write_floors({"m": {"a.f": 70.5, "n": 3}}, {"data/gold": "ab"}, path)
    assert read_floors(path) == ({"m": {"a.f": 70.5, "n": 3}}, {"data/gold": "ab"})


def test_changed_gold_has_another_hash(tmp_path):
    (tmp_path / "gold").mkdir()
    file = tmp_path / "gold/a.json"
    file.write_text("1", "utf-8")
    before = hash_gold(("gold",), tmp_path)
    assert hash_gold(("gold",), tmp_path) == before
    file.write_text("2", "utf-8")
    assert hash_gold(("gold",), tmp_path) != before


def test_what_may_not_rise():
    assert is_ceiling("events.unreal.share")
    assert not is_ceiling("events.typed.f")


def test_figures_of_another_lexicon_or_model_are_stale():
    def now(lexicon):
        return Versions(program="2", schema=1, lexicon=lexicon, model="m")

    assert list(find_stale({"a": made()}, now("l"))) == []
    (line,) = find_stale({"a": made()}, now("other"))
    assert line.startswith("a was measured with another lexicon")


def test_places_of_the_template():
    read = Read(made={}, figures={"m": {"f": 72.456, "n": 1234}})
    assert fill("m.f", read) == "72.5"
    assert fill("m.f|2", read) == "72.46"
    assert fill("m.n", read) == "1,234"
    with pytest.raises(SystemExit, match=r"asks for m\.x, which was not measured"):
        fill("m.x", read)
