"""One request by the client library, and what each kind of answer means."""

from collections.abc import Mapping
from typing import Any, NoReturn

import httpx
import msgspec

from onrecord.errors import UsageError
from onrecord.llm.endpoint import Endpoint
from onrecord.llm.kept import Answer
from onrecord.llm.wire import Wire, WireError
from onrecord.read.fetch_answer import read_pause

LONGEST_PAUSE = 120.0  # seconds; an endpoint that wants more ends the run
BUSY = frozenset({408, 409, 425, 429})
REFUSED = frozenset({400, 413, 422})
SHOWN = 200  # characters of what an endpoint says
MOST_TOKENS = 10_000_000  # no request takes more: an account that says so is wrong

Messages = list[dict[str, str]]


class Failed(Exception):
    """Say why a report got no answer that can be used."""


class NotTaken(Exception):
    """Say with which words the endpoint refused the form of a request."""


class Closed(Exception):
    """Say why nothing more can be asked there."""


class Again(Exception):
    """Say that a request may be tried again, after `pause` seconds if it is given.

    `closed` tells that the endpoint takes no requests, as long as that goes on.
    """

    def __init__(
        self, reason: str, *, pause: float | None = None, closed: bool = False
    ) -> None:
        super().__init__(reason)
        self.pause = pause
        self.closed = closed


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: msgspec.Raw = msgspec.Raw(b"null")


class _Usage(msgspec.Struct):
    prompt_tokens: int
    completion_tokens: int


class _Error(msgspec.Struct):
    message: str


class _ErrorBody(msgspec.Struct):
    error: _Error


class Client:
    """The client library, told what it must not find out by itself."""

    def __init__(self, endpoint: Endpoint) -> None:
        try:
            import openai
        except ImportError as err:
            raise UsageError(
                "the client library is not installed; pip install 'onrecord[llm]'"
            ) from err
        self._endpoint = endpoint
        self._openai = openai
        # The key is for `Wire` alone: the library gets none, and the environment's
        # names, keys and headers for another service never leave.
        self._client = openai.OpenAI(
            base_url=endpoint.url,
            api_key="none",
            organization="",
            project="",
            max_retries=0,
            timeout=endpoint.seconds,
            http_client=httpx.Client(transport=Wire(endpoint), trust_env=False),
        )

    def close(self) -> None:
        """Let go of what the library holds."""
        self._client.close()

    def ask(self, messages: Messages, parameters: Mapping[str, Any]) -> bytes:
        """Return the body of an answer that is one.

        Raises `NotTaken`, `Again`, `Failed` or `Closed`.
        """
        create: Any = self._client.chat.completions.with_raw_response.create
        try:
            answer = create(model=self._endpoint.model, messages=messages, **parameters)
        except self._openai.APIStatusError as err:
            self._refuse(err.status_code, err.response)
        except (WireError, self._openai.APIConnectionError) as err:
            wrong = err if isinstance(err, WireError) else err.__cause__
            if not isinstance(wrong, WireError):
                raise
            if wrong.apart:
                raise Closed(str(wrong)) from None
            if wrong.again:
                raise Again(str(wrong)) from None
            raise Failed(str(wrong)) from None
        return bytes(answer.content)

    def read(self, raw: bytes) -> tuple[Answer, bool]:
        """Return the model's answer, and whether the endpoint told the tokens."""
        try:
            found = msgspec.json.decode(raw, type=_Completion)
            choice = found.choices[0]
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, IndexError):
            raise Failed("what came is no answer of the protocol") from None
        text = choice.message.content
        if text is None or not text.strip():
            raise Failed("the answer is empty")
        text = self._without_key(text.encode("utf-8", "replace").decode())
        usage = _read_usage(found.usage)
        answer = Answer(
            text=text,
            whole=choice.finish_reason != "length",
            sent=usage.prompt_tokens if usage else 0,
            received=usage.completion_tokens if usage else 0,
        )
        return answer, usage is not None

    def _refuse(self, status: int, response: Any) -> NoReturn:
        said = self._shown(response.content)
        answers = f"the endpoint answers {status}"
        if 300 <= status < 400:
            to = self._shown(response.headers.get("location", "").encode())
            raise Closed(
                f"it leads to {to or 'nowhere'}; name that address if you trust it"
            ) from None
        if status in REFUSED:
            raise NotTaken(f"{answers}: {said}") from None
        if status not in BUSY and status < 500:
            raise Closed(f"{answers}: {said}; check address, model and key") from None
        pause = None
        if "retry-after" in response.headers:
            pause = read_pause(httpx.Headers(dict(response.headers.items())))
            if pause > LONGEST_PAUSE:
                raise Closed(f"{answers}: wait {pause:,.0f} seconds") from None
        raise Again(answers, pause=pause, closed=status in BUSY) from None

    def _shown(self, raw: bytes) -> str:
        """Return what an endpoint says in a form that can be shown."""
        try:
            text = msgspec.json.decode(raw, type=_ErrorBody).error.message
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            text = raw.decode("utf-8", "replace")
        text = " ".join(self._without_key(text).split())[:SHOWN]
        return "".join(c if c.isprintable() else "?" for c in text)

    def _without_key(self, text: str) -> str:
        key = self._endpoint.key
        return key.hide(text) if key else text


def _read_usage(raw: msgspec.Raw) -> _Usage | None:
    try:
        usage = msgspec.json.decode(raw, type=_Usage)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    told = (usage.prompt_tokens, usage.completion_tokens)
    return usage if all(0 <= n <= MOST_TOKENS for n in told) else None
