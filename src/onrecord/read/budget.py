"""How much one named input may unpack to, with all that is packed inside it."""

from onrecord.errors import InputError
from onrecord.read.limits import Limits, beyond

MIN_BOMB = (
    10_000_000  # bytes unpacked below which no ratio counts: blank pages are small
)
MAX_BOMBS = 10  # parts like those of a bomb, after which nothing more is tried


class Spent(InputError):
    """Say that a named input has used up what it may take; the rest is not read."""


class Budget:
    """What one named input has used up so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files = 0
        self.unpacked = 0
        self.bombs = 0

    def count_file(self) -> None:
        """Count one more file of an archive; raise `Spent` beyond the limit."""
        self.files += 1
        if self.files > self.limits.archive_files:
            found = "the archive has more files, with those packed inside it"
            raise Spent(beyond(self.limits, "archive_files", found))

    def count_bytes(self, size: int) -> None:
        """Count bytes that were unpacked; raise `Spent` beyond the limit."""
        self.unpacked += size
        if self.unpacked > self.limits.archive_bytes:
            found = "the archive unpacks to more bytes"
            raise Spent(beyond(self.limits, "archive_bytes", found))

    def refuse(self, reason: str) -> str:
        """Return the reason for refusing a part; raise `Spent` when there are many.

        For what bombs are made of: parts too deep, too often packed, or shared.
        """
        self.bombs += 1
        if self.bombs > MAX_BOMBS:
            raise Spent(f"more than {MAX_BOMBS} parts like those of a bomb: {reason}")
        return reason


class Layer:
    """One packed stream, in another or in none: bytes in, bytes out."""

    def __init__(self, budget: Budget, outer: "Layer | None" = None) -> None:
        self.budget = budget
        self.depth: int = outer.depth + 1 if outer else 1
        self._outer = outer
        self._packed = 0
        self._unpacked = 0

    def count(self, *, packed: int, unpacked: int) -> None:
        """Count bytes in and out; raise `InputError` beyond the ratio."""
        self._packed += packed
        self._unpacked += unpacked
        limits = self.budget.limits
        if self._unpacked > MIN_BOMB and self.ratio() > limits.archive_ratio:
            found = f"it unpacks to {self.ratio():,.0f} times its size and more"
            reason = beyond(limits, "archive_ratio", found)
            raise InputError(self.budget.refuse(reason))
        self.budget.count_bytes(unpacked)

    def ratio(self) -> float:
        """Return how many times its size the stream unpacks to, outer layers too."""
        outer = self._outer.ratio() if self._outer else 1.0
        return outer * (self._unpacked / self._packed if self._packed else 1.0)
