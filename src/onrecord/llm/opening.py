"""What a user says of a language model, and the coder that comes of it."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from onrecord.lexicon.kit import Kit
from onrecord.llm.asker import BYTES_A_TOKEN, Asker, count_tokens
from onrecord.llm.coder import LlmCoder, Understand
from onrecord.llm.endpoint import Endpoint
from onrecord.llm.kept import FOLDER, KeptAnswers
from onrecord.llm.pace import Pace
from onrecord.llm.prompt import ANSWER_TOKENS, make_prompt
from onrecord.llm.purse import Prices, Purse
from onrecord.ontology import Ontology

THREADS = 4


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint, what it may cost, and how often it may be asked.

    `amount` is a sum in the currency of the prices, `tokens` a number of them; both are
    for one call of the command. `threads` requests are on their way at a time.
    """

    endpoint: Endpoint
    prices: Prices = Prices()
    amount: float | None = None
    tokens: int | None = None
    requests_a_minute: int | None = None
    tokens_a_minute: int | None = None
    threads: int = THREADS


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """What asking about some reports takes: `sent` is about, `received` at most."""

    reports: int
    requests: int
    sent: int
    received: int
    cost: float | None


def open_coder(
    folder: Path,
    settings: Settings,
    *,
    kit: Kit,
    understand: Understand,
    sleep: Callable[[float], None] = time.sleep,
) -> LlmCoder:
    """Return a coder that keeps its answers in a record's folder; sends nothing yet."""
    asker = Asker(
        settings.endpoint,
        make_prompt(kit.ontology),
        kept=KeptAnswers(folder / FOLDER),
        purse=Purse(settings.prices, amount=settings.amount, tokens=settings.tokens),
        pace=Pace(
            requests=settings.requests_a_minute,
            tokens=settings.tokens_a_minute,
            sleep=sleep,
        ),
        sleep=sleep,
    )
    return LlmCoder(
        asker,
        understand=understand,
        kit=kit,
        model=settings.endpoint.model,
        threads=settings.threads,
    )


def name_version(model: str, ontology: Ontology, *, reader: str) -> str:
    """Return what tells results of one model and codebook from those of another.

    `reader` is the hash of the reader's model: parties, times and places rest on it.
    """
    prompt = make_prompt(ontology)
    digest = hashlib.blake2b(f"{prompt.digest} {reader}".encode(), digest_size=6)
    return f"llm/{model}/{digest.hexdigest()}"


def foresee(
    settings: Settings,
    ontology: Ontology,
    *,
    reports: int,
    requests: int,
    characters: int,
) -> Forecast:
    """Return what asking about reports of so many characters takes."""
    prompt = make_prompt(ontology)
    own = count_tokens(prompt.text + msgspec.json.encode(prompt.schema).decode())
    sent = requests * own + characters // BYTES_A_TOKEN
    received = requests * ANSWER_TOKENS
    return Forecast(
        reports=reports,
        requests=requests,
        sent=sent,
        received=received,
        cost=settings.prices.cost(sent, received),
    )
