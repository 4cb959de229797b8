"""Towns are compiled into one file, found by name, and kept in a cache folder."""

from pathlib import Path

import pytest

from onrecord.lexicon import towns as module
from onrecord.lexicon.towns import Towns, load_towns
from tests.support.places import few_towns


@pytest.fixture
def towns() -> Towns:
    return Towns(memoryview(few_towns()))


def test_the_largest_comes_first(towns: Towns) -> None:
    assert [t.unit for t in towns.lookup("springfield")] == ["MO", "IL"]


def test_a_town_keeps_its_five_decimals(towns: Towns) -> None:
    town = towns.lookup("kyiv")[0]
    assert (town.lat, town.lon) == (50.45466, 30.5238)
    assert (town.name, town.country, town.geonameid) == ("Kyiv", "UKR", 9)
    assert town.population == 2952301


def test_other_names_are_marked(towns: Towns) -> None:
    assert [t.alternate for t in towns.lookup("kiev")] == [True]
    assert [t.alternate for t in towns.lookup("kyiv")] == [False]


def test_airport_codes_are_no_names(towns: Towns) -> None:
    assert towns.lookup("kbp") == ()


def test_small_towns_have_no_other_names(towns: Towns) -> None:
    assert towns.lookup("talpita") == ()
    assert len(towns.lookup("talpa")) == 1


def test_the_name_without_city_is_the_towns_own(towns: Towns) -> None:
    assert [t.alternate for t in towns.lookup("new york")] == [False]


def test_capitals_are_known(towns: Towns) -> None:
    found = towns.lookup("tripoli")
    assert [(t.country, t.capital) for t in found] == [("LBY", True), ("LBN", False)]


@pytest.mark.parametrize("key", ["", "a", "zzz", "springfiel", "springfields"])
def test_unknown_names_are_not_found(towns: Towns, key: str) -> None:
    assert towns.lookup(key) == ()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Compile the few towns instead of GeoNames; count how often."""
    calls: list[int] = []

    def compiled(*_: object) -> bytes:
        calls.append(1)
        return image

    image = few_towns()
    monkeypatch.setattr(module, "_read_upstream", lambda: ([], {}))
    monkeypatch.setattr(module, "compile_towns", compiled)
    return calls


def test_the_file_is_made_once(
    few: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "new"))
    load_towns()
    assert load_towns().lookup("kyiv")[0].name == "Kyiv"
    assert len(few) == 1
    assert [p.suffix for p in (tmp_path / "new").iterdir()] == [".bin"]


def test_the_users_cache_folder_is_respected(
    few: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_towns()
    assert len(list((tmp_path / "onrecord").glob("towns-*.bin"))) == 1


@pytest.mark.parametrize("damage", [b"", b"not ours", b"{}\n", b"[1]\nx"])
def test_a_damaged_file_is_made_anew(
    few: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path))
    load_towns()
    path = next(tmp_path.iterdir())
    path.write_bytes(damage)
    assert load_towns().lookup("kyiv")[0].name == "Kyiv"
    assert len(few) == 2
    assert path.read_bytes() == few_towns()


def test_a_cut_file_is_made_anew(
    few: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path))
    load_towns()
    path = next(tmp_path.iterdir())
    path.write_bytes(few_towns()[:-1])
    load_towns()
    assert len(few) == 2


def test_without_a_folder_towns_are_made_in_memory(
    few: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("ONRECORD_CACHE", str(blocked))
    assert load_towns().lookup("kyiv")[0].name == "Kyiv"
    assert blocked.read_text() == "no folder"
