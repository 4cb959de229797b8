"""Fetch the http(s) address of a feed or page that the user names.

Every address on the way is checked before it is asked (`fetch_policy`) and when it is
connected to (`fetch_network`). Nothing is sent but the request: no cookies, no name or
password, no proxy that is not named. What goes wrong costs one `Rejected`.
"""

import hashlib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpcore
import httpx
import msgspec

from onrecord.model.document import Rejected
from onrecord.model.ids import content_id
from onrecord.read.fetch_answer import (
    BUSY,
    LEADS_ON,
    NOT_MODIFIED,
    OK,
    as_utf8,
    read_media_type,
    read_pause,
    why_not_taken,
)
from onrecord.read.fetch_ask import Answer, ask, program_version
from onrecord.read.fetch_body import NotUnpacked, TooLarge
from onrecord.read.fetch_cache import FetchCache, Kept
from onrecord.read.fetch_network import (
    NotAllowed,
    Resolve,
    resolve,
)
from onrecord.read.fetch_policy import (
    FetchPolicy,
    port_of,
    shown,
    why_not_asked,
    why_not_connected,
)
from onrecord.read.limits import Limits, beyond
from onrecord.read.origin import Origin, escaped, reject

MAX_VALIDATOR_CHARS = 1_000
ALLOW = "; if you trust it, allow it with --allow-private-addresses"
BUSY_REASON = "the host is busy and asks us to wait; run again later"
# The type that is said goes before the ending that the address has.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
}


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address holds; `address` as named, `url` where it led to.

    `media_type` and `charset` are what the server says, None where it says nothing that
    we know. `body` is UTF-8 where the server says what else it was; markup then opens
    with a byte order mark, which every reader of markup puts above what it says itself.
    `unchanged`: nothing new since it was last read; `body` is empty then.
    """

    address: str
    url: str
    media_type: str | None = None
    charset: str | None = None
    body: bytes = b""
    unchanged: bool = False

    @property
    def name(self) -> str:
        """Return a file's name for it, by which its kind may be told."""
        last = PurePosixPath(unquote(httpx.URL(self.url).path)).name
        return (last or "page") + _ENDINGS.get(self.media_type or "", "")


class _Refused(Exception):
    """Carry the reason for not taking an address."""


def fetch(
    address: str,
    *,
    limits: Limits,
    policy: FetchPolicy,
    cache: FetchCache,
    resolve: Resolve = resolve,
    linked_from: str | None = None,
) -> Fetched | Rejected:
    """Return what `address` holds, or why it could not be fetched.

    `linked_from` is the address that the user named, where this one comes from there.
    `limits.fetch_seconds` is the time for each address on the way, from looking up the
    name to the last byte; waiting for a polite moment does not count.
    """
    try:
        return _fetch(address, limits, policy, cache, resolve, linked_from)
    except _Refused as err:
        name = escaped(shown(address))
        return reject(Origin(name, name), str(err))


def _fetch(
    address: str,
    limits: Limits,
    policy: FetchPolicy,
    cache: FetchCache,
    resolve: Resolve,
    linked_from: str | None,
) -> Fetched:
    how = how_read(limits, policy)
    url = address.partition("#")[0]
    named_port = port_of(httpx.URL(linked_from)) if linked_from else None
    visited: set[str] = set()
    while True:
        reason = why_not_asked(url, named_port=named_port, any_port=named_port is None)
        if reason:
            raise _Refused(_led(url, visited) + reason)
        visited.add(url)
        here = httpx.URL(url)
        named_port = named_port or port_of(here)
        if policy.proxy:
            _check_number(here.host, policy)
        kept = cache.find(url, how=how)
        with _explained(url, visited, limits):
            answer = _ask_politely(here, kept, limits, policy, cache, resolve)
        if answer.status not in LEADS_ON:
            break
        url = _next(here, answer, visited, limits)
    if answer.status == NOT_MODIFIED and kept:
        cache.unchanged += 1
        return Fetched(address=shown(address), url=url, unchanged=True)
    if answer.status not in OK:
        raise _Refused(_led(url, visited) + why_not_taken(answer.status))
    return _taken(address, url, answer, kept, cache, how)


def _check_number(host: str, policy: FetchPolicy) -> None:
    """Check a host that is written as an IP address; a proxy looks names up itself."""
    with suppress(ValueError):
        reason = why_not_connected(host, policy)
        if reason:
            raise _Refused(reason + ALLOW)


def _taken(
    address: str,
    url: str,
    answer: Answer,
    kept: Kept | None,
    cache: FetchCache,
    how: str,
) -> Fetched:
    digest = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
    now = Kept(
        how=how,
        digest=digest,
        etag=_sendable(answer.headers.get("etag")),
        last_modified=_sendable(answer.headers.get("last-modified")),
    )
    if not answer.body.strip():
        raise _Refused("the server answers with nothing; check the address")
    cache.note(url, now)
    if kept and kept.digest == digest:
        cache.unchanged += 1
        return Fetched(address=shown(address), url=url, unchanged=True)
    media = read_media_type(answer.headers)
    return Fetched(
        address=shown(address),
        url=url,
        media_type=media.name,
        charset=media.charset,
        body=as_utf8(answer.body, media),
    )


def _sendable(value: str | None) -> str | None:
    """Return a header's value if it can be sent back as it came."""
    fits = value is not None and value.isascii() and len(value) <= MAX_VALIDATOR_CHARS
    return value if fits else None


def _ask_politely(
    url: httpx.URL,
    kept: Kept | None,
    limits: Limits,
    policy: FetchPolicy,
    cache: FetchCache,
    resolve: Resolve,
) -> Answer:
    """Ask a host no faster than it may be asked; once more if it was busy for a bit."""
    for _ in range(2):
        if not cache.pace.wait(url.host, limits.fetch_interval):
            raise _Refused(BUSY_REASON)
        answer = ask(url, kept, limits, policy, resolve)
        if answer.status not in BUSY:
            return answer
        cache.pace.shut(url.host, read_pause(answer.headers))
    return answer


def _next(url: httpx.URL, answer: Answer, visited: set[str], limits: Limits) -> str:
    """Return the address that a redirect leads to."""
    location = answer.headers.get("location")
    if not location:
        raise _Refused(f"the server answers {answer.status} and does not say where to")
    try:
        target = str(url.join(location)).partition("#")[0]
    except (httpx.InvalidURL, ValueError) as err:
        raise _Refused(f"it leads to no address ({err})") from err
    if target in visited:
        raise _Refused("its redirects lead back to where they came from")
    if len(visited) > limits.fetch_redirects:
        raise _Refused(beyond(limits, "fetch_redirects", "too many redirects"))
    if url.scheme == "https" and target.startswith("http:"):
        raise _Refused(
            f"it leads from https to {shown(target)}, which anyone on the way can "
            "change; name that address if you trust it"
        )
    return target


@contextmanager
def _explained(url: str, visited: set[str], limits: Limits) -> Iterator[None]:
    """Turn what goes wrong on the way into a reason that is the same each time."""
    try:
        yield
    except TooLarge as err:
        found = f"more than {limits.fetch_bytes:,} bytes came"
        raise _Refused(beyond(limits, "fetch_bytes", found)) from err
    except NotUnpacked as err:
        raise _Refused(f"{err}; fetch it with another program") from err
    except NotAllowed as err:
        raise _Refused(f"{_led(url, visited)}{err}{ALLOW}") from err
    except httpcore.TimeoutException as err:
        found = "the answer was not there in time"
        raise _Refused(beyond(limits, "fetch_seconds", found)) from err
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as err:
        raise _Refused(_led(url, visited) + _network_reason(err)) from err


def _network_reason(err: Exception) -> str:
    causes = [err]
    while causes[-1].__cause__ or causes[-1].__context__:
        causes.append(causes[-1].__cause__ or causes[-1].__context__)  # type: ignore[arg-type]
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            why = getattr(cause, "verify_message", None) or cause.reason
            return f"no secure connection ({why}); check the address and this clock"
        if isinstance(cause, httpcore.ProxyError):
            return f"the proxy does not let us through ({cause}); check it"
    if isinstance(err, httpcore.ProtocolError):
        return f"the answer breaks the rules of HTTP ({err}); run again later"
    return f"no connection ({err}); check the address and the network, then run again"


def _led(url: str, visited: set[str]) -> str:
    """Return "it leads to …: " where the address is not the named one."""
    return "" if len(visited | {url}) < 2 else f"it leads to {shown(url)}: "


def how_read(limits: Limits, policy: FetchPolicy) -> str:
    """Return a hash of what decides what is read in a page, for `FetchCache.find`."""
    read = (
        f"{name}={value}"
        for name, value in msgspec.structs.asdict(limits).items()
        if not name.startswith("fetch_")
    )
    return content_id("how", program_version(), str(policy.follow), *read)
