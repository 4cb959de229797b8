"""Ask the endpoint: kept answers first, then requests with tries, pace and budget."""

import threading
import time
from collections.abc import Callable

import msgspec

from onrecord.errors import CoderStopped
from onrecord.llm.account import Totals
from onrecord.llm.client import Again, Client, Closed, Failed, Messages, NotTaken
from onrecord.llm.endpoint import Endpoint
from onrecord.llm.kept import Answer, KeptAnswers, hash_request
from onrecord.llm.manners import Manners
from onrecord.llm.pace import Pace
from onrecord.llm.prompt import ANSWER_TOKENS, Prompt
from onrecord.llm.purse import Purse, Spent, Use

TRIES = 4
FIRST_PAUSE = 1.0  # seconds before the second try; doubled for each further one
FAILURES_IN_A_ROW = 3  # reports; then the fault is not theirs
BYTES_A_TOKEN = 3  # fewer than English has, so that no bound is too low
GO_ON = "what was coded is kept; run again to go on"


class Asker:
    """What asks one endpoint; safe to share among threads."""

    def __init__(
        self,
        endpoint: Endpoint,
        prompt: Prompt,
        *,
        kept: KeptAnswers,
        purse: Purse,
        pace: Pace,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._prompt = prompt
        self._kept = kept
        self._purse = purse
        self._pace = pace
        self._sleep = sleep
        self._client = Client(endpoint)
        self._manners = Manners()
        self._lock = threading.Lock()
        self._failures = 0
        self._stopped: str | None = None
        self.totals = Totals()

    def ask(self, shown: str) -> tuple[Answer, bool]:
        """Return the answer to a piece of a report, and whether it was kept.

        Raises `Failed` where the report is to blame, `CoderStopped` where nothing more
        can be asked.
        """
        messages = [
            {"role": "system", "content": self._prompt.text},
            {"role": "user", "content": shown},
        ]
        asked = hash_request(self._endpoint.model, self._prompt.digest, shown)
        answer = self._kept.find(asked)
        if answer is not None:
            return answer, True
        answer = self._try(messages)
        self._kept.keep(asked, answer)
        return answer, False

    def judge(self, failure: str | None) -> None:
        """Note that a report failed, or that it did not.

        Raises `CoderStopped` when several in a row did.
        """
        with self._lock:
            self._failures = 0 if failure is None else self._failures + 1
            last = self._failures >= FAILURES_IN_A_ROW
        if last:
            raise self._stop(
                f"{FAILURES_IN_A_ROW} reports in a row failed, the last: {failure}"
            )

    def close(self) -> None:
        """Let nothing more be asked."""
        self._stop("the run was ended")
        self._client.close()

    def _try(self, messages: Messages) -> Answer:
        pause = FIRST_PAUSE
        for left in reversed(range(TRIES)):
            try:
                return self._ask(messages)
            except Again as err:
                if not left and err.closed:
                    raise self._stop(f"{err}, {TRIES} times") from None
                if not left:
                    raise Failed(f"{err}, {TRIES} times") from None
                self.totals.add(again=1)
                if err.pause is None:
                    self._sleep(pause)
                else:
                    self._pace.hold(err.pause)
                pause *= 2
            except Spent:
                raise self._stop("what may be spent is spent") from None
            except Closed as err:
                raise self._stop(str(err)) from None
        raise AssertionError("every try returns, raises or is followed by another")

    def _ask(self, messages: Messages) -> Answer:
        """Send a request in the form that the endpoint takes."""
        foreseen = Use(sum(count_tokens(m["content"]) for m in messages), ANSWER_TOKENS)
        with self._purse.spend(foreseen) as used:
            while True:
                self._pace.wait(foreseen.sent + foreseen.received)
                if self._stopped is not None:
                    raise CoderStopped(self._stopped)
                manners = self._manners
                self.totals.add(requests=1)
                try:
                    raw = self._client.ask(
                        messages, manners.parameters(self._prompt.schema)
                    )
                except NotTaken as err:
                    self._give_way(manners, str(err))
                    continue
                # Of what cannot be read only the question is known to be paid.
                used.sent = foreseen.sent
                answer, told = self._client.read(raw)
                if not told:
                    answer = msgspec.structs.replace(
                        answer, sent=foreseen.sent, received=count_tokens(answer.text)
                    )
                used.sent, used.received = answer.sent, answer.received
                self.totals.add(sent=answer.sent, received=answer.received)
                return answer

    def _give_way(self, manners: Manners, refusal: str) -> None:
        with self._lock:
            if self._manners is not manners:
                return  # another request has met the same refusal
            other = manners.after(refusal)
            if other is None:
                raise Failed(refusal)
            self._manners = other

    def _stop(self, reason: str) -> CoderStopped:
        with self._lock:
            self._stopped = self._stopped or f"{self._endpoint.host}: {reason}; {GO_ON}"
        return CoderStopped(self._stopped)


def count_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather more than fewer."""
    return len(text.encode()) // BYTES_A_TOKEN + 1
