"""What may be fetched: addresses, ports, and the machines behind names."""

import ipaddress

import msgspec

from onrecord.errors import UsageError
from onrecord.read.origin import quoted

WEB = ("http://", "https://")
PUBLIC_PORTS = frozenset({80, 443})
MAX_PORT = 65_535
MAX_ADDRESS_CHARS = 8_000

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# An IPv6 address of these networks stands for an IPv4 one, in the bits named: (network,
# bits to drop on the right). RFC 4291, 6052 and 3056.
_HOLDS_IPV4 = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),
    (ipaddress.IPv6Network("::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)
# Not for the public, whatever this version of Python's `ipaddress` says of them.
_NOT_PUBLIC = (
    ipaddress.ip_network("100.64.0.0/10"),
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("198.18.0.0/15"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2001::/23"),
    ipaddress.ip_network("fec0::/10"),
)


class FetchPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What the user allows beyond the public web, and asks for.

    `proxy` is the http address of a proxy that everything goes through; it then looks
    names up, so that only addresses written as numbers can be checked here. `follow`:
    the pages that a feed's entries link to are fetched too.
    """

    allow_private: bool = False
    proxy: str | None = None
    follow: bool = False


def is_address(named: object) -> bool:
    """Tell whether an input is an http(s) address."""
    return str(named).lower().startswith(WEB)


def check_address(address: str) -> None:
    """Raise `UsageError` for an address that no fetching could make right.

    A password in it would end in the record, in its list of inputs and beside each
    report, so it is refused and not shown.
    """
    reason = why_not_asked(address, named_port=None, any_port=True)
    if reason:
        raise UsageError(f"{shown(address)}: {reason}")


def check_proxy(proxy: str) -> None:
    """Raise `UsageError` for what cannot be a proxy; it may have a password."""
    import httpx

    try:
        url = httpx.URL(proxy)
        usable = url.scheme in ("http", "https") and bool(url.host)
    except (httpx.InvalidURL, ValueError):
        usable = False
    if not usable:
        raise UsageError(
            f"--proxy {shown(proxy)}: give an address such as http://proxy.example:3128"
        )


def why_not_asked(
    address: str, *, named_port: int | None, any_port: bool = False
) -> str | None:
    """Return why an address is not asked for by its looks alone, None if it may be.

    `named_port` is the port that the user's own address has: where that leads to may
    have the same, or those of the web.
    """
    import httpx

    if len(address) > MAX_ADDRESS_CHARS:
        return f"longer than {MAX_ADDRESS_CHARS:,} characters; nothing is asked for it"
    if any(ord(char) < 0x21 or 0x7F <= ord(char) < 0xA0 for char in address):
        return "it holds spaces or control characters; write them as %20 and the like"
    try:
        url = httpx.URL(address)
        host, port = url.host, port_of(url)
    except (httpx.InvalidURL, ValueError) as err:
        return f"not an address ({err}); check it"
    if port > MAX_PORT:
        return f"there is no port {port}; check the address"
    if url.scheme not in ("http", "https"):
        return f"{quoted(url.scheme)} is not fetched; only http and https are"
    if not host:
        return "no host is named; check the address"
    if url.userinfo:
        return (
            "it holds a user name or password, which would be kept in the record; fetch"
            " it with another program and give the file"
        )
    if not any_port and port not in PUBLIC_PORTS | {named_port}:
        return (
            f"port {port} is not one of the web; name the address itself if you trust"
            " it"
        )
    return None


def port_of(url: object) -> int:
    """Return the port of an httpx address, which leaves out the usual one."""
    port: int | None = getattr(url, "port", None)
    if port is not None:
        return port
    return 443 if getattr(url, "scheme", None) == "https" else 80


def why_not_connected(number: str, policy: FetchPolicy) -> str | None:
    """Return why no connection is made to an IP address, None if one may be."""
    ip = _unwrapped(ipaddress.ip_address(number))
    if ip.is_unspecified or ip.is_multicast or ip == _BROADCAST:
        return f"{number} is no address of one machine"
    if is_public(ip) or policy.allow_private:
        return None
    return f"{number} is a private or local address"


_BROADCAST = ipaddress.IPv4Address("255.255.255.255")


def is_public(ip: IP) -> bool:
    """Tell whether an IP address belongs to the public network.

    >>> is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    False
    """
    ip = _unwrapped(ip)
    if any(ip in network for network in _NOT_PUBLIC):
        return False
    return ip.is_global and not (
        ip.is_multicast
        or ip.is_reserved
        or ip.is_link_local
        or ip.is_loopback
        or ip.is_unspecified
    )


def shown(address: str) -> str:
    """Return an address as it may be shown and stored: without user and password.

    >>> shown("https://me:secret@example.org/feed")
    'https://example.org/feed'
    """
    scheme, mark, rest = address.partition("://")
    ends = [at for char in "/?#\\" if (at := rest.find(char)) >= 0]
    host = rest[: min(ends, default=len(rest))]
    cut = host.rfind("@") + 1
    return scheme + mark + rest[cut:]


def _unwrapped(ip: IP) -> IP:
    """Return the IPv4 address that an IPv6 one stands for, else the address itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    for network, drop in _HOLDS_IPV4:
        if ip in network and int(ip) > 1:  # :: and ::1 are IPv6's own
            return ipaddress.IPv4Address((int(ip) >> drop) & 0xFFFFFFFF)
    return ip
