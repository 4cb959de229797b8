"""What may leave and come back, at the wire itself."""

import shutil
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest

from onrecord.llm import wire
from onrecord.llm.endpoint import Endpoint, Key
from onrecord.llm.wire import Wire, WireError
from tests.support.llmserver import events, serve_llm


def post(endpoint: Endpoint, **headers: str) -> httpx.Response:
    with httpx.Client(transport=Wire(endpoint)) as client:
        url = f"{endpoint.url}/chat/completions"
        return client.post(url, json={}, headers=headers)


@pytest.fixture
def secure(tmp_path) -> tuple[Path, ssl.SSLContext]:
    """A certificate that nobody vouches for, and the context of a server with it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate with")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", key, "-out", cert),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def test_only_headers_of_the_protocol_leave():
    with serve_llm(events()) as llm:
        endpoint = Endpoint(url=llm.url, model="m", key=Key("sk-secret"))
        answer = post(endpoint, cookie="a=b", referer="x", authorization="Bearer y")
    assert answer.status_code == 200
    (headers, _) = llm.asked[0]
    assert {name.lower(): value for name, value in headers.items()} == {
        "host": f"127.0.0.1:{llm.port}",
        "accept": "*/*",
        "content-type": "application/json",
        "content-length": "2",
        "user-agent": "onrecord",
        "accept-encoding": "identity",
        "connection": "close",
        "authorization": "Bearer sk-secret",
    }


def test_a_certificate_nobody_vouches_for_is_refused(secure):
    _, context = secure
    with serve_llm(events(), context) as llm:
        endpoint = Endpoint(url=f"https://localhost:{llm.port}/v1", model="m")
        with pytest.raises(WireError, match="no secure connection") as raised:
            post(endpoint)
    assert raised.value.apart
    assert llm.asked == []


def test_a_certificate_is_checked_for_its_name(secure, monkeypatch):
    cert, context = secure
    trust = ssl.create_default_context(cafile=str(cert))
    monkeypatch.setattr(wire, "_trust", lambda: trust)
    with serve_llm(events(), context) as llm:
        named = Endpoint(url=f"https://localhost:{llm.port}/v1", model="m")
        assert post(named).status_code == 200
        other = Endpoint(url=f"https://127.0.0.1:{llm.port}/v1", model="m")
        with pytest.raises(WireError, match="no secure connection"):
            post(other)
    assert len(llm.asked) == 1


def test_a_length_that_is_too_much_is_not_waited_for():
    def large(handler, _):
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**12))
        handler.end_headers()

    with serve_llm(large) as llm, pytest.raises(WireError, match="bytes came"):
        post(Endpoint(url=llm.url, model="m"))
