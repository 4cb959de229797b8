"""SQL that a stranger may ask: in a process of its own that can be ended.

DuckDB can be told to stop, but not while it works out a constant such as
`list_sort(range(100000000))`, which takes minutes and more memory than it may have.
So a query runs in a process that holds nothing else, with limits of the system beside
those of DuckDB, and a process that takes too long is killed.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec

from onrecord.errors import OnRecordError, QueryError, StoreError
from onrecord.show.values import plain_value
from onrecord.store.query import check_reads, connect

SECONDS = 5.0
STARTING = 60.0  # seconds until a new process must be there
BUSY = 5.0  # seconds to wait for the query before
ROWS = 1_000
BYTES = 16_000_000  # of the rows of an answer
MORE_MEMORY = 1_500_000_000  # bytes beyond what the process has when it begins
CONFIG = {
    "memory_limit": "512MB",
    "threads": "2",
    "temp_directory": "",  # nothing is put off to the disk
    "python_enable_replacements": "false",  # no variable is a table
}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The first rows of a query; `truncated` says that there are more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool


class Failed(msgspec.Struct, frozen=True):
    """What a query or the record has wrong."""

    error: str
    of_record: bool


class Busy(StoreError):
    """Say that other queries are being answered."""


class Sandbox:
    """A process that answers queries on one record, one at a time.

    It is started with the first query, and again after one that had to be ended.
    """

    def __init__(self, record: Path) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, sql: str, *, as_of: str | None = None) -> Found:
        """Return the first rows of a query.

        Raises `QueryError` for one that is wrong or takes too long or too much, `Busy`
        when others are before it.
        """
        check_size(sql)
        with self._turn():
            pipe = self._started()
            try:
                pipe.send((sql, as_of))
                if not pipe.poll(SECONDS):
                    self.close()
                    raise QueryError(
                        f"the query took longer than {SECONDS:.0f} seconds and was"
                        " ended; ask for less, or use `onrecord query`"
                    )
                answer = pipe.recv()
            except (EOFError, OSError) as err:
                self.close()
                raise QueryError(
                    "the query took more memory than it may have and was ended; ask"
                    " for less, or use `onrecord query`"
                ) from err
        if isinstance(answer, Found):
            return answer
        raise (StoreError if answer.of_record else QueryError)(answer.error)

    def close(self) -> None:
        """End the process; the next query starts another."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=BUSY):
            raise Busy("another query is being answered; try again in a moment")
        try:
            yield
        finally:
            self._lock.release()

    def _started(self) -> Connection:
        if self._pipe is not None and self._process and self._process.is_alive():
            return self._pipe
        self.close()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=answer_queries, args=(theirs, self._record), daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        if not ours.poll(STARTING):
            self.close()
            raise Busy("the process for queries does not start; try again")
        ours.recv()
        return ours


def check_size(sql: str) -> None:
    """Raise `QueryError` for a query without words."""
    if not sql.strip():
        raise QueryError("give a query: /api/sql?q=SELECT count(*) FROM events")


def answer_queries(pipe: Connection, record: Path) -> None:
    """Answer (SQL, run) pairs until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends it
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # DuckDB draws how far it is
    limit_memory(MORE_MEMORY)
    pipe.send(None)
    while True:
        try:
            sql, as_of = pipe.recv()
        except EOFError:
            return
        pipe.send(answer(record, sql, as_of))


def answer(record: Path, sql: str, as_of: str | None) -> Found | Failed:
    """Return the first rows, or what is wrong."""
    try:
        return first_rows(record, sql, as_of)
    except StoreError as err:
        return Failed(str(err), True)
    except OnRecordError as err:
        return Failed(str(err), False)
    except MemoryError:
        return Failed("the query took more memory than it may have", False)


def first_rows(record: Path, sql: str, as_of: str | None = None) -> Found:
    """Return the first rows of a query, in this process."""
    import duckdb

    check_reads(sql)
    connection = connect(record, as_of=as_of, config=CONFIG)
    try:
        # As one value of the outer query the first rows are all that is worked out.
        reader = connection.sql(sql).limit(ROWS + 1).to_arrow_reader()
        columns = tuple(reader.schema.names)
        out: list[tuple[object, ...]] = []
        size = 0
        for batch in reader:
            size += batch.nbytes
            if size > BYTES:
                raise QueryError(
                    f"the answer has more than {BYTES // 1_000_000} MB; ask for less"
                )
            lists = [column.to_pylist() for column in batch.columns]
            out += [
                tuple(plain_value(v) for v in row) for row in zip(*lists, strict=True)
            ]
    except duckdb.Error as err:
        raise QueryError(str(err)) from err
    finally:
        connection.close()
    return Found(columns=columns, rows=tuple(out[:ROWS]), truncated=len(out) > ROWS)


def limit_memory(more: int) -> None:
    """Let this process have so many more bytes than it has; only Linux counts them."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
