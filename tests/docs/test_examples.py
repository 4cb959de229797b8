"""What the help and the documentation tell to type runs as it is printed."""

import re
from pathlib import Path

import click
import pytest

from onrecord.cli.app import COMMANDS, group
from onrecord.show.find import find_events
from onrecord.store.filters import Filters

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples_of_help():
    context = click.Context(group)
    for name in COMMANDS:
        for line in group.get_command(context, name).epilog.splitlines():
            if "onrecord" in line:
                yield line.strip()


def examples_of_pages():
    for page in sorted([*DOCS.glob("how-to/*.md"), *DOCS.glob("tutorial/*.md")]):
        for block in SHELL.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if line.startswith("onrecord "):
                    yield line.strip()


# `serve` answers until it is interrupted: tests/unit/cli/test_serve.py.
LINES = sorted(
    line
    for line in {*examples_of_help(), *examples_of_pages()}
    if not line.startswith("onrecord serve")
)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:70])
def test_an_example_runs(line, folder, run):
    event = next(find_events(folder / "rec", Filters()))
    done = run(line.replace("EVENT_ID", event["event_id"]))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_the_python_of_the_documentation_runs(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    page = (DOCS / "how-to/python.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for block in PYTHON.findall(page):
        exec(compile(block, "python.md", "exec"), names)
    assert "REQUEST" in capsys.readouterr().out
