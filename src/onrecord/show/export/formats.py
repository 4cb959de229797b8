"""Every format of `onrecord export`: its columns, who writes it, what it loses."""

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO

import msgspec

from onrecord.lexicon.files import read_toml
from onrecord.show.export import (
    csvfile,
    gdelt,
    geojson,
    graphml,
    icews,
    phoenix,
    plover,
    polecat,
    web_annotation,
)
from onrecord.show.export.account import Options, Tally
from onrecord.show.export.code_tables import FOLDER
from onrecord.show.export.rows import ADDED, REPORT, TOLD
from onrecord.store.tables import EVENTS

WriteRows = Callable[[Iterator[Mapping[str, Any]], TextIO, Options, Tally], None]

SHARED = "@"
WITHOUT_CELLS = tuple(name for name in EVENTS.names if name != "cells")
# What codes need; every column that is not read saves its time.
CODES = (
    "event_id",
    "doc_id",
    "event_type",
    "mode",
    "contexts",
    "quad",
    "cameo",
    "sentence",
    "actors",
    "recipients",
    "factuality",
    "historical",
    *(name for name in EVENTS.names if name.startswith("when_")),
    "places",
)


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One format.

    `write` takes rows of text; those without it take Arrow or the whole choice
    (`export.py` knows them). `needs` are the columns of `events` that it reads,
    `status` whether it tells what happened from what did not, `told` whether it says
    how often, `lines` where its part of `formats.toml` stands; a format of another
    package has its notes in `said`.
    """

    columns: tuple[str, ...]
    lines: str | None
    write: WriteRows | None = None
    needs: tuple[str, ...] = WITHOUT_CELLS
    header: bool = False
    texts: bool = False
    status: bool = True
    told: bool = True
    said: tuple[str, ...] = ()

    @property
    def cannot(self) -> tuple[str, ...]:
        """Return what the format cannot hold."""
        return _lines(self.lines, "cannot") if self.lines else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what a reader of the file should know."""
        return _lines(self.lines, "notes") if self.lines else self.said


@functools.cache
def _lines(form: str, part: str) -> tuple[str, ...]:
    said = read_toml(FOLDER / "formats.toml")
    return tuple(
        said["shared"][line.removeprefix(SHARED)] if line.startswith(SHARED) else line
        for line in said[form][part]
    )


_SHEET = Format(
    columns=csvfile.COLUMNS,
    lines="csv",
    write=csvfile.write_csv,
    header=True,
    texts=True,
)
_NESTED = Format(
    columns=(
        *EVENTS.names,
        *(f"report_{name}" for name in REPORT if name != "text"),
        *TOLD,
        ADDED,
    ),
    lines="parquet",
    texts=True,
)

FORMATS: Mapping[str, Format] = {
    "csv": _SHEET,
    "tsv": msgspec.structs.replace(_SHEET, write=csvfile.write_tsv),
    "parquet": _NESTED,
    "duckdb": msgspec.structs.replace(_NESTED, lines="duckdb"),
    "plover": Format(
        columns=plover.FIELDS,
        lines="plover",
        write=plover.write_plover,
        told=False,
        status=False,
    ),
    "polecat": Format(
        columns=polecat.COLUMNS,
        lines="polecat",
        write=polecat.write_polecat,
        needs=CODES,
        told=False,
        header=True,
        status=False,
    ),
    "icews": Format(
        columns=icews.COLUMNS,
        lines="icews",
        write=icews.write_icews,
        needs=CODES,
        told=False,
        header=True,
        status=False,
    ),
    "phoenix": Format(
        columns=phoenix.COLUMNS,
        lines="phoenix",
        write=phoenix.write_phoenix,
        needs=CODES,
        told=False,
        header=True,
        status=False,
    ),
    "gdelt": Format(
        columns=gdelt.COLUMNS,
        lines="gdelt",
        write=gdelt.write_gdelt,
        needs=CODES,
        header=True,
        status=False,
    ),
    "geojson": Format(
        columns=geojson.PROPERTIES,
        lines="geojson",
        write=geojson.write_geojson,
    ),
    "graphml": Format(
        columns=(*graphml.NODE_KEYS, *graphml.EDGE_KEYS),
        lines="graphml",
    ),
    "web-annotation": Format(
        columns=("id", "type", "motivation", "body", "target"),
        lines="web-annotation",
        write=web_annotation.write_web_annotation,
        needs=tuple(EVENTS.names),
        told=False,
    ),
}
