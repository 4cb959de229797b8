"""Connect to a checked address, and be done in time.

The name is looked up once, its addresses are checked, and the connection is made to one
of those: a name that answers differently the second time leads nowhere else. One
deadline holds for all of it, so that a server that sends a byte now and then is cut
off too.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from onrecord.read.fetch_policy import FetchPolicy, why_not_connected

Resolve = Callable[[str, int], Iterable[str]]


class NotAllowed(Exception):
    """Say that an address may not be connected to."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of a host, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; raise `httpcore.ReadTimeout` when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


class CheckedNetwork(httpcore.NetworkBackend):
    """Connections to allowed addresses only, each with a deadline.

    Through a proxy (`checked` false) the proxy is connected to, wherever it is.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        deadline: Deadline,
        *,
        resolve: Resolve,
        checked: bool = True,
    ) -> None:
        self._policy = policy
        self._deadline = deadline
        self._resolve = resolve
        self._checked = checked
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first allowed address of `host` that answers."""
        numbers = in_time(lambda: tuple(self._resolve(host, port)), self._deadline)
        failed: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        allowed = self._allowed(numbers)
        for tried, number in enumerate(allowed):
            # One that never answers leaves time for the others.
            share = self._deadline.left() / (len(allowed) - tried)
            try:
                stream = self._sockets.connect_tcp(number, port, timeout=share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as err:
                failed = err
                continue
            return _TimedStream(stream, self._deadline)
        raise failed or httpcore.ConnectError("the name has no address")

    def _allowed(self, numbers: tuple[str, ...]) -> tuple[str, ...]:
        if not self._checked:
            return numbers
        reasons = {n: why_not_connected(n, self._policy) for n in numbers}
        allowed = tuple(n for n, reason in reasons.items() if reason is None)
        if numbers and not allowed:
            raise NotAllowed(next(iter(reasons.values())))
        return allowed


class _TimedStream(httpcore.NetworkStream):
    """A connection that is waited for until a deadline and no longer."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        secure = self._stream.start_tls(ssl_context, server_hostname, timeout=left)
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def in_time(
    look_up: Callable[[], tuple[str, ...]], deadline: Deadline
) -> tuple[str, ...]:
    """Return what `look_up` returns; the system's own look-up knows no time limit."""
    found: list[tuple[str, ...]] = []
    failed: list[OSError | UnicodeError] = []

    def work() -> None:
        try:
            found.append(look_up())
        except (OSError, UnicodeError) as err:
            failed.append(err)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if thread.is_alive():
        raise httpcore.ConnectTimeout("the name was not looked up in time")
    if failed:
        raise httpcore.ConnectError(str(failed[0])) from failed[0]
    return found[0]
