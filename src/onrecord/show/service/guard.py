"""What stands before every request: who may ask, how, and what the answer may do.

A page of another site that is open in the same browser must not read the record:
neither by asking for it (`Origin`, `Sec-Fetch-Site`) nor under a name of its own that
it lets point here (`Host`).
"""

import asyncio
import hmac
import ipaddress
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from onrecord.show.service.answers import NEVER, Answers, send_kept

LONG_QUERY = 16_384  # bytes
MANY_PARAMETERS = 200
WAITING = 64  # requests at once, answered or waiting; others are told so
ABREAST = 8  # answers worked out at once; each may want much memory
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
API = "/api"
METHODS = ("GET", "HEAD")
REVIEW = "/api/review"  # the one address that takes something
LONG_BODY = 65_536  # bytes
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
FIXED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

Version = Callable[[], str | None]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Who may ask: under which names of this machine, and with which token.

    With `addresses` any address in numbers will do as well, which no other site can
    make point here. Without `token` nothing is asked for. With `reviews` decisions of
    the page itself are taken.
    """

    hosts: frozenset[str] = LOOPBACK_NAMES
    addresses: bool = False
    token: str | None = None
    reviews: bool = False


class Refusal(msgspec.Struct, frozen=True):
    """Why a request is not answered."""

    status: int
    error: str


def guarded(app: ASGIApp, rules: Rules, version: Version) -> ASGIApp:
    """Return `app` behind the rules.

    `version` names the state of what is served: while it stays, so does an answer.
    """

    turns = asyncio.Semaphore(ABREAST)
    waiting: set[object] = set()
    answers = Answers()

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        headers = _headers(scope)
        refusal = refuse(scope, headers, rules)
        if refusal is not None:
            await _send_refusal(_fitted(send, scope, None), refusal)
            return
        tag = _tag(scope, version)
        fitted = _fitted(send, scope, tag)
        if tag is not None and tag in _tags(headers.get("if-none-match", "")):
            await _send_empty(fitted, 304)
            return
        # What answers GET answers HEAD; only the body is left out.
        asked: HTTPScope = scope if _takes(scope) else {**scope, "method": "GET"}
        key = None if tag is None or scope["path"] in NEVER or _takes(scope) else tag
        packing = headers.get("accept-encoding", "")
        kept = answers.find((key, packing)) if key else None
        if kept is not None:
            await send_kept(kept, fitted)
            return
        if len(waiting) >= WAITING:
            busy = Refusal(503, "too much is asked at once; try again in a moment")
            await _send_refusal(fitted, busy)
            return
        me = object()
        waiting.add(me)
        try:
            async with turns:
                if key:
                    await answers.ask(app, (key, packing), asked, receive, fitted)
                else:
                    await app(asked, receive, fitted)
        finally:
            waiting.discard(me)

    return call


def refuse(scope: HTTPScope, headers: dict[str, str], rules: Rules) -> Refusal | None:
    """Return why a request is refused, or None."""
    if scope["method"] not in METHODS and not _takes(scope):
        return Refusal(405, "a record is read, not changed: use GET")
    host = host_name(headers.get("host", ""))
    if not _is_ours(host, rules):
        return Refusal(
            421, f"not answered under the name {host!r}; `serve --name` adds names"
        )
    if _takes(scope):
        refusal = _refuse_decision(headers, rules)
        if refusal is not None:
            return refusal
    elif _has_body(headers):
        return Refusal(413, "a request has no body here; use the query")
    query = scope["query_string"]
    if len(query) > LONG_QUERY or query.count(b"&") >= MANY_PARAMETERS:
        return Refusal(
            414,
            f"the query is too long: at most {LONG_QUERY:,} bytes and"
            f" {MANY_PARAMETERS} parameters",
        )
    path = scope["path"]
    if _is_foreign(path, headers):
        return Refusal(403, "another site asked; a record is read from its own page")
    if rules.token and is_api(path) and not _has_token(headers, rules.token):
        return Refusal(401, "send the token: Authorization: Bearer TOKEN")
    return None


def _takes(scope: HTTPScope) -> bool:
    return scope["method"] == "POST" and scope["path"] == REVIEW


def _refuse_decision(headers: dict[str, str], rules: Rules) -> Refusal | None:
    """Return why a decision is not taken: only the page itself may send one.

    A form of another site can post, but neither as JSON nor with our `Origin`.
    """
    if not rules.reviews:
        return Refusal(
            404, "no review mode: start `onrecord serve RECORD --review --author NAME`"
        )
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return Refusal(415, "send a decision as application/json")
    if urlsplit(headers.get("origin", "")).netloc != headers.get("host"):
        return Refusal(403, "a decision is taken from the record's own page alone")
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Refusal(403, "a decision is taken from the record's own page alone")
    length = headers.get("content-length", "")
    if not length.isdecimal() or "transfer-encoding" in headers:
        return Refusal(411, "say how long the decision is: Content-Length")
    if int(length[:12]) > LONG_BODY:
        return Refusal(413, f"a decision has at most {LONG_BODY:,} bytes")
    return None


def host_name(host: str) -> str:
    """Return the name in a Host header, in small letters, without port and brackets.

    What is no name at all gives "".
    """
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_api(path: str) -> bool:
    """Tell whether a path is one of the JSON service, not one of the page."""
    return path == API or path.startswith(f"{API}/")


def _is_ours(host: str, rules: Rules) -> bool:
    if host in rules.hosts:
        return True
    if not rules.addresses:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_foreign(path: str, headers: dict[str, str]) -> bool:
    """Tell whether another site asks; a link to the page from anywhere is fine."""
    site = headers.get("sec-fetch-site")
    if site in ("cross-site", "same-site"):
        navigates = headers.get("sec-fetch-mode") == "navigate"
        return is_api(path) or not navigates
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _has_body(headers: dict[str, str]) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _has_token(headers: dict[str, str], token: str) -> bool:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode(), token.encode())
    return same and scheme.lower() == "bearer"


def _headers(scope: HTTPScope) -> dict[str, str]:
    """Return the headers; of one given twice both count, and fit nothing."""
    out: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        out[name] = f"{out[name]}, {value}" if name in out else value
    return out


def _tag(scope: HTTPScope, version: Version) -> str | None:
    """Return the ETag of an answer: it is weak, since it may be packed or not."""
    if not is_api(scope["path"]) or _takes(scope):
        return None
    now = version()
    if now is None:
        return None
    asked = scope["path"].encode() + b"?" + scope["query_string"]
    digest = hmac.digest(now.encode(), asked, "sha256").hex()[:32]
    return f'W/"{digest}"'


def _tags(given: str) -> Iterable[str]:
    return [tag.strip() for tag in given.split(",")]


def _fitted(send: Send, scope: HTTPScope, tag: str | None) -> Send:
    """Return `send` with the headers of every answer, and without a body for HEAD."""
    head = scope["method"] == "HEAD"

    async def fitted(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = list(message.get("headers", ()))
            if is_api(scope["path"]):
                own.append((b"cache-control", b"private, no-cache"))
            if tag is not None and message["status"] in (200, 304):
                own.append((b"etag", tag.encode()))
            message["headers"] = [*own, *FIXED]
        elif head and message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return fitted


async def _send_refusal(send: Send, refusal: Refusal) -> None:
    body = msgspec.json.encode({"error": refusal.error})
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    if refusal.status == 503:
        headers.append((b"retry-after", b"1"))
    if refusal.status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="onrecord"'))
    if refusal.status == 405:
        headers.append((b"allow", ", ".join(METHODS).encode()))
    await send(
        {"type": "http.response.start", "status": refusal.status, "headers": headers}
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _send_empty(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
