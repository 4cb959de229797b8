"""`review`: events out, decisions in, what became of them."""

import json
from pathlib import Path

import pytest

from tests.support.reports import report
from tests.support.reviews import ask, event_ids, run

TEXT = "Rulers met in Oslo. They met again, and met a third time."


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "rec"
    run(path, [report(TEXT)])
    return path


def exported(call, own: Path, *options: object) -> list[dict]:
    done = call("review", own, "export", *options)
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def write(path: Path, tasks: list[dict]) -> Path:
    path.write_text("\n".join(map(json.dumps, tasks)), encoding="utf-8")
    return path


def test_round_trip(call, own, tmp_path):
    tasks = exported(call, own)
    assert [task["verdict"] for task in tasks] == [None] * 3
    tasks[0] |= {"verdict": "reject"}
    tasks[1] |= {"verdict": "fix", "fix": {"type": "AID", "mode": None}}
    file = write(tmp_path / "judged.jsonl", tasks)
    done = call("review", own, "import", file, "--author", "ana")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "3 new corrections · 0 known · 0 judgements that decide nothing · 0 refused\n"
    )
    again = call("review", own, "import", file, "--author", "ana")
    assert again.out.startswith("0 new corrections · 3 known")
    assert len(exported(call, own)) == 1
    assert len(exported(call, own, "--judged")) == 2
    listed = call("review", own, "list", "--format", "csv").out.splitlines()
    assert [line.split(",")[1:6] for line in listed[1:]] == [
        ["ana", "reject", "", "", "in_force"],
        ["ana", "fix", "type", "AID", "in_force"],
        ["ana", "fix", "mode", "none", "agreed"],
    ]


def test_wrong_lines_are_named_and_others_taken(call, own, tmp_path):
    tasks = exported(call, own)
    tasks[0] |= {"verdict": "fix", "fix": {"type": "WAR\x1b[2J"}}
    tasks[1] |= {"verdict": "accept"}
    file = write(tmp_path / "judged.jsonl", tasks)
    done = call("review", own, "import", file, "--author", "ana")
    assert done.code == 3
    assert f"{file}:1: refused: type: " in done.err
    assert "\x1b" not in done.err
    assert done.out.startswith("1 new corrections")


def test_words_that_are_not_in_the_report_are_named(call, own, tmp_path):
    tasks = exported(call, own)[:1]
    tasks[0] |= {"verdict": "fix", "fix": {"actors": [{"words": "Zanzibar"}]}}
    file = write(tmp_path / "judged.jsonl", tasks)
    done = call("review", own, "import", file, "--author", "ana")
    assert done.code == 0
    assert done.err == (
        f"{tasks[0]['event_id']}: kept, but not applied: fix actors: the words"
        " 'Zanzibar' are not in its report\n"
    )
    assert call("review", own, "import", file, "--author", "ana").err == ""


def test_several_people_cannot_be_called_one(call, own, tmp_path):
    tasks = exported(call, own)
    for task, author in zip(tasks, ("ana", "bo", None), strict=True):
        task |= {"verdict": "accept", "author": author}
    file = write(tmp_path / "judged.jsonl", tasks)
    done = call("review", own, "import", file, "--author", "cy")
    assert done.code == 2
    assert "ana, bo" in done.err
    done = call("review", own, "import", file)
    assert done.code == 3
    assert "give --author NAME" in done.err
    assert done.out.startswith("2 new corrections")


def test_random_sample_is_the_same_for_a_seed(call, own):
    drawn = [
        [task["event_id"] for task in exported(call, own, "--sample", "random", *seed)]
        for seed in ((), ("--seed", 1), ("--seed", 1))
    ]
    assert sorted(drawn[0]) == sorted(drawn[1]) == sorted(event_ids(own))
    assert drawn[1] == drawn[2]
    assert len(exported(call, own, "--size", 2)) == 2


def test_gold_has_what_was_judged(call, own, tmp_path):
    first, second, _ = event_ids(own)
    said = [
        {"event_id": first, "verdict": "reject"},
        {"event_id": second, "verdict": "fix", "fix": {"type": "AID"}},
    ]
    file = write(tmp_path / "judged.jsonl", said)
    assert call("review", own, "import", file, "--author", "ana").code == 0
    gold = exported(call, own, "--as", "gold")
    assert [(g["event_id"], g["event_type"], g["verdict"]) for g in gold] == [
        (first, "CONSULT", "reject"),
        (second, "AID", "fix"),
    ]


def test_agreement_of_two(call, own, tmp_path):
    first, second, third = event_ids(own)
    for author, types in (("ana", ("AID", "AID")), ("bo", ("AID", "CONCEDE"))):
        said = [
            {"event_id": event, "verdict": "fix", "fix": {"type": given}}
            for event, given in zip((first, second), types, strict=True)
        ] + [{"event_id": third, "verdict": "accept" if author == "bo" else "reject"}]
        file = write(tmp_path / f"{author}.jsonl", said)
        assert call("review", own, "import", file, "--author", author).code == 0
    found = json.loads(call("review", own, "agreement", "--format", "json").out)
    assert (found["authors"], found["events"]) == (["ana", "bo"], 3)
    cells = {one["cell"]: one["reliability"] for one in found["cells"]}
    assert cells["type"]["units"] == 2
    # AID AID, AID CONCEDE: a disagreement of 2 where chance gives 3 * 1 * 2 / 3.
    assert cells["type"]["alpha"] == pytest.approx(0.0)
    # Kept by both, by both, by one: five and one.
    assert cells["event"]["alpha"] == pytest.approx(1 - 2 / (5 * 1 * 2 / 5))
    assert cells["mode"]["alpha"] is None


def test_files_of_no_tool_and_records_that_are_none(call, own, tmp_path):
    file = tmp_path / "x.txt"
    file.write_text("hello", encoding="utf-8")
    assert call("review", own, "import", file).code == 2
    assert call("review", tmp_path / "none", "list").code == 1
    assert call("review", own, "import", tmp_path / "none").code == 2
    assert call("review", own, "import", tmp_path).code == 2
    assert not (tmp_path / "none").exists()
    assert call("review", own, "export", "--format", "x").code == 2


def test_label_config_is_written_alone(call, own):
    done = call("review", own, "export", "--label-config")
    assert done.out.startswith("<View>")
    assert done.err == ""


def test_corrections_of_an_older_run_are_listed_as_they_were(call, own, tmp_path):
    first, *_ = event_ids(own)
    said = [{"event_id": first, "verdict": "reject"}]
    file = write(tmp_path / "judged.jsonl", said)
    assert call("review", own, "import", file, "--author", "ana").code == 0
    assert len(ask(own, "FROM events")) == 2
    listed = call("review", own, "list", "--format", "jsonl", "--as-of", "1")
    assert (listed.code, listed.out) == (0, "")
    rows = call("query", own, "SELECT count(*) AS n FROM events", "--as-of", "1")
    assert "3" in rows.out
