"""`onrecord doctor`: what is installed, and does it work."""

import click

from onrecord.cli.options import debug_option, example
from onrecord.show.visible import one_line

FAILED = 1


@click.command("doctor", epilog=example("onrecord doctor"))
@debug_option
def command() -> int:
    """Say what is installed, which model and knowledge it uses, and whether it works.

    Leaves with 1 when something does not work, and says what to do.
    """
    from onrecord.cli.checks import run_checks

    failed = 0
    for check in run_checks():
        failed += not check.works
        mark = "ok  " if check.works else "FAIL"
        click.echo(f"{mark}  {check.name:<10} {one_line(check.found)}")
        if not check.works:
            click.echo(f"      what to do: {one_line(check.advice)}")
    if failed:
        click.echo(f"{failed} of the checks failed", err=True)
        return FAILED
    click.echo("all works", err=True)
    return 0
