"""What becomes of corrections, and the rows they make."""

from pathlib import Path

import pytest

from onrecord.engine import review_take
from onrecord.show.explanation import explain_event
from onrecord.show.find import find_event
from onrecord.store.query import connect
from onrecord.store.reviewed import check_corrections
from onrecord.store.verify import verify
from tests.support.reports import report
from tests.support.reviews import ask, event_ids, judged, run, states, take

TEXT = "Rulers met in Oslo and 300 envoys said they met again."


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "rec"
    run(path, [report(TEXT)])
    return path


def sound(path: Path) -> bool:
    return not list(check_corrections(connect(path))) and not list(verify(path))


def test_reject_takes_an_event_away_and_keeps_what_was_coded(record: Path) -> None:
    first, second = event_ids(record)
    take(record, judged(first, "reject"))
    assert [r["event_id"] for r in ask(record, "FROM events")] == [second]
    assert len(ask(record, "FROM coded_events")) == 2
    parties = ask(record, "SELECT DISTINCT event_id FROM event_parties")
    assert [r["event_id"] for r in parties] == [second]
    assert states(record) == [("reject", None, "in_force", None)]
    assert sound(record)


def test_fixed_type_changes_what_follows_from_it(record: Path) -> None:
    first, _ = event_ids(record)
    fix = {"value": "ASSAULT", "words": ["Oslo"]}
    take(record, judged(first, type=fix))
    (row,) = ask(record, "FROM events WHERE event_id = $id", id=first)
    assert (row["event_type"], row["quad"], row["score"], row["cameo"]) == (
        "ASSAULT",
        4,
        -9.0,
        "19",
    )
    cells = {cell["cell"]: cell for cell in row["cells"]}
    assert cells["event_type"]["rule"] == "review/ana"
    assert [s["text"] for s in cells["event_type"]["spans"]] == ["Oslo"]
    assert cells["factuality"]["rule"] == "f/1"
    assert sound(record)


def test_fixed_cells_cite_their_words(record: Path) -> None:
    first, _ = event_ids(record)
    take(
        record,
        judged(
            first,
            actors=[{"words": "Rulers", "name": "Rulers", "country": "NOR"}],
            recipients=[],
            by=[{"words": "envoys", "cue": "said", "anonymous": True}],
            when={"from": "2022-01-03", "to": "2022-01-04", "words": ["again"]},
            where=[{"words": "Oslo", "country": "NOR"}],
            quantities=[{"words": "300", "value": 300, "of": "envoy"}],
            condition={"words": "again"},
            factuality="planned",
            contexts=["military"],
        ),
    )
    (row,) = ask(record, "FROM events WHERE event_id = $id", id=first)
    assert [(p["text"], p["country"]) for p in row["actors"]] == [("Rulers", "NOR")]
    assert row["recipients"] == []
    assert [(s["text"], s["cue"]["text"]) for s in row["attribution"]] == [
        ("envoys", "said")
    ]
    assert (str(row["when_from"]), row["when_basis"]) == ("2022-01-03", "text")
    assert [p["text"] for p in row["places"]] == ["Oslo"]
    assert [(q["text"], q["value"]) for q in row["quantities"]] == [("300", 300.0)]
    assert row["condition"]["text"] == "again"
    assert (row["factuality"], row["contexts"]) == ("planned", ["military"])
    sql = "SELECT slot, name FROM event_parties WHERE event_id = $id ORDER BY slot"
    assert [tuple(r.values()) for r in ask(record, sql, id=first)] == [
        ("actor", "Rulers"),
        ("by", "envoys"),
    ]
    assert len(states(record)) == 9
    assert sound(record)


def test_last_word_counts(record: Path) -> None:
    first, _ = event_ids(record)
    take(record, judged(first, author="ana", made="2026-01-01", type="ASSAULT"))
    take(record, judged(first, author="bo", made="2026-01-02", type="COERCE"))
    (row,) = ask(record, "FROM events WHERE event_id = $id", id=first)
    assert row["event_type"] == "COERCE"
    assert [state[2] for state in states(record)] == ["overruled", "in_force"]
    take(record, judged(first, "reject", author="cy", made="2026-01-03"))
    assert [state[2] for state in states(record)] == [
        "overruled",
        "overruled",
        "in_force",
    ]
    take(record, judged(first, author="ana", made="2026-01-04"))
    assert [state[2] for state in states(record)] == [
        "overruled",
        "in_force",
        "overruled",
        "in_force",
    ]
    (row,) = ask(record, "FROM events WHERE event_id = $id", id=first)
    assert row["event_type"] == "COERCE"
    assert sound(record)


def test_fix_of_what_the_coder_says_is_agreed(record: Path) -> None:
    first, _ = event_ids(record)
    take(record, judged(first, made="2026-01-01", type="ASSAULT"))
    take(record, judged(first, made="2026-01-02", type="CONSULT"))
    assert [state[2] for state in states(record)] == ["overruled", "agreed"]
    assert ask(record, "FROM corrected") == []
    assert sound(record)


def test_mode_of_another_type_is_not_applied(record: Path) -> None:
    first, _ = event_ids(record)
    take(record, judged(first, mode="beat"))
    assert states(record) == [
        ("fix", "mode", "unmatched", "beat is no mode of CONSULT")
    ]
    take(record, judged(first, type="ASSAULT"))
    (row,) = ask(record, "FROM events WHERE event_id = $id", id=first)
    assert (row["event_type"], row["mode"]) == ("ASSAULT", "beat")
    assert sound(record)


def test_happenings_follow_corrections(record: Path) -> None:
    first, second = event_ids(record)
    before = ask(record, "SELECT sum(events) AS n FROM happenings")
    assert before[0]["n"] == 2
    take(record, judged(first, "reject"))
    assert ask(record, "SELECT sum(events) AS n FROM happenings")[0]["n"] == 1
    take(record, judged(second, type="ASSAULT", factuality="denied"))
    rows = ask(record, "SELECT event_type, status, denied FROM happenings")
    assert [tuple(r.values()) for r in rows] == [("ASSAULT", "not_so", 1)]
    take(record, judged(first, made="2026-11-28T13:00:00+00:00"))
    assert ask(record, "SELECT sum(events) AS n FROM happenings")[0]["n"] == 2
    assert sound(record)


def test_explanation_says_whose_word_a_fixed_cell_rests_on(record: Path) -> None:
    first, _ = event_ids(record)
    take(
        record,
        judged(
            first,
            recipients=[],
            contexts=[],
            actors=[{"words": "Rulers"}],
            when={"from": "2022-01-03", "to": "2022-01-04", "words": ["again"]},
        ),
    )
    cells = explain_event(find_event(record, first)).cells
    told = [(c.label, c.value, c.rule) for c in cells if c.rule == "review/ana"]
    assert told == [
        ("context", "none", "review/ana"),
        ("actor", "Rulers", "review/ana"),
        ("when", "2022-01-03..04 (day)", "review/ana"),
        ("recipient", "none", "review/ana"),
    ]


def test_import_that_is_killed_is_taken_up_by_the_next_run(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    first, _ = event_ids(record)
    with monkeypatch.context() as patched:
        patched.setattr(review_take, "settle_happenings", die)
        with pytest.raises(KeyboardInterrupt):
            take(record, judged(first, "reject"))
    assert states(record) == [("reject", None, "in_force", None)]
    run(record, [])
    assert ask(record, "SELECT sum(events) AS n FROM happenings")[0]["n"] == 1
    assert sound(record)
