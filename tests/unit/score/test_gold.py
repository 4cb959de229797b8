"""Files of gold: their kinds, their texts, and what is wrong with them."""

import json

import pytest

from onrecord.errors import InputError
from onrecord.model.judgement import Answer, Judgement, Unread
from onrecord.score.gold import GoldKind, kind_of, read_gold
from onrecord.score.texts import FolderTexts
from tests.support.scores import TEXT, act, event_line, gold_event, gold_report


def read(path, texts=None, readers=None):
    problems = []
    gold = read_gold(path, texts=texts or {}, readers=readers or {}, problems=problems)
    return gold, problems


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (json.dumps(gold_report()), GoldKind.ANNOTATED),
        (json.dumps(gold_report()) + "\n" + json.dumps(gold_report()), "annotated"),
        (json.dumps(event_line()), GoldKind.LINES),
        ('{"text": "x", "answer": "accept"}\n{"text": "y"}', GoldKind.PRODIGY),
        ('[{"data": {"text": "x"}, "annotations": []}]', GoldKind.LABEL_STUDIO),
        ('{"id": "w", "timexes": [], "events": []}', GoldKind.LINES),
        ('{"record": "review", "verdict": "accept"}', GoldKind.REVIEW),
        ("Chad warned Mali.", None),
        ("", None),
        ("12", None),
    ],
)
def test_kinds_are_told_by_content(raw, kind):
    assert kind_of(raw.encode()) == kind


def test_a_folder_with_its_texts(tmp_path):
    row = gold_report(gold_event())
    del row["text"]
    (tmp_path / "r1.json").write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "r1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "r1.meta.json").write_text("{}", encoding="utf-8")
    gold, problems = read(tmp_path)
    assert problems == []
    assert [r.events for r in gold.reports] == [(act(),)]


def test_one_report_may_span_many_lines_and_lines_many_reports(tmp_path):
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold_report(gold_event()), indent=2), encoding="utf-8")
    assert len(read(path)[0].reports) == 1
    rows = [gold_report(gold_event()), {**gold_report(), "doc_id": "r2"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [r.key for r in read(path)[0].reports] == ["r1", "r2"]


def test_a_report_that_is_there_twice_is_a_problem(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join([json.dumps(gold_report())] * 2), encoding="utf-8")
    assert read(path)[1] == [f"{path}: report r1 is there twice"]


def test_all_files_and_lines_that_are_wrong_are_named(tmp_path):
    (tmp_path / "a.json").write_text("Chad warned Mali.", encoding="utf-8")
    lines = [json.dumps(event_line()), "{", "[]", json.dumps({"id": "x"})]
    (tmp_path / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    _, problems = read(tmp_path)
    assert [p.split(": ")[:2] for p in problems] == [
        ["a.json", "is neither JSON nor JSON lines"],
        ["b.jsonl", "line 2"],
        ["b.jsonl", "line 3"],
        ["b.jsonl", "line 4"],
    ]


def test_a_text_that_is_not_utf8_is_refused_only_where_it_is_needed(tmp_path):
    (tmp_path / "r1.json").write_text(json.dumps(gold_report()), encoding="utf-8")
    (tmp_path / "r1.txt").write_bytes(b"\xff\xfe")
    row = gold_report()
    del row["text"]
    (tmp_path / "other").mkdir()
    (tmp_path / "r2.txt").write_bytes(b"\xff\xfe")
    assert read(tmp_path)[1] == []
    (tmp_path / "r2.json").write_text(json.dumps(row | {"doc_id": "r2"}), "utf-8")
    with pytest.raises(InputError, match=r"r2\.txt: is not UTF-8"):
        read(tmp_path)


def test_an_empty_file_is_a_problem(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n", encoding="utf-8")
    assert read(path)[1] == [f"{path}: is empty"]


def test_json_nested_without_end_is_no_json(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("[" * 100_000, encoding="utf-8")
    assert read(path)[1] == [f"{path}: is neither JSON nor JSON lines"]


@pytest.mark.parametrize("key", ["../r1", "/etc/passwd", "", "."])
def test_an_id_names_no_file_elsewhere(key, tmp_path):
    (tmp_path / "r1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in").mkdir()
    assert key not in FolderTexts(tmp_path / "in")


def test_an_empty_folder_is_a_problem(tmp_path):
    assert "holds no file that ends in .json" in read(tmp_path)[1][0]


def test_judgements_come_from_the_reader_of_their_kind(tmp_path):
    path = tmp_path / "done.jsonl"
    path.write_text('{"text": "x", "answer": "accept"}', encoding="utf-8")
    judged = Judgement(position=1, text="x", answer=Answer.ACCEPT)

    def reader(raw):
        assert b"accept" in raw
        return [judged, Unread(position=2, reason="has no text")]

    gold, problems = read(path, readers={GoldKind.PRODIGY: reader})
    assert gold.judgements == (judged,)
    assert problems == [f"{path}: task 2: has no text"]
