"""`onrecord serve`: the record as JSON and as a page, on the loopback address."""

import datetime as dt
import ipaddress
import os
import socket
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import (
    debug_option,
    example,
    named_by_address,
    record_argument,
)
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.show.service.review import Reviewing

PORT = 8642
TOKEN = "ONRECORD_TOKEN"
SHORT = 16  # characters below which a token is guessed


@click.command(
    "serve",
    epilog=example(
        "onrecord serve rec",
        "onrecord serve rec --port 9000 --open",
        "onrecord serve rec --review --author ana",
        "onrecord serve rec --host 192.0.2.7 --token-file token.txt",
    ),
)
@record_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    help="Port; 0 takes any that is free.",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"A file whose first line every request must bear; or set {TOKEN}.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A name of this machine that requests may use, beside its address.",
)
@click.option(
    "--review", "reviews", is_flag=True, help="Take decisions about events on the page."
)
@click.option("--author", metavar="NAME", help="With --review: who decides.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@debug_option
def command(
    record: Path,
    host: str,
    port: int,
    token_file: Path | None,
    names: tuple[str, ...],
    reviews: bool,
    author: str | None,
    opens: bool,
) -> None:
    """Answer questions about RECORD over HTTP until interrupted; change nothing.

    Only this machine can ask, unless `--host` names another address; then a token is
    needed. The page is at the address that is printed, the JSON under /api/. With
    --review the page has a mode to accept, reject and fix events, and what is decided
    there is written to RECORD as corrections.
    """
    if reviews != (author is not None):
        raise UsageError("--review and --author NAME go together; give both or none")
    token = _token(token_file)
    if not _is_loopback(host) and token is None:
        raise UsageError(
            f"{host} can be reached from other machines; give a token with --token-file"
            f" FILE or {TOKEN}, or leave out --host"
        )
    from onrecord.show.service.app import make_service
    from onrecord.show.service.guard import LOOPBACK_NAMES, Rules
    from onrecord.show.service.server import open_port, serve
    from onrecord.show.views.overview import record_version
    from onrecord.store.remote import stay_fresh

    record_version(record)  # what is no record is told before a port is opened
    stay_fresh(record)
    loopback = _is_loopback(host)
    own = {host, *names} if loopback else {host, *names, socket.gethostname().lower()}
    rules = Rules(
        hosts=LOOPBACK_NAMES | frozenset(name.lower() for name in own),
        addresses=not loopback,
        token=token,
    )
    opened = open_port(host, port)
    address = _address(host, opened.getsockname()[1])

    def ready() -> None:
        told = named_by_address(f"serving {record} at {address} (Ctrl-C ends it)")
        click.echo(told, err=True)
        if not loopback:
            click.echo(
                f"{host} is open to other machines; without TLS whoever is on the way"
                " can read the answers and the token",
                err=True,
            )
        if token:
            click.echo("every request for data must bear the token", err=True)
        if opens:
            webbrowser.open(address)

    reviewing = make_reviewing(record, author) if author is not None else None
    serve(make_service(record, rules, reviewing=reviewing), opened, ready)


def make_reviewing(record: Path, author: str) -> "Reviewing":
    """Return what takes the decisions of a reviewer on the page."""
    from onrecord.engine.review_take import check_author, take_judgements
    from onrecord.model.correction import Correction
    from onrecord.model.judgement import Judgement
    from onrecord.ontology import load_ontology
    from onrecord.show.service.review import Reviewing

    try:
        name = check_author(author)
    except ValueError as err:
        raise UsageError(f"--author: {err}") from None

    turn = threading.Lock()  # one decision after the other: a record has one writer

    def decide(judgement: Judgement) -> tuple[Correction, ...]:
        with turn:
            taken = take_judgements(
                record,
                [judgement],
                ontology=load_ontology(),
                now=dt.datetime.now(dt.UTC),
                author=name,
                timed=True,
            )
        for refused in taken.refused:
            raise ValueError(refused.reason)
        return taken.added

    return Reviewing(name, decide)


def _token(file: Path | None) -> str | None:
    """Return the token of a file or the environment; None where there is neither."""
    if file is None:
        given = os.environ.get(TOKEN)
        if given is None:
            return None
    else:
        lines = file.read_text(encoding="utf-8").splitlines()
        given = lines[0] if lines else ""
    token = given.strip()
    if len(token) < SHORT or not token.isascii():
        raise UsageError(
            f"{file or TOKEN}: a token has at least {SHORT} characters of ASCII;"
            " `openssl rand -hex 32` makes one"
        )
    return token


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
