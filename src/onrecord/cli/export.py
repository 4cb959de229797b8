"""`onrecord export`: the events of a record as other programs' files."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import as_of_option, debug_option, example, record_argument
from onrecord.show.visible import visible

FORMATS = (
    "csv",
    "tsv",
    "parquet",
    "duckdb",
    "plover",
    "polecat",
    "icews",
    "phoenix",
    "gdelt",
    "geojson",
    "graphml",
    "web-annotation",
)


@click.command(
    "export",
    epilog=example(
        "onrecord export rec --format polecat -o polecat.txt",
        "onrecord export rec --format csv -o ukraine.csv --country Ukraine",
    ),
)
@record_argument
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    required=True,
    help=f"What to write: {', '.join(FORMATS)}, or a format of an installed plug-in.",
)
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    metavar="PATH",
    required=True,
    help="The file to write; a note lies beside it.",
)
@filter_options
@click.option(
    "--unit",
    type=click.Choice(("events", "happenings")),
    default="events",
    show_default=True,
    help="A row for each mention, or one for each happening.",
)
@click.option(
    "--no-header", is_flag=True, help="Leave out the line that names the columns."
)
@click.option(
    "--include-unreal",
    is_flag=True,
    help="Write what is planned, hypothetical, negated or denied, too, where the"
    " format cannot tell.",
)
@click.option(
    "--with-texts",
    is_flag=True,
    help="Add the texts of the reports (csv, tsv, parquet, duckdb).",
)
@click.option("--force", is_flag=True, help="Replace PATH if it is there.")
@as_of_option
@debug_option
def command(
    record: Path,
    form: str,
    path: Path,
    unit: str,
    no_header: bool,
    include_unreal: bool,
    with_texts: bool,
    force: bool,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Write the events of RECORD to a file in the format of another program.

    Beside it a note says what was left out and why, and what the format cannot hold.
    """
    chosen = read_filters(**filters)
    from onrecord.show.export.export import export_record

    done = export_record(
        record,
        form,
        path,
        chosen,
        as_of=as_of,
        unit=unit,
        header=not no_header,
        unreal=include_unreal,
        texts=with_texts,
        force=force,
    )
    parts = [f"{done.events:,} written"]
    parts += [f"{n:,} left out ({reason})" for reason, n in done.left_out.items()]
    click.echo(
        f"{done.given:,} events = {' + '.join(parts)} · {done.rows:,} rows in"
        f" {visible(str(done.path))} · see {visible(str(done.note))}",
        err=True,
    )
