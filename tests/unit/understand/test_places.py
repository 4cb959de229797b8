"""Places are found by name, told apart by context, and never invented."""

import pytest

from onrecord.model.annotation import (
    Nominal,
    NominalKind,
    Place,
    Precision,
    Sentence,
)
from onrecord.model.span import Span
from onrecord.understand.places import places_in
from tests.support.places import small_gazetteer
from tests.support.trees import build_sentence


def words(line: str, *, start: int = 0) -> tuple[str, Sentence]:
    """Return a flat sentence: `word/TAG` is a name, other capitals are plain names."""
    rows = []
    for at, word in enumerate(line.split(), 1):
        form, _, tag = word.partition("/")
        upos = "PUNCT" if not form[0].isalnum() else "NOUN"
        upos = "PROPN" if (form[0].isupper() and at > 1) or tag else upos
        upos = "ADP" if form in {"in", "near", "of", "from"} else upos
        rows.append(f"{form} {form} {upos} {at - 1} dep {tag or 'O'}")
    return build_sentence("\n".join(rows), start=start)


def find(*lines: str, nominals: tuple[Nominal, ...] = ()) -> tuple[str, list[Place]]:
    """Return the text of the lines and the places found in it."""
    text, sentences = "", []
    for line in lines:
        part, sentence = words(line, start=len(text))
        text += part + "\n"
        sentences.append(sentence)
    return text, list(places_in(text, sentences, nominals, small_gazetteer()))


def named(*lines: str) -> list[tuple[str, str, str | None]]:
    """Return (words, name, country) of the places found."""
    text, places = find(*lines)
    return [(p.span.of(text), p.name, p.country) for p in places]


def test_a_country_has_no_point() -> None:
    _, places = find("troops near Ukraine")
    assert [(p.precision, p.lat, p.lon) for p in places] == [
        (Precision.COUNTRY, None, None)
    ]
    assert places[0].basis == "country"


def test_a_sea_has_no_point_and_no_country() -> None:
    _, places = find("warships in the Black Sea")
    assert [(p.name, p.precision, p.lat, p.country) for p in places] == [
        ("Black Sea", Precision.WATER, None, None)
    ]


def test_a_town_has_its_point() -> None:
    _, places = find("talks in Kyiv")
    assert (places[0].lat, places[0].lon) == (50.45466, 30.5238)
    assert (places[0].geonameid, places[0].basis) == (9, "gazetteer")


def test_a_direction_is_no_part_of_the_place() -> None:
    assert named("drills in southwestern Russia") == [("Russia", "Russia", "RUS")]


def test_the_longest_name_counts() -> None:
    assert named("fighting in the Democratic Republic of the Congo") == [
        (
            "Democratic Republic of the Congo",
            "Democratic Republic of the Congo",
            "COD",
        )
    ]


def test_an_adjective_is_no_place() -> None:
    assert named("the Russian army") == []


@pytest.mark.parametrize("line", ["part Of it", "on March 3", "the Police said"])
def test_common_words_are_no_towns(line: str) -> None:
    assert named(line) == []


def test_a_persons_name_is_no_place() -> None:
    assert named("singer Paris/B-PER Hilton/I-PER") == []


def test_a_surname_is_no_town_later_either() -> None:
    lines = ("officer Anna/B-PER Savannah/I-PER", "a speech of Savannah")
    assert named(*lines) == []


def test_an_institution_is_no_place() -> None:
    assert named("the Bank of England") == []
    assert named("the Paris Review") == []


def test_a_longer_name_that_is_none_hides_the_place() -> None:
    line = "the Islamic State of Iraq and the Levant in Iraq"
    assert named(line) == [("Iraq", "Iraq", "IRQ")]


def test_a_known_organisation_is_no_place() -> None:
    line = "the Union of Georgia"
    text, found = find(line)
    assert [p.span.of(text) for p in found] == ["Georgia"]
    union = Nominal(
        sentence=0,
        head=1,
        span=Span(4, len(line)),
        kind=NominalKind.ORGANISATION,
        name="Union of Georgia",
        entity_id="org-1",
        basis="lexicon",
    )
    assert find(line, nominals=(union,))[1] == []


def test_a_piece_of_an_unknown_name_is_no_town() -> None:
    assert named("a camp in Paris/B-LOC Shok/I-LOC") == []


def test_a_small_town_needs_the_reader() -> None:
    assert named("quiet Talpa slept") == []
    assert named("quiet Talpa/B-LOC slept") == [("Talpa", "Talpa", "MEX")]


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("a fair in Springfield , Illinois", ["Illinois", "Illinois"]),
        ("a fair in Springfield , Missouri", ["Missouri", "Missouri"]),
        ("a fair in Springfield", ["Missouri"]),
    ],
)
def test_a_town_lies_in_the_state_behind_it(line: str, units: list[str]) -> None:
    assert [p.admin1 for p in find(line)[1]] == units


def test_a_town_so_settled_stays_so() -> None:
    _, places = find("a fair in Springfield , Illinois", "rain in Springfield")
    assert [p.admin1 for p in places] == ["Illinois"] * 3


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("shots in Tripoli", "LBY"),
        ("shots in Tripoli , Lebanon", "LBN"),
        ("shots in Tripoli in Lebanon", "LBN"),
    ],
)
def test_a_town_lies_in_the_country_behind_it(line: str, country: str) -> None:
    assert find(line)[1][0].country == country


def test_a_small_town_said_to_lie_in_another_country_is_not_meant() -> None:
    assert named("ruins at Talpa/B-LOC") == [("Talpa", "Talpa", "MEX")]
    assert named("ruins at Talpa/B-LOC in Ukraine") == [("Ukraine", "Ukraine", "UKR")]


def test_countries_in_a_list_do_not_hold_each_other() -> None:
    assert [n for _, _, n in named("drought in Niger , Nigeria and Chad")] == [
        "NER",
        "NGA",
        "TCD",
    ]


def test_georgia_is_a_country_by_itself() -> None:
    assert named("a vote in Georgia") == [("Georgia", "Georgia", "GEO")]


def test_georgia_beside_its_capital_is_the_country() -> None:
    lines = ("crowds in Tbilisi", "a vote in Georgia", "guests from the US")
    assert [c for _, _, c in named(*lines)] == ["GEO", "GEO", "USA"]


def test_georgia_among_american_towns_is_the_state() -> None:
    lines = ("crowds in Atlanta", "crowds in Savannah", "a vote in Georgia")
    _, places = find(*lines)
    assert (places[-1].country, places[-1].precision) == ("USA", Precision.REGION)
    assert places[-1].basis == "context"


def test_washington_among_states_is_a_state() -> None:
    _, places = find("fires in Oregon , Washington and Idaho")
    assert [p.precision for p in places] == [Precision.REGION] * 3


def test_washington_alone_is_the_capital() -> None:
    assert find("talks in Washington")[1][0].precision is Precision.CITY


@pytest.mark.parametrize(
    ("line", "precision"),
    [
        ("rain in New York", Precision.CITY),
        ("rain in New York state", Precision.REGION),
        ("rain in the state of New York", Precision.REGION),
    ],
)
def test_a_noun_tells_a_state_from_a_town(line: str, precision: Precision) -> None:
    assert find(line)[1][0].precision is precision


def test_abbreviations_count_only_in_capitals() -> None:
    assert named("troops of the US") == [("US", "United States", "USA")]
    assert named("he told us") == []
    assert named("it paid US $ 5") == []


def test_a_dateline_may_shout() -> None:
    assert named("KYIV/B-LOC , Ukraine") == [
        ("KYIV", "Kyiv", "UKR"),
        ("Ukraine", "Ukraine", "UKR"),
    ]


def test_a_sickness_is_no_place() -> None:
    assert named("cases of Nile virus") == []


def test_places_stand_in_text_order() -> None:
    _, places = find("from Moscow to Kyiv", "in Paris and Tbilisi")
    assert [p.name for p in places] == ["Moscow", "Kyiv", "Paris", "Tbilisi"]
    assert [p.sentence for p in places] == [0, 0, 1, 1]
