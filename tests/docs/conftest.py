"""A folder with the files and the record that the documentation names."""

import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.lexicon.files import DATA
from tests.support.llmcases import accuser
from tests.support.llmserver import serve_llm

REPORTS = DATA / "demo/reports.jsonl"
FEW = 8  # reports in the record that the examples look into
SECONDS = 300
HERE = Path(__file__).parent
GOLD = ("gold-layers.jsonl", "gold-pairs.jsonl", "prodigy.jsonl", "label-studio.json")
MADE = (
    "onrecord run rec reports.jsonl --quiet",
    "onrecord run rec --recode --actors my-actors.tsv --quiet",
    "onrecord extract reports.jsonl -o predicted.jsonl",
    "onrecord extract reports.jsonl --layer times --layer places -o layers.jsonl",
    "onrecord relate pairs.jsonl -o related.jsonl",
)

LLM = "http://localhost:11434/v1"  # of the pages; a server of the tests answers
ASKED = f"onrecord run rec --coder llm --llm-url {LLM} --llm-model qwen3 --quiet"

Run = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def llm() -> Iterator[str]:
    """Answer as a language model would that knows one word; return the address."""
    with serve_llm(accuser) as server:
        yield server.url


@pytest.fixture(scope="session")
def folder(tmp_path_factory, llm) -> Path:
    path = tmp_path_factory.mktemp("examples")
    few = REPORTS.read_text(encoding="utf-8").splitlines()[:FEW]
    (path / "reports.jsonl").write_text("\n".join(few), encoding="utf-8")
    for name in ("folder-of-reports", "more-reports"):
        (path / name).mkdir()
        shutil.copy(path / "reports.jsonl", path / name)
    text = "Date: 2022-01-29\n\nRussia demanded guarantees from NATO."
    (path / "report.txt").write_text(text, encoding="utf-8")
    pair = (
        '{"id": 1, "text": "Chad left Mali.", "actor": [0, 4], "recipient": [10, 14]}'
    )
    (path / "pairs.jsonl").write_text(pair + "\n", encoding="utf-8")
    actors = "name\tforms\tkind\tcountry\tsectors\trole\tfrom\tuntil\torigin\n"
    own = "Harbour Watch\tHW\torganisation\tNZL\t\t\t\t\tour own list\n"
    (path / "my-actors.tsv").write_text(actors + own, encoding="utf-8")
    shutil.copytree(HERE / "gold", path / "gold")
    for name in GOLD:
        shutil.copy(HERE / name, path)
    for line in (*MADE, ASKED.replace(LLM, llm)):
        done = shell(line, path)
        assert done.returncode == 0, done.stderr
    judge(path)
    return path


def judge(path: Path) -> None:
    """Let somebody judge three events, as the page on reviewing tells."""
    said = ({"verdict": "accept"}, {"verdict": "reject"}, {"verdict": "fix"})
    out = shell("onrecord review rec export -o tasks.jsonl", path)
    assert out.returncode == 0, out.stderr
    tasks = (path / "tasks.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    lines = [
        {**json.loads(task), **more} for task, more in zip(tasks, said, strict=True)
    ]
    lines[2]["fix"] = {"factuality": "planned"}
    judged = "\n".join(json.dumps(line) for line in lines)
    (path / "judged.jsonl").write_text(judged, encoding="utf-8")
    for line in (
        "import judged.jsonl --author ana",
        "export --as gold -o reviewed.jsonl",
        "list --format jsonl -o corrections.jsonl",
    ):
        done = shell(f"onrecord review rec {line}", path)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def run(folder, llm) -> Run:
    """Run a line of shell in the folder, with the installed command."""
    return lambda line: shell(line.replace(LLM, llm), folder)


def shell(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
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
