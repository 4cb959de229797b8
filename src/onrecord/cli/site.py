"""`onrecord site`: the record as a page of files that needs no server."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import as_of_option, debug_option, example, record_argument
from onrecord.show.visible import visible

MOST_EVENTS = 50_000


@click.command(
    "site",
    epilog=example(
        "onrecord site rec -o page",
        "onrecord site rec -o page --since 2022-01-24 --texts --force",
    ),
)
@record_argument
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder to write: new, empty, or a former site.",
)
@filter_options
@click.option(
    "--texts",
    is_flag=True,
    help="Copy whole reports, not only the sentences that something was read in.",
)
@click.option(
    "--max-events",
    type=click.IntRange(min=1),
    default=MOST_EVENTS,
    show_default=True,
    help="Refuse to write more events than that.",
)
@click.option("--force", is_flag=True, help="Replace DIR whatever it holds.")
@as_of_option
@debug_option
def command(
    record: Path,
    folder: Path,
    texts: bool,
    max_events: int,
    force: bool,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Write RECORD as a page that a browser opens from its file.

    The page is the one of `serve`, with the same filters. It needs neither a server nor
    a network: open DIR/index.html, copy DIR to a stick, or put it on any web server.
    """
    from onrecord.show.site.write import write_site

    written = write_site(
        record,
        folder,
        read_filters(**filters),
        as_of=as_of,
        texts=texts,
        most=max_events,
        force=force,
    )
    size = written.size / 1_000_000
    click.echo(
        f"{visible(str(folder / 'index.html'))}: {written.events:,} events of"
        f" {written.reports:,} reports, {size:,.1f} MB of data in"
        f" {written.files} files",
        err=True,
    )
    if not texts:
        click.echo(
            "whole reports are left out; --texts copies them, if you may", err=True
        )
