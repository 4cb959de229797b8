"""Which endpoint is asked, and the key that opens it."""

import ipaddress
import os

import httpx
import msgspec

from onrecord.errors import UsageError
from onrecord.read.fetch_policy import shown, why_not_asked

KEY_VARIABLE = "ONRECORD_LLM_KEY"
SECONDS = 120.0
ANSWER_BYTES = 2 * 2**20  # an answer of 6,000 tokens has about 30,000


class Key:
    """A secret that no message, log or traceback shows."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "<key>"

    def reveal(self) -> str:
        """Return the key, for the one header that carries it."""
        return self._value

    def hide(self, text: str) -> str:
        """Return `text` without the key, should an endpoint say it back."""
        return text.replace(self._value, "***")


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint and how far it is trusted.

    `seconds` are for one request from looking up the name to the last byte, and
    `answer_bytes` the most that is taken. `url` ends before /chat/completions.
    """

    url: str
    model: str
    key: Key | None = None
    proxy: str | None = None
    seconds: float = SECONDS
    answer_bytes: int = ANSWER_BYTES

    @property
    def host(self) -> str:
        """Return the host and port that is asked."""
        return httpx.URL(self.url).netloc.decode("ascii")


def check_url(url: str, *, allow_http: bool) -> None:
    """Raise `UsageError` for an address that must not be asked."""
    reason = why_not_asked(url, named_port=None, any_port=True)
    if reason:
        raise UsageError(f"--llm-url {shown(url)}: {reason}")
    parsed = httpx.URL(url)
    if parsed.scheme == "http" and not (allow_http or _is_this_machine(parsed.host)):
        raise UsageError(
            f"--llm-url {shown(url)}: with http anyone on the way reads the reports"
            " and the key; use https, or --allow-http where the network is yours"
        )
    if parsed.query or parsed.fragment:
        raise UsageError(f"--llm-url {shown(url)}: leave out what follows ? or #")


def read_key() -> Key | None:
    """Return the key that the environment holds, if it holds one."""
    value = os.environ.get(KEY_VARIABLE, "").strip()
    if not value:
        return None
    if not value.isascii() or not value.isprintable():
        raise UsageError(f"{KEY_VARIABLE} holds what no key has; set it again")
    return Key(value)


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
