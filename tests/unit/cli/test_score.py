"""`score` on the command line: files of each kind, a record, floors, bad gold."""

import datetime as dt
import io
import json
import shutil
import sys
from types import SimpleNamespace

import pytest

from onrecord.engine.run import run_reports
from onrecord.model.correction import Anchor, Words
from onrecord.model.event import EventType, Factuality
from onrecord.model.judgement import CellValues, PartyValue, Shown
from onrecord.show.exchange import label_studio, prodigy
from onrecord.show.exchange import lines as review_lines
from onrecord.store.query import connect, rows
from tests.support import reports
from tests.support.scores import TEXT, event_line, gold_event, gold_report


@pytest.fixture
def write(tmp_path):
    def write(name, *rows):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def sides(write):
    gold = write("gold/r1.json", gold_report(gold_event(), gold_event()))
    return gold.parent, write("predicted.jsonl", event_line())


def test_figures_with_counts_go_to_standard_output(call, sides):
    result = call("score", *sides)
    assert result.code == 0, result.err
    (typed,) = [x for x in result.out.splitlines() if x.startswith("  type right")]
    assert typed.split() == ["type", "right", "66.7", "100.0", "50.0", "1", "1", "2"]
    assert "Gold has 1 report." in result.out
    assert result.err == ""


def test_json_has_every_figure_and_remark(call, sides):
    result = call("score", *sides, "--format", "json", "--show", 5)
    found = json.loads(result.out)
    assert found["events"]["typed"]["right"] == 1
    assert found["events"]["by_type"]["THREATEN"]["gold"] == 2
    assert found["remarks"] == ["Gold has 1 report."]
    assert found["missed"] == ["missed | r1 | THREATEN | warned | Chad warned Mali."]


def test_markdown_to_a_file(call, sides, tmp_path):
    out = tmp_path / "scores.md"
    assert call("score", *sides, "--format", "markdown", "-o", out).code == 0
    assert "| THREATEN | 66.7 |" in out.read_text(encoding="utf-8")


def test_below_a_floor_it_leaves_with_4_and_says_which(call, sides):
    assert call("score", *sides, "--floor", "typed=66").code == 0
    fallen = call("score", *sides, "--floor", "typed=67", "--floor", "unreal=0")
    assert fallen.code == 4
    assert fallen.err == "typed is 66.67, below its floor of 67\n"
    assert "type right" in fallen.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--floor", "typed"), "write NAME=VALUE"),
        (("--floor", "said=1"), "said: not measured here; measured are found"),
        (("--layer", "times"), "gold has none; it has events"),
        (("--layer", "verses"), "verses"),
    ],
)
def test_wrong_use_leaves_with_2(call, sides, options, words):
    result = call("score", *sides, *options)
    assert result.code == 2
    assert words in result.err
    assert result.out == ""


def test_bad_gold_is_named_all_at_once(call, write, sides):
    gold, predicted = sides
    write("gold/r2.json", gold_report(gold_event(trigger="bombed")) | {"doc_id": "r2"})
    write("gold/r3.json", gold_report(gold_event(type="THREAT")) | {"doc_id": "r3"})
    write("gold/r4.json", "no JSON")
    result = call("score", gold, predicted)
    assert result.code == 2
    assert result.out == ""
    found = result.err.splitlines()
    assert [line.split(": ")[1:3] for line in found] == [
        ["r2.json", "events[0]"],
        ["r3.json", "events[0]"],
        ["r4.json", "is neither JSON nor JSON lines"],
    ]


def test_a_wrong_file_as_predicted_is_said(call, write, sides):
    gold, _ = sides
    result = call("score", gold, write("x.jsonl", {"headline": "x", "id": "1"}))
    assert result.code == 2
    assert "x.jsonl: [0]: is neither gold nor a line" in result.err


def test_a_layer_without_lines_is_not_scored_but_said(call, write, sides):
    row = gold_report(gold_event(), statements=[])
    gold, predicted = write("both.json", row), sides[1]
    result = call("score", gold, predicted)
    assert "Gold has statements, and no line of them was given" in result.out
    assert "Statements" not in result.out
    asked = call("score", gold, predicted, "--layer", "statements")
    assert "Statements" in asked.out


def test_gold_lines_and_given_lines_from_standard_input(call, write, monkeypatch):
    given = io.BytesIO(json.dumps(event_line(event_type="ACCUSE")).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    result = call("score", write("gold.jsonl", event_line()), "-", "--format", "json")
    events = json.loads(result.out)["events"]
    assert (events["found"]["right"], events["typed"]["right"]) == (1, 0)


def test_texts_beside_or_named(call, write, sides, tmp_path):
    row = gold_report(gold_event())
    del row["text"]
    gold, predicted = write("alone/r1.json", row), sides[1]
    assert "the text of r1 is missing" in call("score", gold, predicted).err
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/r1.txt").write_text(TEXT, encoding="utf-8")
    named = call("score", gold, predicted, "--texts", tmp_path / "texts")
    assert named.code == 0, named.err


def test_a_record_is_scored_as_it_was_coded(call, write, record):
    connection = connect(record)
    reports = list(rows(connection, "SELECT * FROM reports ORDER BY date", {}))
    original, copy, denial = reports
    gold = write("gold.jsonl", *(_gold_of(r, "met") for r in reports))
    result = call("score", gold, record, "--format", "json")
    assert result.code == 0, result.err
    found = json.loads(result.out)
    assert found["coverage"]["silent"] == []
    # The copy has the words of its original, whose events are its own as well.
    assert copy["text"] == original["text"] != denial["text"]
    assert found["events"]["found"]["right"] == 3


def _gold_of(report, trigger):
    event = {
        "sentence": report["text"].split(".")[0],
        "trigger": trigger,
        "type": "CONSULT",
    }
    return {"doc_id": report["source_id"], "text": report["text"], "events": [event]}


def test_gold_with_another_text_than_the_record_is_refused(call, write, record):
    row = next(rows(connect(record), "SELECT * FROM reports", {}))
    changed = {**row, "text": "Rulers met."}
    result = call("score", write("gold.json", _gold_of(changed, "met")), record)
    assert result.code == 2
    assert "is not the one that the record holds" in result.err


def test_a_record_is_no_gold(call, record, sides):
    result = call("score", record, sides[1])
    assert result.code == 2
    assert "export --as gold" in result.err


SHOWN = Shown(
    anchor=Anchor(
        doc_id="r1",
        event_id="e1",
        sentence="Chad warned Mali.",
        trigger="warned",
        event_type="THREATEN",
    ),
    cells=CellValues(
        type=EventType.THREATEN,
        factuality=Factuality.HAPPENED,
        actors=(PartyValue(words=Words(text="Chad"), name="Chad", country="TCD"),),
        recipients=(PartyValue(words=Words(text="Mali"), country="MLI"),),
    ),
)


def exported(tool):
    stream = io.StringIO()
    assert tool.write([SHOWN], stream) == 1
    return stream.getvalue()


def from_prodigy():
    """Return what `prodigy db-out` writes after the event was accepted."""
    return json.loads(exported(prodigy)) | {"answer": "accept", "_task_hash": 1}


def from_label_studio():
    """Return what Label Studio exports after its prediction was submitted."""
    (task,) = json.loads(exported(label_studio))
    annotation = {"result": task.pop("predictions")[0]["result"], "completed_by": 1}
    return [task | {"annotations": [annotation]}]


def from_review():
    return json.loads(exported(review_lines)) | {"verdict": "accept"}


@pytest.mark.parametrize("done", [from_prodigy, from_label_studio, from_review])
def test_gold_from_annotation_tools(call, write, done):
    gold = write("done.json", done())
    given = write("predicted.jsonl", event_line(), event_line("denied", sentence=None))
    result = call("score", gold, given, "--format", "json")
    assert result.code == 0, result.err
    found = json.loads(result.out)
    assert found["events"]["dyad"]["f"] == 100
    assert found["coverage"]["outside"] == {"events": 1}
    assert "recall is kind" in found["remarks"][1]


def test_a_rejected_event_is_none(call, write):
    gold = write("done.jsonl", from_prodigy() | {"answer": "reject"})
    result = call("score", gold, write("p.jsonl", event_line()), "--format", "json")
    typed = json.loads(result.out)["events"]["typed"]
    assert (typed["given"], typed["gold"]) == (1, 0)


def test_a_task_whose_text_is_unknown_asks_for_texts(call, write, tmp_path):
    gold = write("done.jsonl", from_prodigy())
    given = write("p.jsonl", event_line(sentence=None))
    result = call("score", gold, given)
    assert result.code == 2
    assert "task 1: its text stands in none of the reports given" in result.err
    (tmp_path / "r1.txt").write_text(TEXT, encoding="utf-8")
    assert call("score", gold, given, "--texts", tmp_path).code == 0


def test_what_reviewers_corrected_is_gold(call, record, tmp_path):
    """The coder is scored as it coded, at the events that were judged."""
    mine = shutil.copytree(record, tmp_path / "rec")
    tasks, gold = tmp_path / "tasks.jsonl", tmp_path / "gold.jsonl"
    assert call("review", mine, "export", "-o", tasks).code == 0
    lines = [json.loads(line) for line in tasks.read_text("utf-8").splitlines()]
    judged = [
        lines[0] | {"verdict": "fix", "fix": {"factuality": "planned"}},
        lines[1] | {"verdict": "reject"},
    ]
    tasks.write_text("\n".join(map(json.dumps, judged)), encoding="utf-8")
    assert call("review", mine, "import", tasks, "--author", "ana").code == 0
    assert call("review", mine, "export", "--as", "gold", "-o", gold).code == 0
    result = call("score", gold, mine, "--format", "json")
    assert result.code == 0, result.err
    events = json.loads(result.out)["events"]
    assert (events["typed"]["right"], events["typed"]["given"]) == (1, 2)
    assert events["fact"] == {"share": 0.0, "n": 1}


LONG = (
    "Rulers met in the old harbour town on Monday to talk about grain, fishing rights"
    " and the mine at the border. The envoy of the northern province said that the"
    " ferry would sail again in spring, and that the tariff on salt would fall by a"
    " third. Delegates from nine villages sat in the gallery until the lamps were lit."
)


def test_a_copy_in_other_words_is_left_out(call, write, tmp_path):
    copy = LONG.replace("lamps were lit", "lights were on")
    items = [
        reports.report(LONG, date=dt.date(2022, 1, 20)),
        reports.report(copy, date=dt.date(2022, 1, 21), outlet="Herald"),
    ]
    rec = tmp_path / "rec"
    run_reports(rec, items, inputs=["x"], coder=reports.coder())
    sql = (
        "SELECT r.*, m.relation FROM reports AS r JOIN memberships AS m USING (doc_id)"
    )
    found = {row["relation"]: row for row in rows(connect(rec), sql, {})}
    assert set(found) == {"original", "near"}
    gold = write("gold.jsonl", *(_gold_of(r, "met") for r in found.values()))
    result = call("score", gold, rec, "--format", "json")
    scores = json.loads(result.out)
    assert scores["coverage"]["reports"] == 1
    (remark,) = [r for r in scores["remarks"] if r.startswith("Left out")]
    assert remark.endswith(f"{found['near']['source_id']}.")
