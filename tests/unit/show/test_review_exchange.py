"""Events out to Prodigy, Label Studio and our own lines, and judgements back."""

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from onrecord.errors import UsageError
from onrecord.model.judgement import Answer, Judgement, Unread
from onrecord.show.exchange import label_studio, lines, prodigy
from onrecord.show.exchange.tell import read_any
from onrecord.show.review import choose_shown
from onrecord.store.filters import Filters
from tests.support.reports import report
from tests.support.reviews import ask, event_ids, run, states, take

TEXT = "Rulers 😀 met in Oslo, 300 envoys said. They met again."
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "rec"
    run(path, [report(TEXT, date=dt.date(2022, 1, 20))])
    return path


def tasks(record: Path, tool: Any) -> list[dict[str, Any]]:
    """Return what a tool is given, first event first."""
    stream = io.StringIO()
    shown = sorted(
        choose_shown(record, Filters()), key=lambda one: one.anchor.occurrence
    )
    assert tool.write(shown, stream) == 2
    raw = stream.getvalue()
    if raw.startswith("["):
        return json.loads(raw)
    return [json.loads(line) for line in raw.splitlines()]


def answered(task: dict[str, Any], answer: str = "accept", **more: Any) -> bytes:
    """Return a line as Prodigy writes it of a task that was answered."""
    done = {**task, "_input_hash": 12, "_task_hash": -34, "answer": answer}
    done |= {"_view_id": "blocks", "_annotator_id": "set-ana", "_timestamp": 1767225600}
    return json.dumps({**done, **more}).encode()


def annotated(task: dict[str, Any], *annotations: dict[str, Any]) -> bytes:
    """Return tasks as Label Studio writes them."""
    return json.dumps([{"id": 7, **task, "annotations": list(annotations)}]).encode()


def annotation(task: dict[str, Any], edit: Edit | None = None, **more: Any) -> Any:
    """Return what somebody submits who begins with the prediction."""
    result = json.loads(json.dumps(task["predictions"][0]["result"]))
    done = {"id": 3, "completed_by": 4, "result": result, "was_cancelled": False}
    done |= {"created_at": "2026-01-02T10:00:00.000000Z", **more}
    if edit:
        edit(done)
    return done


def fixing(cells: str) -> bytes:
    """Return our own line that fixes cells of the event E."""
    return b'{"verdict":"fix","event_id":"E","fix":' + cells.encode() + b"}"


def test_prodigy_task_has_words_tokens_and_codes(record):
    task = tasks(record, prodigy)[0]
    by_label = {s["label"]: task["text"][s["start"] : s["end"]] for s in task["spans"]}
    assert by_label["trigger"] == "met"
    assert task["accept"] == ["type:CONSULT", "factuality:happened"]
    assert {"id": "type:ASSAULT", "text": "type: ASSAULT"} in task["options"]
    for span in task["spans"]:
        first = task["tokens"][span["token_start"]]
        last = task["tokens"][span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])


def test_prodigy_accept_as_shown_is_an_accept(record):
    first, second = tasks(record, prodigy)
    raw = answered(first) + b"\n" + answered(second, "ignore")
    taken = take(record, *prodigy.read(raw))
    assert (len(taken.added), taken.ignored, taken.refused) == (1, 1, ())
    (one,) = taken.added
    assert (one.verdict, one.author, one.made) == (
        "accept",
        "set-ana",
        "2026-01-01T00:00:00.000000+00:00",
    )
    assert one.anchor.event_id == event_ids(record)[0]


def test_prodigy_reject_and_changed_codes(record):
    first, second = tasks(record, prodigy)
    changed = ["factuality:denied", "type:ASSAULT"]
    raw = answered(first, "reject") + b"\n\n" + answered(second, accept=changed)
    take(record, *prodigy.read(raw))
    assert sorted(states(record), key=str) == [
        ("fix", "factuality", "in_force", None),
        ("fix", "type", "in_force", None),
        ("reject", None, "in_force", None),
    ]
    (row,) = ask(record, "FROM events")
    assert (row["event_type"], row["factuality"]) == ("ASSAULT", "denied")


def test_prodigy_moved_marks_are_fixes(record):
    first, _ = tasks(record, prodigy)
    kept = [s for s in first["spans"] if s["label"] not in ("recipient", "where")]
    at = first["text"].index("Oslo")
    kept.append({"start": at, "end": at + 4, "label": "where"})
    at = first["text"].index("300")
    kept.append({"start": at, "end": at + 3, "label": "quantity"})
    take(record, *prodigy.read(answered(first, spans=kept)))
    (row,) = ask(record, "FROM events WHERE event_id = $id", id=event_ids(record)[0])
    assert row["recipients"] == []
    assert [p["text"] for p in row["places"]] == ["Oslo"]
    assert [(q["text"], q["value"]) for q in row["quantities"]] == [("300", 300.0)]
    assert {p["text"] for p in row["actors"]} == {"R"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"accept": ["type:AID", "type:ASSAULT", "factuality:happened"]}, "2 values"),
        ({"accept": ["type:AID"]}, "no factuality is chosen"),
        ({"accept": ["type:WAR", "factuality:happened"]}, "WAR"),
        ({"accept": ["colour:red"]}, "none of the options"),
        ({"spans": []}, "the trigger is marked elsewhere"),
        (
            {"spans": [{"start": 0, "end": 10_000, "label": "actor"}]},
            "outside the text",
        ),
        ({"spans": [{"start": 0, "end": 2, "label": "cat"}]}, "'cat' is no label"),
        ({"text": "Another text"}, "not the sentence that was shown"),
        ({"_timestamp": 1e30}, "is no time"),
        ({"_timestamp": 4102444800}, "lies ahead"),
        ({"_annotator_id": "x" * 101}, "author"),
        ({"_annotator_id": "a\u202eb"}, "author"),
        ({"answer": "maybe"}, "maybe"),
        ({"onrecord": {"anchor": 1}}, "anchor"),
    ],
)
def test_wrong_prodigy_lines_are_refused_and_others_taken(record, change, told):
    first, second = tasks(record, prodigy)
    raw = answered(first, **change) + b"\n" + answered(second)
    taken = take(record, *prodigy.read(raw))
    assert [(r.position, told in r.reason) for r in taken.refused] == [(1, True)]
    assert len(taken.added) == 1


def test_session_that_nobody_named_names_nobody(record):
    first, _ = tasks(record, prodigy)
    raw = answered(first, _annotator_id="set-2026-01-02_10-11-12")
    (refused,) = take(record, *prodigy.read(raw)).refused
    assert "--author" in refused.reason
    assert len(take(record, *prodigy.read(raw), author="ana").added) == 1


def test_label_studio_accept_reject_and_fix_by_several_people(record):
    first, second = tasks(record, label_studio)

    def reject(done):
        value = {"choices": ["reject"]}
        done["result"] = [{"from_name": "verdict", "type": "choices", "value": value}]

    def retype(done):
        for region in done["result"]:
            if region["from_name"] == "type":
                region["value"]["choices"] = ["COERCE"]

    raw = annotated(
        first,
        annotation(first, retype, completed_by={"id": 4, "email": "bo@example.org"}),
        annotation(first, reject, completed_by=5),
        annotation(first, was_cancelled=True),
    )
    taken = take(record, *label_studio.read(raw))
    assert [(c.author, c.verdict, c.cell) for c in taken.added] == [
        ("bo@example.org", "fix", "type"),
        ("label-studio-5", "reject", None),
    ]
    assert taken.ignored == 1
    taken = take(record, *label_studio.read(annotated(second, annotation(second))))
    assert [c.verdict for c in taken.added] == ["accept"]


def test_label_studio_places_in_utf16_are_told_by_their_words(record):
    first, _ = tasks(record, label_studio)

    def mark(done):
        at = first["data"]["text"].index("Oslo") + 1  # the emoji is two units
        value = {"start": at, "end": at + 4, "text": "Oslo", "labels": ["where"]}
        done["result"].append({"from_name": "words", "type": "labels", "value": value})

    (judgement,) = label_studio.read(annotated(first, annotation(first, mark)))
    assert isinstance(judgement, Judgement)
    assert {
        judgement.text[m.start : m.end] for m in judgement.marks if m.label == "where"
    } == {"met", "Oslo"}


def test_label_studio_words_that_are_not_there_are_refused(record):
    first, _ = tasks(record, label_studio)

    def mark(done):
        value = {"start": 0, "end": 4, "text": "Oslo", "labels": ["where"]}
        done["result"].append({"from_name": "words", "type": "labels", "value": value})

    (unread,) = label_studio.read(annotated(first, annotation(first, mark)))
    assert isinstance(unread, Unread)
    assert "'Oslo'" in unread.reason


def test_label_config_names_what_the_tasks_have(record):
    config = ElementTree.fromstring(label_studio.label_config())
    names = {tag.get("name") for tag in config.iter() if tag.get("name")}
    (first, _) = tasks(record, label_studio)
    used = {region["from_name"] for region in first["predictions"][0]["result"]}
    assert used | {"verdict", "note", "text", "mode"} <= names
    labels = {tag.get("value") for tag in config.iter("Label")}
    assert {"actor", "trigger", "condition"} <= labels


def test_own_lines_come_back_filled_in(record):
    first, second = tasks(record, lines)
    first |= {"verdict": "fix", "fix": {"type": "AID"}, "author": "ana", "note": "x"}
    raw = "\n".join(json.dumps(one) for one in (first, second)).encode()
    taken = take(record, *lines.read(raw))
    assert [(c.cell, c.value, c.note) for c in taken.added] == [("type", '"AID"', "x")]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'{"verdict": "accept"}', "which event"),
        (b'{"verdict": "accept", "event_id": "evt-0"}', "no event 'evt-0'"),
        (b'{"verdict": "fix", "event_id": "E"}', "of which cell"),
        (b'{"verdict": "accept", "event_id": "E", "fix": {"type": "AID"}}', "one of"),
        (b'{"event_id": "E", "fix": {"type": "AID"}}', "no verdict"),
        (b'{"verdict": "accept", "event_id": "E", "made": "soon"}', "ISO 8601"),
        (b'{"verdict": "accept", "event_id": "E"', "not JSON"),
        (b'{"verdict": "accept", "event_id": "\xff"}', "UTF-8"),
        (b"[" * 100_000, "recursion"),
        (b'{"verdict": "accept", "note": "' + b"x" * 3_000_000, "bytes"),
        (b'{"verdict": "accept", "event_id": "E", "note": "\\u0007"}', "control"),
        (fixing('{"quantities":[{"words":"300","value":1e999}]}'), "range"),
        (fixing('{"actors":[{"words":""}]}'), "empty"),
        (fixing('{"actors":[{"words":"R","country":"XXX"}]}'), "XXX"),
        (fixing('{"actors":[{"words":"R","sectors":["?"]}]}'), "sector"),
        (fixing('{"where":[{"words":"Oslo","lat":99,"lon":1}]}'), "globe"),
        (fixing('{"when":{"from":"2022-02-02","to":"2022-01-01"}}'), "backwards"),
        (fixing('{"mode":"fly"}'), "fly"),
        (fixing('{"contexts":["x"]}'), "context"),
        (fixing('{"type":7}'), "type"),
    ],
)
def test_wrong_own_lines_are_refused(record, raw, told):
    raw = raw.replace(b'"E"', f'"{event_ids(record)[0]}"'.encode())
    taken = take(record, *lines.read(raw), author="ana")
    assert [(r.position, told in r.reason) for r in taken.refused] == [(1, True)]
    assert taken.added == ()
    assert ask(record, "FROM corrections") == []


def test_kind_of_a_file_is_told_by_its_content(record):
    raw = "\n".join(json.dumps(task) for task in tasks(record, lines))
    assert list(read_any(b"\xef\xbb\xbf" + raw.encode(), "x")) == []
    (first, _) = tasks(record, prodigy)
    (one,) = read_any(answered(first), "x")
    assert isinstance(one, Judgement)
    assert one.answer is Answer.ACCEPT
    (first, _) = tasks(record, label_studio)
    assert len(list(read_any(annotated(first, annotation(first)), "x"))) == 1
    flat = b'[{"text": "x", "annotator": 1}]'
    (unread,) = read_any(flat, "x")
    assert isinstance(unread, Unread)
    assert "JSON-MIN" in unread.reason
    for nothing in (b"", b"hello", b"{}", b'{"a": 1}', b"\x00\x01"):
        with pytest.raises(UsageError, match="no file of these kinds"):
            read_any(nothing, "x")
