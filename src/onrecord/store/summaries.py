"""Summaries of a record: its narrow relations ready made, in step with each run.

They are one file of DuckDB beside the tables, `summaries.duckdb`. Nothing depends on
it: it holds nothing that the tables do not, is made anew where it is missing or of
another program, and is left aside where the record has not just the data files it was
made from. `summaries_write.py` makes it.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import msgspec

FILE = "summaries.duckdb"
FORMAT = 2

TABLES = (
    "reports",
    "memberships",
    "stories",
    "tellings",
    "happenings",
    "statements",
    "events",
    "corrected",
    "reviewed",
)

logger = logging.getLogger(__name__)


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of summaries was made from, and by what."""

    format: int
    engine: str  # hashes of one version of DuckDB need not be those of another
    versions: dict[str, int]
    files: str  # digest of the data files' names, of which no two are alike


def of_tables(versions: Mapping[str, int]) -> dict[str, int]:
    """Return the versions of the tables that summaries are made from."""
    return {name: versions[name] for name in TABLES if name in versions}


def digest_of(files: Mapping[str, Iterable[Path]]) -> str:
    """Return what tells data files of tables from those of any other record.

    Versions do not: a copy that was put back has the same ones with other rows.
    """
    names = sorted(f"{t}/{f.name}" for t in TABLES for f in files.get(t, ()))
    return hashlib.blake2b("\n".join(names).encode(), digest_size=16).hexdigest()


def read_state(record: Path) -> State | None:
    """Return what the summaries were made from; None where there are none of use."""
    path = record / FILE
    if not path.exists():
        return None
    try:
        with duckdb.connect(path, read_only=True) as connection:
            return _state_of(connection, "state")
    except duckdb.Error:
        return None


def attach_summaries(
    connection: duckdb.DuckDBPyConnection,
    record: Path,
    versions: Mapping[str, int],
    files: Mapping[str, Iterable[Path]],
) -> bool:
    """Attach the summaries as `summaries` where they are of `versions` and `files`."""
    path = record.absolute() / FILE
    if not path.exists():
        return False
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{quoted}' AS summaries (READ_ONLY)")
        state = _state_of(connection, "summaries.state")
    except duckdb.Error as err:
        logger.warning("%s: cannot be read (%s); done without", path, err)
        state = None
    if state is not None and state.versions == of_tables(versions):
        if state.files == digest_of(files):
            return True
        logger.warning("%s: is of another record; done without", path)
    connection.execute("DETACH DATABASE IF EXISTS summaries")
    return False


def stamp_of(record: Path) -> tuple[int, int] | None:
    """Return what tells the summaries from others in their place; None without any."""
    try:
        found = (record / FILE).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def _state_of(connection: duckdb.DuckDBPyConnection, table: str) -> State | None:
    ((raw,),) = connection.execute(f"SELECT told FROM {table}").fetchall()
    try:
        state = msgspec.json.decode(raw, type=State)
    except msgspec.DecodeError:
        return None
    fitting = state.format == FORMAT and state.engine == duckdb.__version__
    return state if fitting else None
