"""The command, run on a program of three lines."""

import json
import shlex
import subprocess
import sys

import pytest

from bench.rewriting.corpus import Label, Report, write_corpus

pytest.importorskip("rensa")
EACH_ALONE = """
import json, sys
for number, line in enumerate(open(sys.argv[1])):
    i = json.loads(line)["id"]
    print(json.dumps({"doc_id": i, "source_id": i, "story_id": STORY,
        "relation": "original", "of": None, "similarity": 1.0, "drift": []}))
"""


@pytest.fixture
def folder(tmp_path):
    label = Label(id="a", means="source", sources=("a",), affairs=("a",))
    copy = Label(
        id="a-light",
        means="light",
        sources=("a",),
        affairs=("a",),
        relations=("near",),
    )
    other = Label(id="b", means="source", sources=("b",), affairs=("b",))
    labels = (label, copy, other)
    reports = [Report(id=x.id, date="2020-05-01", text=f"Text {x.id}") for x in labels]
    write_corpus(tmp_path, tuple(zip(reports, labels, strict=True)))
    return tmp_path


def run(folder, story: str, *options: str):
    program = folder / "program.py"
    program.write_text(EACH_ALONE.replace("STORY", story), encoding="utf-8")
    command = shlex.join([sys.executable, str(program)])
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "bench.rewriting",
            "--reuse",
            str(folder),
            "--command",
            command,
            *options,
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def test_scores_come_as_json(folder):
    made = run(folder, "i", "--json")
    means = {row["means"]: row for row in json.loads(made.stdout)["means"]}
    assert means["light"]["found"] == 0.0
    assert means["all"]["wrong_links"] is None


def test_scores_come_as_a_table(folder):
    made = run(folder, "'one'")
    assert [line.split()[0] for line in made.stdout.splitlines()] == [
        "means",
        "source",
        "light",
        "all",
        "MinHash:",
    ]


def test_an_order_that_changes_stories_is_told(folder):
    same, other = (
        run(folder, "i", "--orders", "2"),
        run(folder, "number", "--orders", "2"),
    )
    assert (same.returncode, other.returncode) == (0, 1)
    assert same.stdout == "order 1: same lines\norder 2: same lines\n"
