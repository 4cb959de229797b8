"""Send one request to one address and take the answer, as far as it may go."""

import functools
import ssl
from importlib.metadata import version

import httpcore
import httpx
import msgspec

from onrecord.read.fetch_answer import OK
from onrecord.read.fetch_body import TooLarge, read_body
from onrecord.read.fetch_cache import Kept
from onrecord.read.fetch_network import CheckedNetwork, Deadline, Resolve
from onrecord.read.fetch_policy import FetchPolicy
from onrecord.read.limits import Limits

ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)


class Answer(msgspec.Struct, frozen=True):
    """An answer; the body is read, and unpacked, where the status is OK."""

    status: int
    headers: httpx.Headers
    body: bytes = b""


def ask(
    url: httpx.URL,
    kept: Kept | None,
    limits: Limits,
    policy: FetchPolicy,
    resolve: Resolve,
) -> Answer:
    """Ask for an address, and whether it has changed since it was `kept`.

    Raises `NotAllowed`, `TooLarge`, `NotUnpacked`, and what httpcore raises.
    """
    deadline = Deadline(limits.fetch_seconds)
    network = CheckedNetwork(
        policy, deadline, resolve=resolve, checked=policy.proxy is None
    )
    with (
        _open_pool(network, policy) as pool,
        pool.stream("GET", str(url), headers=_headers(url, kept)) as response,
    ):
        headers = httpx.Headers(response.headers)
        if response.status not in OK:
            return Answer(response.status, headers)
        said = headers.get("content-length", "")
        if said.isdecimal() and int(said[:18]) > limits.fetch_bytes:
            raise TooLarge
        body = read_body(
            response.iter_stream(),
            encoding=headers.get("content-encoding", ""),
            max_bytes=limits.fetch_bytes,
        )
        return Answer(response.status, headers, body)


def _open_pool(network: CheckedNetwork, policy: FetchPolicy) -> httpcore.ConnectionPool:
    """Return what connects; httpx itself cannot be told by which sockets."""
    if policy.proxy is None:
        return httpcore.ConnectionPool(_trust(), network_backend=network)
    proxy = httpx.URL(policy.proxy)
    login = (proxy.username, proxy.password) if proxy.userinfo else None
    return httpcore.HTTPProxy(
        str(proxy.copy_with(userinfo=b"")),
        proxy_auth=login,
        ssl_context=_trust(),
        network_backend=network,
    )


@functools.cache
def _trust() -> ssl.SSLContext:
    """Return the certificates we trust: httpx's, and those of this machine."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _headers(url: httpx.URL, kept: Kept | None) -> dict[str | bytes, str | bytes]:
    headers: dict[str | bytes, str | bytes] = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": f"onrecord/{program_version()}",
        "Accept": ACCEPT,
        "Accept-Language": "en, *;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if kept and kept.etag:
        headers["If-None-Match"] = kept.etag
    if kept and kept.last_modified:
        headers["If-Modified-Since"] = kept.last_modified
    return headers


@functools.cache
def program_version() -> str:
    """Return the version of this program."""
    return version("onrecord")
