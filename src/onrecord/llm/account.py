"""What asking took, and what the door dropped: for a run, and for each report."""

import threading
from collections import Counter

import msgspec


class Asked(msgspec.Struct, kw_only=True):
    """What one report took: tokens of its answers, whether asked for now or kept.

    `dropped` counts by (cell, reason). `countries` counts the parties for which the
    model claims the country that our own knowledge gives ("same"), another one
    ("other"), or one where we know none ("open").
    """

    doc_id: str
    pieces: int = 0
    kept: int = 0
    sent: int = 0
    received: int = 0
    failed: str | None = None
    dropped: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    countries: Counter[str] = msgspec.field(default_factory=Counter)


class Totals:
    """What all requests of this process took; safe to share among threads."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, **counts: int) -> None:
        """Add to `requests`, `again`, `sent` or `received`."""
        with self._lock:
            self._counts.update(counts)

    def __getitem__(self, name: str) -> int:
        return self._counts[name]
