import pytest

from onrecord.ontology import load_ontology
from onrecord.show.export.code_tables import (
    COLUMNS,
    country_name,
    fips_code,
    load_codes,
)


@pytest.mark.parametrize(
    ("iso3", "fips"),
    [("UKR", "UP"), ("RUS", "RS"), ("DEU", "GM"), ("CHN", "CH"), ("KOS", "KV")],
)
def test_fips_is_not_iso(iso3, fips):
    assert fips_code(iso3) == fips


@pytest.mark.parametrize("code", ["PSE", "IGO", None])
def test_what_has_no_one_fips_code_has_none(code):
    assert fips_code(code) is None


def test_every_country_of_the_ontology_has_a_row():
    assert set(load_codes("countries")) == set(load_ontology().states)


def test_every_sector_of_the_ontology_has_a_row():
    assert set(load_codes("sectors")) == set(load_ontology().sectors)


def test_every_body_of_the_ontology_has_a_row():
    assert set(load_codes("bodies")) == set(load_ontology().supranational)


def test_every_root_that_the_ontology_writes_has_a_name():
    types = load_ontology().event_types.values()
    used = {e.cameo for e in types} | {
        code for e in types for code in e.cameo_by_mode.values()
    }
    assert used <= set(load_codes("roots"))


def test_no_two_countries_share_a_fips_code():
    codes = [row["fips"] for row in load_codes("countries").values() if row["fips"]]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("table", COLUMNS)
def test_every_row_has_an_origin(table):
    assert all(row["origin"] for row in load_codes(table).values())


def test_a_body_is_no_country():
    assert country_name("UNO") is None
    assert country_name("UKR") == "Ukraine"
