"""A gazetteer of the real tables and a dozen towns."""

import functools

from onrecord.lexicon.gazetteer import Gazetteer, load_gazetteer
from onrecord.lexicon.towns import City, Country, Towns, compile_towns

CITIES = (
    ("Springfield", "US", "MO", 37.21533, -93.29824, 170188, ()),
    ("Springfield", "US", "IL", 39.80172, -89.64371, 114394, ()),
    ("Washington", "US", "DC", 38.89511, -77.03637, 689545, ()),
    ("New York City", "US", "NY", 40.71427, -74.00597, 8804190, ("NYC", "Nueva York")),
    ("Atlanta", "US", "GA", 33.749, -84.38798, 498715, ()),
    ("Savannah", "US", "GA", 32.08354, -81.09983, 145674, ()),
    ("Moscow", "RU", "48", 55.75222, 37.61556, 10381222, ()),
    ("Moscow", "US", "ID", 46.73239, -117.00017, 25060, ()),
    ("Kyiv", "UA", "12", 50.45466, 30.5238, 2952301, ("Kiev", "Kijów", "KBP")),
    ("Tbilisi", "GE", "51", 41.69411, 44.83368, 1049498, ()),
    ("Tripoli", "LY", "77", 32.88743, 13.18733, 1150989, ()),
    ("Tripoli", "LB", "09", 34.43352, 35.84415, 229398, ()),
    ("Of", "TR", "61", 40.94522, 40.26404, 31951, ()),
    ("Paris", "FR", "11", 48.85341, 2.3488, 2138551, ()),
    ("Saint-Marc", "HT", "06", 19.10819, -72.69383, 266642, ()),
    ("Talpa", "MX", "14", 20.38, -104.82, 900, ("Talpita",)),
)
COUNTRIES = {
    "US": Country("United States", "USA", "Washington"),
    "RU": Country("Russia", "RUS", "Moscow"),
    "UA": Country("Ukraine", "UKR", "Kyiv"),
    "GE": Country("Georgia", "GEO", "Tbilisi"),
    "LY": Country("Libya", "LBY", "Tripoli"),
    "LB": Country("Lebanon", "LBN", "Beirut"),
    "TR": Country("Turkey", "TUR", "Ankara"),
    "FR": Country("France", "FRA", "Paris"),
    "HT": Country("Haiti", "HTI", "Port-au-Prince"),
    "MX": Country("Mexico", "MEX", "Mexico City"),
    "XK": Country("Kosovo", "XKX", "Pristina"),
}


def few_towns() -> bytes:
    """Return the image of the towns above."""
    cities = [
        City(number, name, lat, lon, country, people, unit, list(others))
        for number, (name, country, unit, lat, lon, people, others) in enumerate(
            CITIES, 1
        )
    ]
    return compile_towns(cities, COUNTRIES)


@functools.cache
def small_gazetteer() -> Gazetteer:
    """Return the tables with few towns."""
    return load_gazetteer(towns=Towns(memoryview(few_towns())))
