"""Options for coding with a language model, and what they make."""

import functools
import re
from typing import TYPE_CHECKING, Any, cast

import click

from onrecord.cli.options import Command
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.llm.opening import Settings

    MakeSettings = Callable[..., Settings]

LLM = "llm"
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
MODEL = re.compile(r"[\x21-\x7e]{1,200}")
POSITIVE = click.FloatRange(min=0, min_open=True)
COUNT = click.IntRange(min=1)

_OPTIONS = (
    click.option(
        "--coder",
        type=click.Choice(("own", LLM)),
        default="own",
        show_default=True,
        help="What codes the reports: this program, or a language model, whose results"
        " go to RECORD/coders/NAME.",
    ),
    click.option(
        "--coder-name",
        default=LLM,
        show_default=True,
        metavar="NAME",
        help="With --coder llm, the name its results are kept under.",
    ),
    click.option(
        "--llm-url",
        metavar="ADDRESS",
        help="An endpoint that speaks OpenAI's protocol, up to and without"
        " /chat/completions. Its key, if it wants one, stands in ONRECORD_LLM_KEY.",
    ),
    click.option("--llm-model", metavar="MODEL", help="The model's name there."),
    click.option(
        "--llm-budget",
        type=POSITIVE,
        metavar="AMOUNT",
        help="Ask no more when the next request might cost more than is left of this;"
        " needs the prices.",
    ),
    click.option(
        "--llm-tokens",
        type=COUNT,
        metavar="N",
        help="The same in tokens, sent and received.",
    ),
    click.option(
        "--llm-price-in",
        type=click.FloatRange(min=0),
        metavar="AMOUNT",
        help="What a million tokens sent cost.",
    ),
    click.option(
        "--llm-price-out",
        type=click.FloatRange(min=0),
        metavar="AMOUNT",
        help="What a million tokens received cost.",
    ),
    click.option(
        "--llm-requests-per-minute",
        type=COUNT,
        metavar="N",
        help="Send no more requests than this in a minute.",
    ),
    click.option(
        "--llm-tokens-per-minute",
        type=COUNT,
        metavar="N",
        help="Send and ask for no more tokens than this in a minute.",
    ),
    click.option(
        "--llm-seconds",
        type=POSITIVE,
        default=120.0,
        show_default=True,
        metavar="SECONDS",
        help="How long one answer may take.",
    ),
    click.option(
        "--allow-http",
        is_flag=True,
        help="Send to an endpoint on another machine without encryption.",
    ),
)


def llm_options(command: Command) -> Command:
    """Add `--coder` and what goes with it, as `coder_name` and `llm`.

    `llm` makes the settings when it is called, with the workers and the proxy; it is
    None where this program codes.
    """

    @functools.wraps(command)
    def with_llm(*args: Any, coder: str, coder_name: str, **rest: Any) -> Any:
        own = {name: rest.pop(name) for name in _NAMES}
        if coder == LLM:
            check_name(coder_name)
            make = functools.partial(_make_settings, **own)
            return command(*args, coder_name=coder_name, llm=make, **rest)
        given = [name for name in _NAMES if _is_given(name)]
        if _is_given("coder_name"):
            given.append("coder_name")
        if given:
            option = "--" + given[0].replace("_", "-")
            raise UsageError(f"{option} is for --coder llm; add that, or leave it out")
        return command(*args, coder_name=coder_name, llm=None, **rest)

    decorated: Any = with_llm
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return cast(Command, decorated)


_NAMES = (
    "llm_url",
    "llm_model",
    "llm_budget",
    "llm_tokens",
    "llm_price_in",
    "llm_price_out",
    "llm_requests_per_minute",
    "llm_tokens_per_minute",
    "llm_seconds",
    "allow_http",
)


def check_name(name: str) -> None:
    """Raise `UsageError` for a coder's name that is no plain name of a folder."""
    if not NAME.fullmatch(name):
        raise UsageError(
            f"--coder-name {name!r}: use small letters, digits, dots, - and _"
        )


def _is_given(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.COMMANDLINE


def _make_settings(
    *,
    workers: int | None,
    proxy: str | None,
    llm_url: str | None,
    llm_model: str | None,
    llm_budget: float | None,
    llm_tokens: int | None,
    llm_price_in: float | None,
    llm_price_out: float | None,
    llm_requests_per_minute: int | None,
    llm_tokens_per_minute: int | None,
    llm_seconds: float,
    allow_http: bool,
) -> "Settings":
    from onrecord.llm.endpoint import Endpoint, check_url, read_key
    from onrecord.llm.opening import THREADS, Settings
    from onrecord.llm.purse import Prices

    if not llm_url or not llm_model:
        raise UsageError("--coder llm needs --llm-url and --llm-model")
    if not MODEL.fullmatch(llm_model):
        raise UsageError(f"--llm-model {llm_model!r}: no model has such a name")
    if llm_budget is not None and llm_price_in is None and llm_price_out is None:
        raise UsageError(
            "--llm-budget needs --llm-price-in and --llm-price-out; or limit the tokens"
            " with --llm-tokens"
        )
    check_url(llm_url, allow_http=allow_http)
    return Settings(
        endpoint=Endpoint(
            url=llm_url,
            model=llm_model,
            key=read_key(),
            proxy=proxy,
            seconds=llm_seconds,
        ),
        prices=Prices(sent=llm_price_in, received=llm_price_out),
        amount=llm_budget,
        tokens=llm_tokens,
        requests_a_minute=llm_requests_per_minute,
        tokens_a_minute=llm_tokens_per_minute,
        threads=workers or THREADS,
    )
