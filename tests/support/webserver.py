"""A web server on the loopback address that answers as a test tells it to."""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site(msgspec.Struct):
    """What stands at which path, and which requests came."""

    port: int
    pages: dict[str, Answer] = {}
    asked: list[tuple[str, dict[str, str]]] = []

    def at(self, path: str, *, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"


def page(
    body: bytes = b"", *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Answer:
    """Return an answer with this body, with its length said unless in `headers`."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        given = {"Content-Length": str(len(body)), **(headers or {})}
        for name, value in given.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def redirect(to: str, *, status: int = 302) -> Answer:
    """Return an answer that leads elsewhere."""
    return page(status=status, headers={"Location": to})


@contextmanager
def serve(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site while the block runs; with a `context` over TLS."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            answer = site.pages.get(self.path.partition("?")[0])
            try:
                (answer or page(b"no", status=404))(self)
            except OSError:
                self.close_connection = True  # the client had enough

        def handle(self) -> None:
            with contextlib.suppress(ssl.SSLError, ConnectionError):
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context:
        # The handshake in the request's thread: a client may leave it unfinished.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site = Site(server.server_address[1], {}, [])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
