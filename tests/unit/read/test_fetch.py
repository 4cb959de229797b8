"""An address is fetched under rules; what goes wrong costs one `Rejected`."""

import codecs
import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from types import SimpleNamespace

import httpcore
import pytest

from onrecord.model.document import Rejected
from onrecord.read import fetch_ask, fetch_network
from onrecord.read.fetch import Fetched, fetch
from onrecord.read.fetch_cache import FetchCache, Pace
from onrecord.read.fetch_policy import FetchPolicy
from onrecord.read.limits import Limits
from tests.support.webserver import page, redirect, serve

LOCAL = FetchPolicy(allow_private=True)
QUICK = Limits(fetch_interval=0.0, fetch_seconds=5.0)
PAGE = b"<html><p>They met in Harbourtown.</p></html>"


@pytest.fixture
def site():
    with serve() as site:
        yield site


def get(address, *, limits=QUICK, policy=LOCAL, cache=None, **more):
    return fetch(
        address, limits=limits, policy=policy, cache=cache or FetchCache(), **more
    )


def reason(address, **more) -> str:
    found = get(address, **more)
    assert isinstance(found, Rejected), found
    return found.reason


def test_a_page_comes_with_its_type_charset_and_address(site):
    headers = {"Content-Type": "text/HTML; charset=ISO-8859-1"}
    site.pages["/news/"] = page(PAGE, headers=headers)
    found = get(site.at("/news/#top"))
    assert found == Fetched(
        address=site.at("/news/#top"),
        url=site.at("/news/"),
        media_type="text/html",
        charset="iso8859-1",
        body=codecs.BOM_UTF8 + PAGE,
    )
    assert found.name == "news.html"


def test_the_request_says_who_asks_and_brings_nothing_else(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    site.pages["/"] = page(PAGE, headers={"Set-Cookie": "a=b"})
    get(site.at("/"))
    ((_, headers),) = site.asked
    assert headers.pop("User-Agent").startswith("onrecord/")
    assert headers.pop("Accept")
    assert headers == {
        "Host": f"127.0.0.1:{site.port}",
        "Accept-Language": "en, *;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_a_cookie_set_on_the_way_is_not_sent_on(site):
    headers = {"Location": "/b", "Set-Cookie": "seen=1"}
    site.pages["/a"] = page(status=302, headers=headers)
    site.pages["/b"] = page(PAGE)
    assert get(site.at("/a")).url == site.at("/b")
    assert "Cookie" not in site.asked[1][1]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site, status):
    site.pages["/old"] = redirect("new?x=1#part", status=status)
    site.pages["/new"] = page(PAGE)
    found = get(site.at("/old"))
    assert (found.address, found.url) == (site.at("/old"), site.at("/new?x=1"))


def test_a_redirect_loop_is_refused(site):
    site.pages["/a"] = redirect("/b")
    site.pages["/b"] = redirect("/a")
    assert "lead back" in reason(site.at("/a"))


def test_redirects_end_at_their_limit(site):
    for n in range(5):
        site.pages[f"/{n}"] = redirect(f"/{n + 1}")
    site.pages["/5"] = page(PAGE)
    assert isinstance(get(site.at("/0")), Fetched)
    limits = Limits(fetch_interval=0.0, fetch_redirects=4)
    assert "--limit fetch-redirects=8" in reason(site.at("/0"), limits=limits)
    assert [path for path, _ in site.asked[6:]] == ["/0", "/1", "/2", "/3", "/4"]


def test_a_redirect_without_an_address_is_refused(site):
    site.pages["/a"] = page(status=302)
    assert "does not say where to" in reason(site.at("/a"))


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("ftp://example.org/x", "'ftp' is not fetched"),
        ("file:///etc/hostname", "'file' is not fetched"),
        ("http://me:secret@example.org/", "user name or password"),
        ("http://example.org:22/", "port 22"),
        ("http://[::1", "no address"),
    ],
)
def test_a_redirect_may_not_lead_everywhere(site, to, why):
    site.pages["/a"] = redirect(to)
    found = reason(site.at("/a"))
    assert why in found
    assert "secret" not in found


def test_a_redirect_to_a_private_address_is_refused(site, monkeypatch):
    def only_first(number, policy):
        return None if number == "127.0.0.1" else f"{number} is a private address"

    monkeypatch.setattr(fetch_network, "why_not_connected", only_first)
    names = {"news.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
    site.pages["/a"] = redirect(f"http://inside.example:{site.port}/admin")
    found = reason(
        site.at("/a", host="news.example"), resolve=lambda host, port: names[host]
    )
    assert found == (
        f"it leads to http://inside.example:{site.port}/admin: 127.0.0.2 is a private"
        " address; if you trust it, allow it with --allow-private-addresses"
    )
    assert [path for path, _ in site.asked] == ["/a"]


def test_a_name_is_looked_up_once_and_that_address_connected_to(site):
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    site.pages["/"] = page(PAGE)
    address = site.at("/", host="news.example")
    found = get(address, resolve=lambda host, port: next(answers))
    assert found.body == PAGE
    assert site.asked[0][1]["Host"] == f"news.example:{site.port}"
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "0.0.0.0"],
)
def test_this_machine_is_not_asked_unless_allowed(site, host):
    found = reason(site.at("/", host=host), policy=FetchPolicy())
    assert "127.0.0.1" in found or "::1" in found or "0.0.0.0" in found
    assert site.asked == []


def test_an_address_that_answers_is_taken_among_several(site):
    site.pages["/"] = page(PAGE)
    numbers = ["::1", "127.0.0.1"]  # nothing listens on the first
    address = site.at("/", host="news.example")
    assert get(address, resolve=lambda host, port: numbers).body == PAGE


def test_private_addresses_of_a_name_are_left_out():
    asked = []
    network = fetch_network.CheckedNetwork(
        FetchPolicy(),
        fetch_network.Deadline(1.0),
        resolve=lambda host, port: ["10.0.0.1", "192.0.2.1", "93.184.215.14"],
    )
    network._sockets = SimpleNamespace(
        connect_tcp=lambda number, port, timeout: asked.append(number)
    )
    network.connect_tcp("news.example", 80)
    assert asked == ["93.184.215.14"]


def test_an_address_that_never_answers_leaves_time_for_the_next():
    tried = []

    def connect(number, port, timeout):
        tried.append((number, round(timeout)))
        raise httpcore.ConnectTimeout

    network = fetch_network.CheckedNetwork(
        FetchPolicy(),
        fetch_network.Deadline(60.0),
        resolve=lambda host, port: ["1.1.1.1", "93.184.215.14"],
    )
    network._sockets = SimpleNamespace(connect_tcp=connect)
    with pytest.raises(httpcore.ConnectTimeout):
        network.connect_tcp("news.example", 80)
    assert tried == [("1.1.1.1", 30), ("93.184.215.14", 60)]


def test_a_name_that_is_not_found_is_said(site):
    def unknown(host, port):
        raise OSError(-2, "Name or service not known")

    found = reason("http://nowhere.invalid/", resolve=unknown)
    assert "Name or service not known" in found


def test_a_name_server_that_never_answers_costs_the_time_limit():
    released = threading.Event()

    def stuck(host, port):
        released.wait(10)
        return ["127.0.0.1"]

    limits = Limits(fetch_seconds=0.2, fetch_interval=0.0)
    began = time.monotonic()
    assert "in time" in reason("http://slow.invalid/", resolve=stuck, limits=limits)
    assert time.monotonic() - began < 5
    released.set()


def test_a_port_with_nobody_behind_it_is_said(site):
    free = site.port
    site.pages["/"] = page(PAGE)
    assert "no connection" in reason(f"http://127.0.0.2:{free}/")


def test_what_is_too_large_by_its_own_word_is_not_read(site):
    site.pages["/"] = page(b"x" * 100, headers={"Content-Length": "100"})
    limits = Limits(fetch_bytes=99, fetch_interval=0.0)
    assert "--limit fetch-bytes=198" in reason(site.at("/"), limits=limits)
    assert isinstance(get(site.at("/"), limits=Limits(fetch_bytes=100)), Fetched)


def test_an_endless_body_ends_at_the_size_limit(site):
    def endless(request):
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x" * 65536)

    site.pages["/"] = endless
    limits = Limits(fetch_bytes=1_000_000, fetch_interval=0.0)
    assert "fetch-bytes" in reason(site.at("/"), limits=limits)


def test_a_gzip_bomb_ends_at_the_size_limit(site):
    bomb = gzip.compress(bytes(50_000_000))
    site.pages["/"] = page(bomb, headers={"Content-Encoding": "gzip"})
    limits = Limits(fetch_bytes=1_000_000, fetch_interval=0.0)
    assert len(bomb) < limits.fetch_bytes
    assert "fetch-bytes" in reason(site.at("/"), limits=limits)


def test_a_packed_page_is_unpacked(site):
    site.pages["/"] = page(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
    assert get(site.at("/")).body == PAGE


@pytest.mark.parametrize(
    ("encoding", "body"), [("br", b"\x8b\x03"), ("deflate", zlib.compress(PAGE))]
)
def test_a_packing_we_did_not_ask_for_is_refused(site, encoding, body):
    site.pages["/"] = page(body, headers={"Content-Encoding": encoding})
    assert f"packed as '{encoding}'" in reason(site.at("/"))


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_sends_a_byte_now_and_then_is_cut_off(site, part):
    released = threading.Event()

    def slow(request):
        if part == "body":
            request.send_response(200)
            request.end_headers()
        while not released.is_set():
            request.wfile.write(b"H")
            released.wait(0.02)

    site.pages["/"] = slow
    limits = Limits(fetch_seconds=0.5, fetch_interval=0.0)
    began = time.monotonic()
    found = reason(site.at("/"), limits=limits)
    released.set()
    assert found == (
        "the answer was not there in time, the limit is 0.5; "
        "raise it with --limit fetch-seconds=1"
    )
    assert time.monotonic() - began < 5


def test_a_body_shorter_than_said_is_refused(site):
    site.pages["/"] = page(PAGE, headers={"Content-Length": "1000"})
    assert "breaks the rules of HTTP" in reason(site.at("/"))


def test_what_is_not_http_is_refused(site):
    site.pages["/"] = lambda request: request.wfile.write(b"220 mail ready\r\n\r\n")
    assert "breaks the rules of HTTP" in reason(site.at("/"))


@pytest.mark.parametrize(
    ("status", "advice"),
    [(404, "check it"), (401, "login"), (500, "run again later"), (418, "check the")],
)
def test_a_refusing_server_costs_one_rejected(site, status, advice):
    site.pages["/"] = page(b"sorry", status=status)
    found = get(site.at("/"))
    assert isinstance(found, Rejected)
    assert found.file == site.at("/")
    assert found.reason.startswith(f"the server answers {status}: ")
    assert advice in found.reason


def test_an_empty_page_is_refused(site):
    site.pages["/"] = page(b" \n")
    assert "answers with nothing" in reason(site.at("/"))


def test_a_second_fetch_asks_whether_there_is_anything_new(site):
    validators = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Feb 2026 10:00:00 GMT"}
    site.pages["/"] = page(PAGE, headers=validators)
    cache = FetchCache()
    get(site.at("/"), cache=cache)
    cache.keep()
    site.pages["/"] = page(status=304)
    found = get(site.at("/"), cache=cache)
    assert (found.unchanged, found.body, cache.unchanged) == (True, b"", 1)
    headers = site.asked[1][1]
    assert headers["If-None-Match"] == '"v1"'
    assert headers["If-Modified-Since"] == "Mon, 02 Feb 2026 10:00:00 GMT"


def test_before_it_is_kept_nothing_is_known(site):
    site.pages["/"] = page(PAGE, headers={"ETag": '"v1"'})
    cache = FetchCache()
    get(site.at("/"), cache=cache)
    assert get(site.at("/"), cache=cache).body == PAGE
    assert "If-None-Match" not in site.asked[1][1]


def test_the_same_bytes_again_are_nothing_new(site):
    site.pages["/"] = page(PAGE)
    cache = FetchCache()
    get(site.at("/"), cache=cache)
    cache.keep()
    assert get(site.at("/"), cache=cache).unchanged
    site.pages["/"] = page(PAGE + b"!")
    assert get(site.at("/"), cache=cache).body == PAGE + b"!"


def test_other_limits_read_an_address_anew(site):
    site.pages["/"] = page(PAGE, headers={"ETag": '"v1"'})
    cache = FetchCache()
    get(site.at("/"), cache=cache)
    cache.keep()
    other = Limits(fetch_interval=0.0, report_characters=7)
    assert get(site.at("/"), cache=cache, limits=other).body == PAGE
    slower = Limits(fetch_interval=0.01)
    get(site.at("/"), cache=cache, limits=slower)
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'


def test_not_modified_unasked_is_refused(site):
    site.pages["/"] = page(status=304)
    assert "answers 304" in reason(site.at("/"))


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def cache(self) -> FetchCache:
        return FetchCache(pace=Pace(clock=lambda: self.now, sleep=self.sleep))


def test_one_host_is_asked_no_faster_than_its_interval(site):
    clock = Clock()
    cache = clock.cache()
    site.pages["/"] = page(PAGE)
    for _ in range(3):
        get(site.at("/"), cache=cache, limits=Limits(fetch_interval=2.0))
    assert clock.slept == [2.0, 2.0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_wait_is_waited_for_once(site, status):
    clock = Clock()
    cache = clock.cache()
    site.pages["/"] = page(status=status, headers={"Retry-After": "7"})
    assert f"answers {status}" in reason(site.at("/"), cache=cache)
    assert (clock.slept, len(site.asked)) == ([7.0], 2)


def test_a_host_that_asks_for_a_long_wait_is_left_alone(site):
    clock = Clock()
    cache = clock.cache()
    site.pages["/"] = page(status=429, headers={"Retry-After": "600"})
    assert "asks us to wait" in reason(site.at("/"), cache=cache)
    assert "asks us to wait" in reason(site.at("/other"), cache=cache)
    assert (clock.slept, len(site.asked)) == ([], 1)
    clock.now += 595
    site.pages["/"] = page(PAGE)
    assert isinstance(get(site.at("/"), cache=cache), Fetched)


def test_text_whose_charset_is_said_becomes_utf8(site):
    headers = {"Content-Type": "text/plain; charset=latin-1"}
    site.pages["/a.txt"] = page(b"Caf\xe9 \x93talks\x94", headers=headers)
    found = get(site.at("/a.txt"))
    assert found.body.decode() == "Caf\u00e9 \u201ctalks\u201d"
    assert found.name == "a.txt"


def test_a_password_is_never_shown():
    found = get("http://me:secret@127.0.0.1/feed")
    assert isinstance(found, Rejected)
    assert found.file == "http://127.0.0.1/feed"
    assert "secret" not in repr(found)


def test_through_a_proxy_the_whole_address_is_asked_for(site):
    site.pages["http://news.example/feed"] = page(PAGE)
    policy = FetchPolicy(proxy=f"http://me:secret@127.0.0.1:{site.port}")
    found = get("http://news.example/feed", policy=policy)
    assert found.body == PAGE
    path, headers = site.asked[0]
    assert path == "http://news.example/feed"
    assert headers["Proxy-Authorization"].startswith("Basic ")


def test_a_proxy_is_not_asked_for_numbers_inside(site):
    policy = FetchPolicy(proxy=f"http://127.0.0.1:{site.port}")
    assert "10.0.0.1 is a private" in reason("http://10.0.0.1/", policy=policy)
    assert site.asked == []


@pytest.fixture
def secure(tmp_path):
    """A certificate that nobody vouches for, and the context of a server with it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate with")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=news.example", "-keyout", key, "-out", cert),
            *("-addext", "subjectAltName=DNS:news.example"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


@pytest.fixture
def trusting(secure, monkeypatch):
    cert, _ = secure
    context = ssl.create_default_context(cafile=str(cert))
    monkeypatch.setattr(fetch_ask, "_trust", lambda: context)


def test_a_certificate_nobody_vouches_for_is_refused(secure):
    with serve(secure[1]) as site:
        found = reason(site.at("/").replace("http:", "https:"))
    assert found.startswith("no secure connection (self")
    assert site.asked == []


def test_the_certificate_is_checked_for_the_name_and_not_the_number(secure, trusting):
    with serve(secure[1]) as site:
        site.pages["/"] = page(PAGE)
        numbers = {"resolve": lambda host, port: ["127.0.0.1"]}
        named = site.at("/", host="news.example").replace("http:", "https:")
        other = site.at("/", host="other.example").replace("http:", "https:")
        assert get(named, **numbers).body == PAGE
        assert "no secure connection (" in reason(other, **numbers)


def test_from_https_no_redirect_leads_to_http(secure, trusting):
    with serve(secure[1]) as site:
        site.pages["/"] = redirect("http://news.example/plain")
        address = site.at("/", host="news.example").replace("http:", "https:")
        found = reason(address, resolve=lambda host, port: ["127.0.0.1"])
    assert "leads from https to http://news.example/plain" in found


def test_a_server_that_never_ends_its_handshake_is_cut_off():
    with socket.create_server(("127.0.0.1", 0)) as server:
        limits = Limits(fetch_seconds=0.3, fetch_interval=0.0)
        port = server.getsockname()[1]
        found = reason(f"https://127.0.0.1:{port}/", limits=limits)
    assert "fetch-seconds" in found
