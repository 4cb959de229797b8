"""The service on a port of this machine, until it is interrupted."""

import contextlib
import errno
import socket
from collections.abc import Callable

import uvicorn
from litestar.types import ASGIApp

from onrecord.errors import UsageError

WAITING = 128  # connections that may wait to be accepted
# Connections; beyond that uvicorn answers in plain text, so the guard, which counts
# requests, must come first.
AT_ONCE = 1_024
IDLE = 5  # seconds until a connection without a request is closed
LAST = 1  # second for requests that still run when the service ends


def open_port(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 is any free one.

    Raises `UsageError` when the port is taken or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(WAITING)
    except OSError as err:
        opened.close()
        raise UsageError(_why(err, host, port)) from err
    return opened


def serve(app: ASGIApp, opened: socket.socket, ready: Callable[[], None]) -> None:
    """Answer on `opened` until interrupted; `ready` is called before the first."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=LAST,
    )
    ready()
    with contextlib.suppress(KeyboardInterrupt), opened:
        uvicorn.Server(config).run(sockets=[opened])


def _why(err: OSError, host: str, port: int) -> str:
    if err.errno == errno.EADDRINUSE:
        return (
            f"port {port} of {host} is taken, perhaps by another `onrecord serve`;"
            " choose another with --port, or 0 for any that is free"
        )
    if err.errno == errno.EACCES:
        return f"port {port} needs an administrator; choose one above 1023 with --port"
    return f"{host}: cannot be listened on ({err.strerror or err}); see --host"
