"""Place names are looked up without what writers vary."""

import pytest

from onrecord.lexicon.placenames import is_exact_form, matches_form, place_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kyiv", "kyiv"),
        ("St. Marc", "saint marc"),
        ("Saint-Marc", "saint marc"),
        ("Toruń", "torun"),
        ("Łódź", "lodz"),
        ("Cote d'Ivoire", "cote divoire"),
        ("Côte d’Ivoire", "cote divoire"),
        ("U.S.", "us"),
        ("Ft. Worth", "fort worth"),
        ("East St. Louis", "east saint louis"),
        ("", ""),
    ],
)
def test_key_drops_case_accents_and_marks(name: str, key: str) -> None:
    assert place_key(name) == key


@pytest.mark.parametrize("form", ["US", "U.S.", "DRC", "Ore.", "N.Y."])
def test_abbreviations_are_exact(form: str) -> None:
    assert is_exact_form(form)


@pytest.mark.parametrize("form", ["Chad", "UKRAINE", "A"])
def test_names_are_not_exact(form: str) -> None:
    assert not is_exact_form(form)


def test_capitals_match_with_or_without_stops() -> None:
    assert matches_form("U.S.", "US")
    assert not matches_form("us", "US")
    assert not matches_form("Us", "US")


def test_an_abbreviation_needs_its_stop() -> None:
    assert matches_form("Miss.", "Miss.")
    assert not matches_form("Miss", "Miss.")
