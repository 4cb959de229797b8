"""Send one request: only these headers leave, only so much comes back, in time.

The client library hands its requests to `Wire`, which sees to what must hold whatever
the library or its environment variables do: no redirect is followed, no proxy of the
environment is used, certificates are checked, and one deadline holds for all of it.
"""

import functools
import ssl
from collections.abc import Iterable

import httpcore
import httpx

from onrecord.llm.endpoint import Endpoint
from onrecord.read.fetch_body import TooLarge, read_body
from onrecord.read.fetch_network import CheckedNetwork, Deadline, NotAllowed, resolve
from onrecord.read.fetch_policy import FetchPolicy

SENT = frozenset({"host", "content-type", "content-length", "accept"})
REDIRECTS = range(300, 400)


class WireError(Exception):
    """Say what went wrong on the way; `again` tells whether it may be tried again.

    `apart` is true where nothing was wrong with the request: nobody answers there.
    """

    def __init__(self, reason: str, *, again: bool, apart: bool) -> None:
        super().__init__(reason)
        self.again = again
        self.apart = apart


class Wire(httpx.BaseTransport):
    """The way to one endpoint, a connection for each request."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and take its answer; raise `WireError`."""
        try:
            return self._send(request)
        except TooLarge:
            most = self._endpoint.answer_bytes
            raise WireError(
                f"more than {most:,} bytes came", again=False, apart=False
            ) from None
        except NotAllowed as err:
            raise WireError(str(err), again=False, apart=True) from None
        except httpcore.TimeoutException:
            raise WireError(
                f"no whole answer within {self._endpoint.seconds:g} seconds",
                again=True,
                apart=False,
            ) from None
        except (httpcore.ConnectError, httpcore.ProxyError) as err:
            reason = _why_not_secure(err) or f"no connection ({err})"
            raise WireError(reason, again=False, apart=True) from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as err:
            raise WireError(
                f"the connection broke ({err})", again=True, apart=False
            ) from None

    def _send(self, request: httpx.Request) -> httpx.Response:
        deadline = Deadline(self._endpoint.seconds)
        # Named by the user: it may well stand on a private network.
        network = CheckedNetwork(
            FetchPolicy(allow_private=True), deadline, resolve=resolve
        )
        with (
            self._pool(network) as pool,
            pool.stream(
                request.method,
                str(request.url),
                headers=self._headers(request),
                content=request.read(),
            ) as response,
        ):
            headers = httpx.Headers(response.headers)
            if response.status in REDIRECTS:
                return httpx.Response(response.status, headers=_plain(headers))
            said = headers.get("content-length", "")
            if said.isdecimal() and int(said[:18]) > self._endpoint.answer_bytes:
                raise TooLarge
            body = read_body(
                response.iter_stream(),
                encoding="",  # none is asked for: a packed answer is no JSON
                max_bytes=self._endpoint.answer_bytes,
            )
            return httpx.Response(
                response.status, headers=_plain(headers), content=body
            )

    def _headers(self, request: httpx.Request) -> list[tuple[bytes, bytes]]:
        kept = [
            (name.encode("ascii"), value.encode("ascii"))
            for name, value in request.headers.items()
            if name.lower() in SENT
        ]
        kept.append((b"User-Agent", b"onrecord"))
        kept.append((b"Accept-Encoding", b"identity"))
        kept.append((b"Connection", b"close"))
        key = self._endpoint.key
        if key is not None:
            bearer = f"Bearer {key.reveal()}"
            kept.append((b"Authorization", bearer.encode("ascii")))
        return kept

    def _pool(self, network: CheckedNetwork) -> httpcore.ConnectionPool:
        if self._endpoint.proxy is None:
            return httpcore.ConnectionPool(_trust(), network_backend=network)
        proxy = httpx.URL(self._endpoint.proxy)
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


def _plain(headers: httpx.Headers) -> list[tuple[str, str]]:
    """Return the headers that are looked at; the body is unpacked already."""
    names = ("content-type", "retry-after", "location")
    return [(name, headers[name]) for name in names if name in headers]


def _why_not_secure(err: BaseException) -> str | None:
    causes: Iterable[BaseException | None] = (err, err.__cause__, err.__context__)
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            why = getattr(cause, "verify_message", None) or cause.reason
            return f"no secure connection ({why})"
    return None
