"""Write the reference pages that are made from the program: docs/reference.

Run it from the repository: `python -m tools.make_reference`.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click
import pyarrow as pa

from onrecord.cli.app import COMMANDS, group
from onrecord.ontology import Ontology, load_ontology
from onrecord.store.tables import TABLES

FOLDER = Path(__file__).resolve().parent.parent / "docs/reference"
WIDTH = 88
MADE = "<!-- Made by `python -m tools.make_reference`; do not edit. -->"


def make_pages() -> Mapping[str, str]:
    """Return the text of each page by its file name."""
    return {
        "commands.md": _page(_commands()),
        "codes.md": _page(_codes(load_ontology())),
        "tables.md": _page(_tables()),
    }


def _page(lines: Iterable[str]) -> str:
    return "\n".join([MADE, "", *lines]) + "\n"


def _commands() -> Iterable[str]:
    yield "# Commands"
    yield ""
    yield "Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but some reports were"
    yield "rejected (with `--strict`), 4 `verify` found something or `score --floor`"
    yield "fell short, 130 interrupted."
    settings = group.context_settings
    context = click.Context(group, info_name="onrecord", **settings)
    for name in COMMANDS:
        command = group.get_command(context, name)
        if command is None:
            raise KeyError(name)
        yield from _command(command, name, context, f"## onrecord {name}")


def _command(
    command: click.Command, name: str, parent: click.Context, heading: str
) -> Iterable[str]:
    """Yield a command's help, and that of the commands below it."""
    child = click.Context(
        command, info_name=name, parent=parent, max_content_width=WIDTH
    )
    child.terminal_width = WIDTH
    yield from ("", heading, "", "```text")
    yield command.get_help(child).rstrip()
    yield "```"
    if isinstance(command, click.Group):
        for below, part in command.commands.items():
            yield from _command(part, below, child, f"#{heading} … {below}")


def _codes(ontology: Ontology) -> Iterable[str]:
    yield "# Codes"
    yield ""
    yield f"Event types, modes, contexts and sectors are PLOVER's ({ontology.origin})."
    yield from ("", "## Event types", "")
    yield "| type | quad | score | CAMEO | what | modes |"
    yield "|---|---|---|---|---|---|"
    for name, entry in ontology.event_types.items():
        modes = ", ".join(f"{mode} {score:g}" for mode, score in entry.modes.items())
        yield (
            f"| {name} | {entry.quad} | {entry.score:g} | {entry.cameo} |"
            f" {entry.description} | {modes} |"
        )
    yield from ("", "## Contexts", "", ", ".join(ontology.contexts) + ".")
    yield from ("", "## Sectors", "", "| code | meaning |", "|---|---|")
    yield from (f"| {code} | {name} |" for code, name in ontology.sectors.items())
    yield from ("", "## Countries", "")
    yield "ISO 3166 alpha-3, KOS for Kosovo, and for what is no state:"
    yield ", ".join(ontology.supranational) + "."


def _tables() -> Iterable[str]:
    yield "# Tables of a record"
    yield ""
    yield "Each is a Delta Lake table in the record's folder. Absent is NULL or []."
    yield "The columns of events and statements are the keys of their JSON lines, but"
    yield "`when` is spread over columns and `where` is called `places`."
    for name, schema in TABLES.items():
        yield from ("", f"## {name}", "", "| column | type |", "|---|---|")
        yield from (f"| {f.name} | {_type_name(f.type)} |" for f in schema)


def _type_name(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_type_name(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(field.name for field in kind) + "}"
    return str(kind)


if __name__ == "__main__":
    for name, text in make_pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(FOLDER / name)
