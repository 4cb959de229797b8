"""Where events are, as the map draws it."""

import pytest

from onrecord.show.views.map import _area

COUNTS = {"by_type": [{"key": "AID", "n": 2}], "by_factuality": []}


def placed(precision: str) -> dict[str, object]:
    """Return a row of places with coordinates."""
    here = {"name": "Donbas", "country": "UKR", "geonameid": None}
    return {**here, "precision": precision, "lat": 48.0, "lon": 38.0, "count": 2}


def test_a_region_has_a_ring_where_its_middle_is_known() -> None:
    area = _area({**placed("region"), **COUNTS})
    assert (area.lat, area.lon, area.by_type) == (48.0, 38.0, {"AID": 2})


@pytest.mark.parametrize("precision", ["country", "water"])
def test_nothing_is_drawn_in_the_middle_of_a_country_or_sea(precision: str) -> None:
    area = _area({**placed(precision), **COUNTS})
    assert (area.lat, area.lon) == (None, None)
