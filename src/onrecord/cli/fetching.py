"""Options for addresses on the web, and what they make."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from onrecord.cli.options import Command
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.read.fetch_cache import FetchCache

_OPTIONS = (
    click.option(
        "--proxy",
        metavar="ADDRESS",
        envvar="ONRECORD_PROXY",
        show_envvar=True,
        help="Ask for addresses through this http proxy.",
    ),
    click.option(
        "--allow-private-addresses",
        "allow_private",
        is_flag=True,
        help="Fetch from this machine and private networks, too.",
    ),
    click.option(
        "--follow",
        is_flag=True,
        help="Read the pages that a feed's entries link to, in place of those.",
    ),
)


def web_options(command: Command) -> Command:
    """Add `--follow`, `--allow-private-addresses` and `--proxy` as one `policy`."""

    @functools.wraps(command)
    def with_policy(
        *args: Any, follow: bool, allow_private: bool, proxy: str | None, **rest: Any
    ) -> Any:
        from onrecord.read.fetch_policy import FetchPolicy, check_proxy

        if proxy:
            check_proxy(proxy)
        policy = FetchPolicy(
            follow=follow, allow_private=allow_private, proxy=proxy or None
        )
        return command(*args, policy=policy, **rest)

    decorated: Any = with_policy
    for option in _OPTIONS:
        decorated = option(decorated)
    return cast(Command, decorated)


def open_cache(record: Path) -> "FetchCache":
    """Return what is remembered of addresses in a record's folder."""
    from onrecord.read.fetch_cache import FILE_NAME, FetchCache

    return FetchCache(record / FILE_NAME)


def count_reports(record: Path) -> int:
    """Return how many reports a record holds; 0 when that cannot be told."""
    from onrecord.store.query import connect, rows

    try:
        (row,) = rows(connect(record), "SELECT count(*) AS reports FROM reports")
    except OnRecordError:
        return 0
    return int(row["reports"])


def say_unchanged(cache: "FetchCache") -> None:
    """Say on standard error how many addresses held nothing new, if any did."""
    if cache.unchanged:
        name = "address holds" if cache.unchanged == 1 else "addresses hold"
        click.echo(f"{cache.unchanged:,} {name} nothing new", err=True)
