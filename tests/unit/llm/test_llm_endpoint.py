import pytest

from onrecord.errors import UsageError
from onrecord.llm.endpoint import KEY_VARIABLE, Endpoint, Key, check_url, read_key


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.org/v1",
        "https://10.0.0.7:8443/v1",
        "http://localhost:11434/v1",
        "http://127.0.0.1:8080/v1",
        "http://[::1]:8080/v1",
    ],
)
def test_what_may_be_asked(url):
    check_url(url, allow_http=False)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://api.example.org/v1", "use https"),
        ("http://10.0.0.7/v1", "use https"),
        ("http://localhost.example.org/v1", "use https"),
        ("http://0.0.0.0:8080/v1", "use https"),
        ("https://me:secret@api.example.org/v1", "password"),
        ("ftp://api.example.org/v1", "only http and https"),
        ("api.example.org/v1", "not fetched"),
        ("https://api.example.org/v1?key=1", "leave out"),
        ("https://api example.org/v1", "spaces"),
    ],
)
def test_what_may_not(url, reason):
    with pytest.raises(UsageError, match=reason) as raised:
        check_url(url, allow_http=False)
    assert "secret" not in str(raised.value)


def test_http_where_it_is_allowed():
    check_url("http://10.0.0.7/v1", allow_http=True)


def test_a_key_is_never_shown():
    key = Key("sk-secret")
    endpoint = Endpoint(url="https://api.example.org/v1", model="m", key=key)
    assert "secret" not in f"{key} {key!r} {endpoint} {endpoint!r}"
    assert key.hide("wrong key sk-secret!") == "wrong key ***!"


def test_the_key_comes_from_its_own_variable_only(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-another-services")
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    assert read_key() is None
    monkeypatch.setenv(KEY_VARIABLE, " sk-secret\n")
    key = read_key()
    assert key is not None
    assert key.reveal() == "sk-secret"


@pytest.mark.parametrize("value", ["sk\nInjected: yes", "sk-\u00e9", "s\x00k"])
def test_what_no_key_holds(monkeypatch, value):
    if "\x00" in value:
        monkeypatch.setattr("os.environ", {KEY_VARIABLE: value})
    else:
        monkeypatch.setenv(KEY_VARIABLE, value)
    with pytest.raises(UsageError) as raised:
        read_key()
    assert value not in str(raised.value)
