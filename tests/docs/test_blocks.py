"""Every block of the documentation is of a kind that something checks.

`sh` lines that begin with `onrecord`, and `python` blocks, are run by
`test_examples.py`; examples of the codebook by `test_codebook.py`.
"""

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import duckdb
import msgspec
import pytest

from onrecord.cli.app import group
from onrecord.lexicon.frame_files import FrameEntry

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
BLOCK = re.compile(r"^( *)```(\S*)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
KINDS = {
    "sh",  # typed as it stands
    "console",  # typed, but needs a network, a bucket, a cluster, or does not end
    "python",
    "r",
    "sql",
    "json",
    "toml",
    "text",  # what is printed
    "coded",
    "not-yet",
    "{include}",
    "{toctree}",
}
# What gets the program, and what a developer types: `.ci/run` does all of it.
SETTING_UP = ("python3 -m venv", ". .venv", "pip install", "pytest", "git ", "cd ")
MODULE = re.compile(r"python -m ([\w.]+)")


def blocks(*kinds: str) -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for _, kind, body in BLOCK.findall(page.read_text(encoding="utf-8")):
            if not kinds or kind in kinds:
                found.append((f"{page.relative_to(ROOT)} {body.strip()[:40]}", body))
    return found


def cases(*kinds: str):
    return [pytest.param(body, id=name) for name, body in blocks(*kinds)]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_block_says_of_what_kind_it_is(page):
    kinds = {kind for _, kind, _ in BLOCK.findall(page.read_text(encoding="utf-8"))}
    assert kinds <= KINDS


@pytest.mark.parametrize("body", cases("sh"))
def test_a_line_to_type_is_run_here_or_sets_up(body):
    lines = [line.strip() for line in body.replace("\\\n", " ").splitlines()]
    commands = [line for line in lines if line and not line.startswith("#")]
    others = [c for c in commands if not c.startswith("onrecord ")]
    assert [c for c in others if not c.startswith(SETTING_UP)] == []


@pytest.mark.parametrize("body", cases("console"))
def test_a_line_that_is_not_run_has_options_that_exist(body):
    context = click.Context(group)
    for line in body.replace("\\\n", " ").splitlines():
        words = shlex.split(line.strip().removeprefix("$ "), comments=True)
        if words[:1] != ["onrecord"]:
            continue
        command = group.get_command(context, words[1])
        assert command is not None, line
        if isinstance(command, click.Group):
            command = command.get_command(context, words[3])
        known = {name for option in command.params for name in option.opts}
        given = {w.partition("=")[0] for w in words[2:] if w.startswith("--")}
        assert given <= known, line


@pytest.mark.parametrize("body", cases("json"))
def test_json_is_json_or_lines_of_it(body):
    lines = body.strip().splitlines()
    if len(lines) > 1 and all(line.startswith("{") for line in lines):
        for line in lines:
            json.loads(line)
    else:
        json.loads(body)


@pytest.mark.parametrize("body", cases("toml"))
def test_toml_is_toml_and_a_frame_is_a_frame(body):
    for frame in tomllib.loads(body).get("frame", ()):
        msgspec.convert(frame, type=FrameEntry)


@pytest.mark.parametrize("body", cases("sql"))
def test_sql_parses(body):
    assert duckdb.extract_statements(body)


@pytest.mark.parametrize("body", cases("r"))
def test_r_parses(body, tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed here")
    (tmp_path / "block.R").write_text(body, encoding="utf-8")
    parse = ["Rscript", "-e", "invisible(parse('block.R'))"]
    subprocess.run(parse, cwd=tmp_path, check=True)


@pytest.mark.parametrize("body", cases("text", "sh", "console"))
def test_modules_that_are_named_exist(body):
    named = set(MODULE.findall(body))
    gone = [name for name in named if importlib.util.find_spec(name) is None]
    assert gone == []
