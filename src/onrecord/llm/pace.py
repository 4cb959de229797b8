"""Not more requests and tokens in a minute than the endpoint allows."""

import threading
import time
from collections import deque
from collections.abc import Callable

MINUTE = 60.0


class Pace:
    """When the next request may leave; safe to share among threads.

    A request of more tokens than a minute allows leaves when nothing else did.
    """

    def __init__(
        self,
        *,
        requests: int | None = None,
        tokens: int | None = None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._requests = requests
        self._tokens = tokens
        self._now = now
        self._sleep = sleep
        self._left: deque[tuple[float, int]] = deque()
        self._not_before = 0.0
        self._lock = threading.Lock()

    def wait(self, tokens: int) -> None:
        """Wait until a request of so many tokens may leave, and count it."""
        while True:
            with self._lock:
                pause = self._pause(tokens)
                if pause <= 0:
                    self._left.append((self._now(), tokens))
                    return
            self._sleep(pause)

    def hold(self, seconds: float) -> None:
        """Let nothing leave for a while, as a busy endpoint asks."""
        with self._lock:
            self._not_before = max(self._not_before, self._now() + seconds)

    def _pause(self, tokens: int) -> float:
        now = self._now()
        while self._left and self._left[0][0] <= now - MINUTE:
            self._left.popleft()
        if now < self._not_before:
            return self._not_before - now
        if not self._left or self._fits(tokens):
            return 0.0
        return self._left[0][0] + MINUTE - now

    def _fits(self, tokens: int) -> bool:
        if self._requests is not None and len(self._left) >= self._requests:
            return False
        sent = sum(count for _, count in self._left)
        return self._tokens is None or sent + tokens <= self._tokens
