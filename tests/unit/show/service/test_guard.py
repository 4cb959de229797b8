"""Who may ask, and what every answer forbids the browser."""

import asyncio

import pytest

from onrecord.show.service import guard
from onrecord.show.service.guard import host_name

RECORD = "/api/record"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:8642", "localhost"),
        ("LOCALHOST", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:8642", "::1"),
        ("localhost.:1", "localhost"),
        ("localhost.example.com", "localhost.example.com"),
        ("user@evil.example", "evil.example"),
        ("[::1", ""),
        ("", ""),
    ],
)
def test_name_in_a_host_header(host, name):
    assert host_name(host) == name


@pytest.mark.parametrize("host", ["127.0.0.1:9", "[::1]:8642", "localhost"])
def test_own_names_are_answered(ask, host):
    assert ask(RECORD, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""]
)
def test_foreign_host_is_refused(ask, host):
    answer = ask(RECORD, headers={"Host": host})
    assert answer.status_code == 421
    assert "not answered under the name" in answer.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_other_sites_may_not_read_the_record(ask, headers):
    answer = ask(RECORD, headers=headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost:8642"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_own_page_and_the_address_line_may(ask, headers):
    assert ask(RECORD, headers=headers).status_code == 200


def test_a_link_on_another_site_may_lead_to_the_page(ask):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert ask("/", headers=headers).status_code == 200


def test_another_site_may_not_load_the_page_as_a_script(ask):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert ask("/assets/app.js", headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_reading(ask, method):
    answer = ask(RECORD, method=method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_is_get_without_a_body(ask):
    answer = ask(RECORD, method="HEAD")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == ask(RECORD).headers["etag"]


def test_a_body_is_refused(ask):
    assert ask(RECORD, content=b"x").status_code == 413


@pytest.mark.parametrize("query", ["actor=" + "x" * 20_000, "actor=x&" * 300])
def test_a_huge_query_is_refused(ask, query):
    assert ask(f"/api/events?{query}").status_code == 414


@pytest.mark.parametrize("path", [RECORD, "/", "/api/nothing", "/nothing"])
def test_every_answer_forbids_what_a_page_does_not_need(ask, path):
    headers = ask(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in headers


def test_refusals_forbid_it_too(ask):
    answer = ask(RECORD, headers={"Host": "evil.example"})
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "sent", [None, "Bearer wrong", "Basic a-long-enough-token", "Bearer", "Bearer é"]
)
def test_without_the_token_no_data(ask_with_token, sent):
    headers = {"Authorization": sent.encode()} if sent else {}
    answer = ask_with_token(RECORD, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_with_the_token_data(ask_with_token):
    headers = {"Authorization": "Bearer a-long-enough-token"}
    assert ask_with_token(RECORD, headers=headers).status_code == 200


def test_the_page_itself_needs_no_token(ask_with_token):
    assert ask_with_token("/").status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [("192.0.2.7:8642", 200), ("box.example", 200), ("evil.example", 421)],
)
def test_bound_elsewhere_addresses_and_given_names_are_answered(
    ask_with_token, host, status
):
    headers = {"Host": host, "Authorization": "Bearer a-long-enough-token"}
    assert ask_with_token(RECORD, headers=headers).status_code == status


def test_an_answer_known_already_is_not_sent_again(ask):
    first = ask("/api/events?limit=2")
    tag = first.headers["etag"]
    again = ask("/api/events?limit=2", headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag


def test_each_question_has_a_tag_of_its_own(ask):
    tags = {ask(f"/api/events?limit={n}").headers["etag"] for n in (1, 2, 3)}
    assert len(tags) == 3


def test_errors_have_no_tag(ask):
    assert "etag" not in ask("/api/events?limit=0").headers


def test_only_some_answers_are_worked_out_at_once(monkeypatch):
    monkeypatch.setattr(guard, "ABREAST", 2)
    running, most = 0, 0

    async def app(scope, receive, send):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1

    async def ask_all():
        call = guard.guarded(app, guard.Rules(), lambda: None)
        scope = {
            "type": "http",
            "method": "GET",
            "path": RECORD,
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
        }
        await asyncio.gather(*(call(scope, None, None) for _ in range(6)))

    asyncio.run(ask_all())
    assert most == 2
