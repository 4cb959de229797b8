import json

from onrecord.show.export.geojson import NO_POINT, PROPERTIES, write_geojson
from tests.support.exports import build_place, build_row, written

KYIV = build_place("Kyiv", "city", country="UKR", lat=50.45, lon=30.52)
MINSK = build_place("Minsk", "city", country="BLR", lat=53.9, lon=27.57)
UKRAINE = build_place("Ukraine", "country", country="UKR")


def features(*rows):
    text, tally = written(write_geojson, *rows)
    collection = json.loads(text)
    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert tuple(feature["properties"]) == PROPERTIES
    return collection["features"], tally


def test_a_city_is_a_point_longitude_first():
    (feature,), _ = features(build_row(where=[KYIV]))
    assert feature["geometry"] == {"type": "Point", "coordinates": [30.52, 50.45]}


def test_several_cities_are_several_points():
    (feature,), _ = features(build_row(where=[KYIV, UKRAINE, MINSK]))
    assert feature["geometry"] == {
        "type": "MultiPoint",
        "coordinates": [[30.52, 50.45], [27.57, 53.9]],
    }


def test_a_country_has_no_geometry_and_is_counted():
    (feature,), tally = features(build_row(where=[UKRAINE]))
    assert feature["geometry"] is None
    assert feature["properties"]["places"][0]["precision"] == "country"
    assert tally.remarks == {NO_POINT: 1}


def test_what_did_not_happen_says_so():
    (one, other), tally = features(build_row(), build_row(factuality="denied"))
    assert one["properties"]["factuality"] == "happened"
    assert other["properties"]["factuality"] == "denied"
    assert tally.events == 2


def test_no_events_are_a_collection_of_none():
    assert features()[0] == []
