"""The examples in the help of every command run as they are printed."""

import os
import shutil
import subprocess
import sysconfig

import click
import pytest

from onrecord.cli.app import COMMANDS, group
from onrecord.lexicon.files import DATA
from onrecord.show.find import find_events
from onrecord.store.filters import Filters

REPORTS = DATA / "demo/reports.jsonl"
FEW = 8  # reports in the record that the examples look into
SECONDS = 300


def examples():
    context = click.Context(group)
    for name in COMMANDS:
        epilog = group.get_command(context, name).epilog
        for line in epilog.splitlines():
            if "onrecord" in line:
                yield pytest.param(line.strip(), id=line.strip()[:60])


def run(line, folder):
    scripts = sysconfig.get_path("scripts")
    return subprocess.run(
        line,
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the files and the record that the examples name."""
    path = tmp_path_factory.mktemp("examples")
    few = REPORTS.read_text(encoding="utf-8").splitlines()[:FEW]
    (path / "reports.jsonl").write_text("\n".join(few), encoding="utf-8")
    (path / "folder-of-reports").mkdir()
    shutil.copy(path / "reports.jsonl", path / "folder-of-reports")
    text = "Date: 2022-01-29\n\nRussia demanded guarantees from NATO."
    (path / "report.txt").write_text(text, encoding="utf-8")
    done = run("onrecord run rec reports.jsonl --quiet", path)
    assert done.returncode == 0, done.stderr
    return path


@pytest.mark.parametrize("line", examples())
def test_an_example_runs(line, folder):
    event = next(find_events(folder / "rec", Filters()))
    done = run(line.replace("EVENT_ID", event["event_id"]), folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout
