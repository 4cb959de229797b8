import pytest

from onrecord.show.export.dyads import (
    best_place,
    coded_party,
    dyads,
    event_day,
    number_of,
    point_of,
)
from tests.support.exports import REPORT, build_place, build_row
from tests.support.lines import build_party

RUSSIA = build_party("Russia", "Russia", country="RUS", sectors=["GOV"])
UKRAINE = build_party("officials", "Ukraine", country="UKR", sectors=["MIL", "GOV"])
NOBODY = build_party("troops", "the West")


def pairs(*, both=True, unreal=False, **fields):
    found = dyads(build_row(**fields), both=both, unreal=unreal)
    if isinstance(found, str):
        return found
    return [(a.code, b.code if b else None) for a, b in found]


@pytest.mark.parametrize(
    ("country", "sectors", "code"),
    [
        ("USA", ["GOV"], "USAGOV"),
        ("ROU", ["JRN"], "ROMMED"),
        ("GBR", ["MED"], "GBRHLH"),
        ("UNO", [], "IGOUNO"),
        (None, ["REB"], "REB"),
        ("RUS", ["PRE"], "RUS"),
    ],
)
def test_a_party_has_cameos_code_of_country_and_role(country, sectors, code):
    party = build_party("Russia", "X", country=country, sectors=sectors)
    assert coded_party(party).code == code


def test_a_party_without_a_code_is_none():
    assert coded_party(NOBODY) is None


def test_each_actor_meets_each_recipient():
    assert pairs(actors=[RUSSIA, UKRAINE], recipients=[UKRAINE]) == [
        ("RUSGOV", "UKRMIL"),
        ("UKRMIL", "UKRMIL"),
    ]


def test_parties_of_talks_are_paired_each_way():
    assert pairs(actors=[RUSSIA, UKRAINE], recipients=[]) == [
        ("RUSGOV", "UKRMIL"),
        ("UKRMIL", "RUSGOV"),
    ]


def test_an_act_on_nobody_has_no_target_where_the_format_allows_it():
    assert pairs(both=False, recipients=[NOBODY]) == [("RUSGOV", None)]
    assert pairs(both=True, recipients=[NOBODY]) == "no recipient with a code"


def test_a_party_named_twice_is_one():
    assert pairs(actors=[RUSSIA, RUSSIA]) == [("RUSGOV", "UKRGOV")]


@pytest.mark.parametrize("factuality", ["planned", "hypothetical", "negated", "denied"])
def test_what_did_not_happen_is_left_out_unless_asked_for(factuality):
    assert pairs(factuality=factuality) == f"{factuality}, not happened"
    assert pairs(factuality=factuality, unreal=True) == [("RUSGOV", "UKRGOV")]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"actors": [NOBODY]}, "no actor with a code"),
        ({"report": {**REPORT, "date": None}}, "no date"),
        ({"historical": True}, "of long ago, with no day of its own"),
    ],
)
def test_a_reason_says_why_an_event_has_no_row(fields, reason):
    assert pairs(**fields) == reason


def test_a_list_of_many_parties_is_left_out():
    many = [
        build_party("Russia", f"P{n}", country="RUS", sectors=["GOV"]) for n in range(7)
    ]
    assert pairs(actors=many, recipients=[]) == "more than 32 pairs of parties"


def test_the_day_is_the_first_that_the_text_says_else_that_of_the_report():
    when = {"from": "2022-01-03", "to": "2022-01-09"}
    assert event_day(build_row(when=when)) == "2022-01-03"
    assert event_day(build_row()) == "2022-01-29"


def test_the_number_begins_the_id_again_and_fits_53_bits():
    assert number_of("evt-ffffffffffff56789012", 31) == 2**53 - 1
    number = number_of("evt-00123456789a56789012", 3)
    assert format(number // 32, "012x") == "00123456789a"


def test_the_best_known_place_is_taken():
    country = build_place("Ukraine", "country", country="UKR", lat=49.0, lon=32.0)
    city = build_place("Kyiv", "city", country="UKR", lat=50.45, lon=30.52)
    assert best_place(build_row(where=[country, city])) is city
    assert point_of(city) == (50.45, 30.52)


@pytest.mark.parametrize("precision", ["country", "region", "water"])
def test_an_area_has_no_point_even_if_a_number_is_there(precision):
    assert point_of(build_place("Ukraine", precision, lat=49.0, lon=32.0)) is None
