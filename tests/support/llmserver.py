"""A server on the loopback address that speaks the protocol of language models.

It answers as a test tells it to: well, badly, slowly, or with malice.
"""

import contextlib
import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

Handler = BaseHTTPRequestHandler
Reply = Callable[[Handler, dict[str, Any]], None]


class LlmServer(msgspec.Struct):
    """What answers, and which requests came: (headers, body)."""

    port: int
    reply: Reply
    asked: list[tuple[dict[str, str], dict[str, Any]]] = []

    @property
    def url(self) -> str:
        """Return what `--llm-url` takes."""
        return f"http://127.0.0.1:{self.port}/v1"


def completion(content: str | None, **changed: Any) -> bytes:
    """Return the body of an answer whose message is `content`."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "test-model",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content},
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "prompt_tokens": 1000,
            "completion_tokens": 100,
            "total_tokens": 1100,
        },
    }
    return json.dumps({**body, **changed}).encode()


def body(
    raw: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Reply:
    """Return a reply with this body."""

    def reply(handler: Handler, _: dict[str, Any]) -> None:
        handler.send_response(status)
        given = {"Content-Type": "application/json", "Content-Length": str(len(raw))}
        for name, value in {**given, **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(raw)

    return reply


def says(content: str | None, **changed: Any) -> Reply:
    """Return a reply that is an answer of the protocol."""
    return body(completion(content, **changed))


def events(*events: dict[str, Any], statements: tuple[Any, ...] = ()) -> Reply:
    """Return a reply with these events."""
    return says(json.dumps({"events": events, "statements": statements}))


def refuses(status: int, message: str, **headers: str) -> Reply:
    """Return a reply that refuses as the protocol does."""
    raw = json.dumps({"error": {"message": message, "type": "invalid"}}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return body(raw, status=status, headers=named)


def endless(handler: Handler, _: dict[str, Any]) -> None:
    """Send without end, until the client has enough."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while True:
        handler.wfile.write(b'{"choices": "' + b"x" * 65536)


def drips(stop: threading.Event) -> Reply:
    """Return a reply that sends one byte after the other, slowly."""

    def reply(handler: Handler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not stop.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    return reply


def hangs_up(handler: Handler, _: dict[str, Any]) -> None:
    """Close the connection in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')
    handler.close_connection = True


def in_turn(*replies: Reply) -> Reply:
    """Return a reply that is each of these once, and then the last."""
    left = list(replies)
    lock = threading.Lock()

    def reply(handler: Handler, asked: dict[str, Any]) -> None:
        with lock:
            now = left.pop(0) if len(left) > 1 else left[0]
        now(handler, asked)

    return reply


def shown(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the piece of a report that a request shows."""
    return json.loads(asked["messages"][-1]["content"])


@contextmanager
def serve_llm(
    reply: Reply, context: ssl.SSLContext | None = None
) -> Iterator[LlmServer]:
    """Answer while the block runs; with a `context` over TLS."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            asked = json.loads(self.rfile.read(size))
            server.asked.append((dict(self.headers.items()), asked))
            try:
                server.reply(self, asked)
            except OSError:
                self.close_connection = True  # the client had enough

        def handle(self) -> None:
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    listening.daemon_threads = True
    if context is not None:
        listening.socket = context.wrap_socket(
            listening.socket, server_side=True, do_handshake_on_connect=False
        )
    server = LlmServer(listening.server_address[1], reply, [])
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
