"""What a run may spend, in money or tokens, however many requests are on their way."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

MILLION = 1_000_000


class Prices(msgspec.Struct, frozen=True, kw_only=True):
    """What a million tokens cost, in the currency of the budget; None is not known."""

    sent: float | None = None
    received: float | None = None

    def cost(self, sent: int, received: int) -> float | None:
        """Return what tokens cost; None without prices."""
        if self.sent is None and self.received is None:
            return None
        of = (self.sent or 0.0) * sent + (self.received or 0.0) * received
        return of / MILLION


class Spent(Exception):
    """Say that the next request might go beyond what may be spent."""


class Use(msgspec.Struct):
    """Tokens of one request: foreseen before it, then told by its answer."""

    sent: int
    received: int


class Purse:
    """What is left of a budget; safe to share among threads.

    A request sets aside the most it may cost, and gives back what it did not need. One
    that does not fit waits for those on their way, and is refused when there are none.
    """

    def __init__(
        self, prices: Prices, *, amount: float | None = None, tokens: int | None = None
    ) -> None:
        self._prices = prices
        self._amount = amount
        self._tokens = tokens
        self._used = Use(0, 0)
        self._aside: list[Use] = []
        self._changed = threading.Condition()

    @contextmanager
    def spend(self, foreseen: Use) -> Iterator[Use]:
        """Hold what a request may cost; set the use that is yielded to what it did.

        Raises `Spent`. A request that fails has cost nothing.
        """
        used = Use(0, 0)
        with self._changed:
            while not self._fits(foreseen):
                if not self._aside:
                    raise Spent
                self._changed.wait()
            self._aside.append(foreseen)
        try:
            yield used
        finally:
            with self._changed:
                self._aside.remove(foreseen)
                self._used.sent += used.sent
                self._used.received += used.received
                self._changed.notify_all()

    def _fits(self, more: Use) -> bool:
        sent = self._used.sent + more.sent + sum(u.sent for u in self._aside)
        received = (
            self._used.received + more.received + sum(u.received for u in self._aside)
        )
        if self._tokens is not None and sent + received > self._tokens:
            return False
        cost = self._prices.cost(sent, received)
        return self._amount is None or cost is None or cost <= self._amount
