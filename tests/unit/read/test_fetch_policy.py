"""Which addresses may be asked, and which machines connected to."""

import ipaddress

import pytest

from onrecord.errors import UsageError
from onrecord.read.fetch_policy import (
    FetchPolicy,
    check_address,
    check_proxy,
    is_address,
    is_public,
    shown,
    why_not_asked,
    why_not_connected,
)

PUBLIC = [
    "93.184.215.14",
    "1.1.1.1",
    "2606:4700:4700::1111",
    "64:ff9b::5db8:d70e",  # NAT64 of 93.184.215.14
    "::ffff:93.184.215.14",
    "2002:5db8:d70e::1",  # 6to4 of the same
]
NOT_PUBLIC = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
NEVER = ["0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "ff02::1", "::ffff:0.0.0.0"]


@pytest.mark.parametrize("number", PUBLIC)
def test_public(number):
    assert is_public(ipaddress.ip_address(number))
    assert why_not_connected(number, FetchPolicy()) is None


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_not_public(number):
    assert not is_public(ipaddress.ip_address(number))
    assert number in (why_not_connected(number, FetchPolicy()) or "")


@pytest.mark.parametrize("number", sorted({*NOT_PUBLIC} - {*NEVER}))
def test_private_addresses_may_be_allowed(number):
    assert why_not_connected(number, FetchPolicy(allow_private=True)) is None


@pytest.mark.parametrize("number", NEVER)
def test_what_is_no_machine_is_never_connected_to(number):
    assert "no address of one machine" in (
        why_not_connected(number, FetchPolicy(allow_private=True)) or ""
    )


@pytest.mark.parametrize(
    ("address", "named_port", "allowed"),
    [
        ("http://example.org/", None, True),
        ("https://example.org:443/", None, True),
        ("https://example.org:80/", None, True),
        ("http://example.org:8080/", None, False),
        ("http://example.org:8080/", 8080, True),
        ("http://example.org:22/", 8080, False),
        ("http://example.org:6379/", None, False),
    ],
)
def test_ports(address, named_port, allowed):
    assert (why_not_asked(address, named_port=named_port) is None) == allowed


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://example.org/", "'ftp' is not fetched"),
        ("javascript:alert(1)", "'javascript' is not fetched"),
        ("//example.org/", "'' is not fetched"),
        ("http://", "no host"),
        ("http:///feed", "no host"),
        ("http://me@example.org/", "user name or password"),
        ("http://me:secret@example.org/", "user name or password"),
        ("http://:secret@example.org/", "user name or password"),
        ("http://example.org/a b", "spaces or control"),
        ("http://example.org/\r\nX: y", "spaces or control"),
        ("http://example.org:99999/", "no port 99999"),
        ("http://[::1", "not an address"),
        ("http://xn--/", "not an address"),
        ("http://example.org/" + "a" * 9000, "longer than"),
    ],
)
def test_addresses_that_are_not_asked(address, why):
    assert why in (why_not_asked(address, named_port=None) or "")


def test_the_user_may_name_any_port():
    check_address("http://example.org:8080/feed")


def test_a_password_is_refused_before_anything_is_read_and_not_shown():
    with pytest.raises(UsageError, match="would be kept in the record") as refused:
        check_address("https://me:secret@example.org/feed")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "proxy", ["proxy:3128", "socks5://p:1", "http://", "http://[::1", "http://xn--/"]
)
def test_a_proxy_is_an_http_address(proxy):
    check_proxy("http://me:secret@proxy.example:3128")
    with pytest.raises(UsageError, match="--proxy"):
        check_proxy(proxy)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("HTTPS://example.org", True),
        ("http://x", True),
        ("ftp://x", False),
        ("http", False),
    ],
)
def test_what_counts_as_an_address(named, expected):
    assert is_address(named) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://me:secret@example.org/a@b", "https://example.org/a@b"),
        ("https://a:b@c:d@example.org", "https://example.org"),
        ("https://me:secret@example.org?q=x@y", "https://example.org?q=x@y"),
        ("https://example.org/@name", "https://example.org/@name"),
    ],
)
def test_shown_leaves_out_user_and_password(address, expected):
    assert shown(address) == expected
