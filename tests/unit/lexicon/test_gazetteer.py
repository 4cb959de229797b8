"""The tables are whole, and a name finds what it can mean."""

from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon.files import read_tsv
from onrecord.lexicon.gazetteer import (
    COLUMNS,
    FOLDER,
    TABLES,
    PlaceKind,
    load_gazetteer,
)
from onrecord.model.annotation import Precision
from tests.support.places import small_gazetteer

DISPUTED = {
    "Crimea": "UKR",
    "Donetsk People's Republic": "UKR",
    "Luhansk People's Republic": "UKR",
    "Abkhazia": "GEO",
    "South Ossetia": "GEO",
    "Transnistria": "MDA",
    "Nagorno-Karabakh": "AZE",
    "Western Sahara": "MAR",
    "Northern Cyprus": "CYP",
    "Somaliland": "SOM",
    "Golan Heights": "SYR",
    "Gaza Strip": "PSE",
    "West Bank": "PSE",
}


@pytest.mark.parametrize(("name", "country"), DISPUTED.items())
def test_disputed_land_has_its_nominal_sovereign(name: str, country: str) -> None:
    assert small_gazetteer().lookup(name)[0].country == country


@pytest.mark.parametrize("name", ["Kashmir", "Spratly Islands", "Aksai Chin"])
def test_land_without_a_leading_claim_has_no_country(name: str) -> None:
    assert small_gazetteer().lookup(name)[0].country is None


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("U.S.", "USA"),
        ("Britain", "GBR"),
        ("DRC", "COD"),
        ("Kosovo", "KOS"),
        ("Côte d'Ivoire", "CIV"),
        ("The Gambia", "GMB"),
        ("Türkiye", "TUR"),
    ],
)
def test_countries_have_their_usual_names(name: str, country: str) -> None:
    found = small_gazetteer().lookup(name)[0]
    assert (found.kind, found.country) == (PlaceKind.COUNTRY, country)


@pytest.mark.parametrize("name", ["us", "Us", "drc", "Miss", "Ill", "Wash"])
def test_abbreviations_are_found_only_as_written(name: str) -> None:
    assert small_gazetteer().lookup(name) == ()


def test_tables_come_before_towns() -> None:
    kinds = [e.kind for e in small_gazetteer().lookup("Washington")]
    assert kinds == [PlaceKind.STATE, PlaceKind.ADMIN1, PlaceKind.TOWN]


def test_a_town_is_told_its_first_level_unit() -> None:
    assert small_gazetteer().lookup("Atlanta")[0].admin1 == "Georgia"


def test_an_unknown_name_means_nothing() -> None:
    assert small_gazetteer().lookup("Nowhere at all") == ()


@pytest.mark.parametrize("table", TABLES)
def test_countries_waters_and_wide_regions_have_no_point(table: str) -> None:
    pointless = {"country", "water", "continent", "supraregion"}
    for _, cells in read_tsv(FOLDER / f"{table}.tsv", COLUMNS):
        row = dict(zip(COLUMNS, cells, strict=True))
        if row["kind"] in pointless:
            assert (row["lat"], row["lon"]) == ("", ""), row["entry_id"]


@pytest.mark.parametrize("table", TABLES)
def test_points_lie_on_the_globe(table: str) -> None:
    for _, cells in read_tsv(FOLDER / f"{table}.tsv", COLUMNS):
        row = dict(zip(COLUMNS, cells, strict=True))
        if row["lat"]:
            assert -90 <= float(row["lat"]) <= 90, row["entry_id"]
            assert -180 <= float(row["lon"]) <= 180, row["entry_id"]


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sorted_and_their_precision_fits_their_kind(table: str) -> None:
    fit = {"country": Precision.COUNTRY, "water": Precision.WATER, "site": "point"}
    ids = []
    for _, cells in read_tsv(FOLDER / f"{table}.tsv", COLUMNS):
        row = dict(zip(COLUMNS, cells, strict=True))
        ids.append(row["entry_id"])
        assert row["precision"] == fit.get(row["kind"], "region"), row["entry_id"]
    assert ids == sorted(ids)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    head = "\t".join(COLUMNS) + "\n"
    for table in TABLES:
        (tmp_path / f"{table}.tsv").write_text(head)
    (tmp_path / "waters.tsv").write_text(
        head
        + "water.x\tX\t\twater\t\t\t1\t2\twater\tatlas\n"
        + "water.y\tY\t\tpuddle\t\t\t\t\twater\tatlas\n"
        + "water.z\tZ\t\twater\t\t\t\t\twater\t\n"
    )
    with pytest.raises(LexiconError) as caught:
        load_gazetteer(tmp_path)
    assert [p.split(": ", 1)[0] for p in caught.value.problems] == [
        "waters.tsv:2",
        "waters.tsv:3",
        "waters.tsv:4",
    ]
