"""What the filters can be set to: each value with how many events have it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.show.views.located import locate
from onrecord.store.filters import Filters, narrow_where, only_beside
from onrecord.store.query import connect, fetch

MOST = 50  # values of what is open-ended, such as actors


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """One value and how many of the events that fit have it."""

    value: str
    count: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """For each filter the values that occur, those of most events first.

    Counts are of events, whatever their factuality. Of actors, recipients, outlets,
    those by whose word it stands and places the first 50 are given.
    """

    type: tuple[Facet, ...]
    mode: tuple[Facet, ...]
    context: tuple[Facet, ...]
    factuality: tuple[Facet, ...]
    country: tuple[Facet, ...]
    actor: tuple[Facet, ...]
    recipient: tuple[Facet, ...]
    by: tuple[Facet, ...]
    place: tuple[Facet, ...]
    outlet: tuple[Facet, ...]


# An event counts once for a value, however often it has it.
OWN = ("event_type", "mode", "contexts", "countries", "factuality", "outlet")
FITTING = f"""
CREATE OR REPLACE TEMP TABLE fitting AS
SELECT event, {", ".join(OWN)} FROM $narrow_dated_events WHERE FITS
"""
COUNTED = """
SELECT VALUE AS value, count(*) AS count FROM SOURCE
WHERE VALUE IS NOT NULL GROUP BY VALUE ORDER BY count DESC, value LIMIT $most
"""
# Few combinations of them occur: they are counted first, and then taken apart.
SEVERAL = """
SELECT value, sum(n)::BIGINT AS count
FROM (
    SELECT unnest(list_distinct(string_split(trim(VALUE, '|'), '|'))) AS value, n
    FROM (SELECT VALUE, count(*) AS n FROM SOURCE GROUP BY VALUE)
) WHERE value <> '' GROUP BY value ORDER BY count DESC, value LIMIT $most
"""
COUNT_NAMES = """
CREATE OR REPLACE TEMP TABLE name_counts AS
SELECT slot, party, count(*) AS n FROM $narrow_event_names CHOSEN GROUP BY slot, party
"""
NAMES = """
SELECT name AS value, sum(n)::BIGINT AS count
FROM NAMED JOIN $narrow_names USING (party) WHERE slot = '$slot'
GROUP BY name ORDER BY count DESC, value LIMIT $most
"""
PLACES = """
SELECT name AS value, count(*) AS count FROM $narrow_event_place_names CHOSEN
GROUP BY name ORDER BY count DESC, value LIMIT $most
"""
CHOSEN = "SEMI JOIN fitting USING (event)"


def facets(record: Path, filters: Filters, *, as_of: str | None = None) -> Facets:
    """Return the values of every filter that events have which fit."""
    connection = connect(record, as_of=as_of)
    source, chosen, named = "$narrow_dated_events", "", "$narrow_name_counts"
    if filters != Filters():
        fits = narrow_where(filters)
        sql = FITTING.replace("FITS", fits.sql)
        fetch(connection, locate(connection, sql), fits.parameters)
        source, chosen, named = "fitting", CHOSEN, "name_counts"
        beside = only_beside(filters)
        if beside:
            chosen = f"WHERE {fits.sql}"
        counting = locate(connection, COUNT_NAMES.replace("CHOSEN", chosen))
        fetch(connection, counting, fits.parameters if beside else {})
    asked = {**(fits.parameters if chosen.startswith("WHERE") else {})}
    queries = {
        "type": COUNTED.replace("VALUE", "event_type"),
        "mode": COUNTED.replace("VALUE", "mode"),
        "context": SEVERAL.replace("VALUE", "contexts"),
        "factuality": COUNTED.replace("VALUE", "factuality"),
        "country": SEVERAL.replace("VALUE", "countries"),
        "actor": NAMES.replace("$slot", "actor"),
        "recipient": NAMES.replace("$slot", "recipient"),
        "by": NAMES.replace("$slot", "by"),
        "place": PLACES,
        "outlet": COUNTED.replace("VALUE", "outlet"),
    }
    return Facets(
        **{
            name: _counted(
                connection,
                sql.replace("SOURCE", source)
                .replace("CHOSEN", chosen)
                .replace("NAMED", named),
                asked if sql is PLACES else {},
            )
            for name, sql in queries.items()
        }
    )


def _counted(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]
) -> tuple[Facet, ...]:
    found = fetch(connection, locate(connection, sql), {**parameters, "most": MOST})
    return tuple(Facet(**row) for row in found)
