"""The reports that are rewritten, in two halves.

Sources are the project's own written texts and, where the shared data folder is, the
Wikinews reports and the long written reports. Reports of one affair, and
those made alike, stay in one half.
"""

import datetime as dt
import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Literal

from bench.rewriting.draft import Draft, make_draft

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).resolve().parent / "data"
WRITTEN = ROOT / "training/annotations/written-texts.jsonl"
SHARED_FILES = ("reports/wikinews_2019_2020.jsonl", "gold/long.jsonl")
LENGTHS = range(400, 6_001)  # code points: neither notes nor interviews in full

Half = Literal["tune", "held-out"]
HALVES: tuple[Half, ...] = ("tune", "held-out")


def half_of(key: str) -> Half:
    """Return the half that `key` belongs to, by hash."""
    digest = hashlib.blake2b(key.encode(), digest_size=1).digest()
    return HALVES[digest[0] % 2]


@cache
def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table of this package, comments left out."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(x.split("\t")) for x in lines if x and not x.startswith("#"))


@cache
def _groups() -> dict[str, tuple[str, str]]:
    return {source: (group, kind) for source, group, kind in read_rows("affairs.tsv")}


def group_of(source_id: str) -> str:
    """Return the sources that stay together in one half: a group, else the source."""
    return _groups().get(source_id, (source_id, ""))[0]


def affair_of(source_id: str) -> str:
    """Return what a source is about: its affair, else its own id."""
    group, kind = _groups().get(source_id, (source_id, ""))
    return group if kind == "affair" else source_id


def kind_of(source_id: str) -> str:
    """Return "affair" or "template" for a source in a group, else "source"."""
    return _groups().get(source_id, ("", "source"))[1]


def shared_data() -> Path | None:
    """Return the shared data folder; `ONRECORD_SHARED` overrides `../shared`."""
    folder = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared")) / "data"
    return folder if folder.is_dir() else None


@cache
def read_sources(half: Half | None = None) -> tuple[Draft, ...]:
    """Return the sources of one half, or all, in a fixed order."""
    paths = [WRITTEN]
    if shared := shared_data():
        paths += [shared / name for name in SHARED_FILES]
    return tuple(
        make_draft(
            row["id"],
            row["text"],
            date=dt.date.fromisoformat(row["date"][:10]),
            title=row.get("title"),
            outlet=row.get("outlet"),
        )
        for path in paths
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if row.get("date") and len(row["text"]) in LENGTHS
        if half is None or half_of(group_of(row["id"])) == half
    )
