"""What is compared to place tellings, outside of memory but for the latest.

Of every telling some numbers are held, and what rules out that it tells the same as
another, which many share; profiles lie in a temporary file that ends with the process.
"""

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from onrecord.model.happening import Profile, Status

PROFILES_KEPT = 4_096

Numbers = NDArray[np.int32]


class Told(msgspec.Struct, frozen=True):
    """What rules out that two tell of one happening, as profiles have it."""

    status: Status
    start: int | None
    end: int | None
    places: tuple[str, ...]
    place_countries: tuple[str, ...]


class Facts:
    """Of each telling, by its number: its id, its report, and what it says."""

    def __init__(self, numbered: pa.RecordBatchReader) -> None:
        ids: list[pa.Array] = []
        known: dict[Told, int] = {}
        told = array("i")
        columns: dict[str, list[pa.Array]] = {"by_id": [], "report": [], "placed": []}
        for batch in numbered:
            ids.append(batch.column("telling_id"))
            for name, parts in columns.items():
                parts.append(batch.column(name))
            for row in batch.select(Told.__struct_fields__).to_pylist():
                told.append(known.setdefault(msgspec.convert(row, Told), len(known)))
        self._ids = _joined(ids, pa.string())
        self._known = tuple(known)
        self._told = told
        self.by_id: Numbers = _joined(columns["by_id"], pa.int32()).to_numpy()
        self.reports: Numbers = _joined(columns["report"], pa.int32()).to_numpy()
        self.placed: NDArray[np.bool_] = np.asarray(
            _joined(columns["placed"], pa.bool_())
        )
        statuses = [list(Status).index(one.status) for one in self._known]
        self.statuses: NDArray[np.int8] = np.array(statuses, np.int8)[
            np.frombuffer(told, np.int32)
        ]
        self._by_report = np.argsort(self.reports, kind="stable").astype(np.int32)
        self._sorted_reports = self.reports[self._by_report]

    def __len__(self) -> int:
        return len(self._told)

    def id_of(self, at: int) -> str:
        """Return the id of a telling."""
        return str(self._ids[at])

    def told(self, at: int) -> Told:
        """Return what a telling says."""
        return self._known[self._told[at]]

    def siblings(self, at: int) -> Numbers:
        """Return all that the report of a telling tells, itself too."""
        report = self.reports[at]
        first, last = np.searchsorted(self._sorted_reports, [report, report + 1])
        return self._by_report[first:last]


class Shelf:
    """Profiles by their numbers."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._offsets = array("q", [0]) * size
        self._sizes = array("i", [0]) * size
        self._kept: dict[int, Profile] = {}

    def fill(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put profiles on the shelf, given as table rows with their numbers."""
        encoder, end = msgspec.msgpack.Encoder(), 0
        for row in rows:
            raw = encoder.encode(profile_of(row))
            self._offsets[row["nr"]], self._sizes[row["nr"]] = end, len(raw)
            end += self._file.write(raw)
        self._file.flush()

    def __getitem__(self, at: int) -> Profile:
        found = self._kept.pop(at, None) or self._read(at)
        if len(self._kept) >= PROFILES_KEPT:
            del self._kept[next(iter(self._kept))]  # the one not asked for longest
        self._kept[at] = found
        return found

    def _read(self, at: int) -> Profile:
        self._file.seek(self._offsets[at])
        return msgspec.msgpack.decode(self._file.read(self._sizes[at]), type=Profile)


@contextmanager
def open_shelf(size: int) -> Iterator[Shelf]:
    """Hold an empty shelf for `size` profiles."""
    with tempfile.TemporaryFile() as file:
        yield Shelf(file, size)


def profile_of(row: Mapping[str, Any]) -> Profile:
    """Return a row of `profiles` as a profile."""
    numbers = [(number["of"], number["value"]) for number in row["numbers"]]
    return msgspec.convert({**row, "numbers": numbers}, Profile)


def _joined(parts: list[pa.Array], kind: pa.DataType) -> pa.Array:
    return pa.concat_arrays(parts) if parts else pa.array([], kind)
