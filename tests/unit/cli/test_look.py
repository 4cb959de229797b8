import csv
import io
import json

import pytest


def lines(result):
    assert (result.code, result.err) == (0, "")
    return [json.loads(line) for line in result.out.splitlines()]


def test_events_come_as_lines_of_the_contract_in_order_of_time(call, record):
    events = lines(call("events", record))
    assert [(e["record"], e["when"]["from"], e["factuality"]) for e in events] == [
        ("event", "2022-01-20", "happened"),
        ("event", "2022-01-22", "negated"),
    ]
    assert events[0]["where"][0]["name"] == "Minsk"
    assert events[0]["trigger"] == {"start": 7, "end": 10, "text": "met"}


def test_statements_and_quantities_come_as_lines(call, record):
    (statement,) = lines(call("statements", record))
    assert (statement["record"], statement["act"]) == ("statement", "say")
    (quantity,) = lines(call("quantities", record))
    assert (quantity["record"], quantity["value"], quantity["text"]) == (
        "quantity",
        300.0,
        "300",
    )


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--factuality", "negated"], 1),
        (["--factuality", "negated", "--factuality", "HAPPENED"], 2),
        (["--type", "consult", "--since", "2022-01-21"], 1),
        (["--until", "2022-01-20"], 1),
        (["--country", "United States"], 2),
        (["--country", "usa", "--place", "minsk"], 2),
        (["--country", "RUS"], 0),
        (["--by", "USA"], 1),
        (["--context", "diplomatic", "--min-confidence", "0.8"], 0),
        (["--limit", "1"], 1),
    ],
)
def test_filters_choose_events(filters, count, call, record):
    assert len(lines(call("events", record, *filters))) == count


def test_statements_answer_to_filters_that_only_events_have(call, record):
    assert lines(call("statements", record, "--mode", "visit")) == []


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (["--type", "THREATENS"], ["did you mean THREATEN", "valid: ACCUSE, AGREE"]),
        (["--factuality", "maybe"], ["valid: denied, happened, hypothetical"]),
        (["--country", "Ukrain"], ["did you mean Ukraine"]),
        (["--since", "yesterday"], ["is not a day; write it as 2022-01-29"]),
        (["--min-confidence", "2"], ["not in the range"]),
        (["--min-confidence", "nan"], ["is no number; give one from 0 to 1"]),
        (["--actor", ""], ["--actor is empty; name what to look for"]),
        (["--as-of", ""], ["no run ''"]),
        (["--as-of", "77"], ["no run '77'", "the last runs are 1 (run-"]),
    ],
)
def test_a_value_nothing_can_have_is_wrong_use_and_named(filters, said, call, record):
    result = call("events", record, *filters)
    assert (result.code, result.out) == (2, "")
    for words in said:
        assert words in result.err


@pytest.mark.parametrize(
    "command",
    [("events",), ("stories",), ("claims",), ("brief", "--since", "2022-01-01")],
)
def test_a_limit_beyond_all_rows_is_none(command, call, record):
    name, *rest = command
    most, all_rows = (
        call(name, record, *rest, "--limit", n) for n in ("9" * 30, "1000")
    )
    assert (most.code, most.out) == (0, all_rows.out)


def test_a_sheet_has_a_header_and_a_row_an_event(call, record):
    result = call("events", record, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["factuality"] for row in rows] == ["happened", "negated"]
    assert rows[0]["actor_countries"] == "USA"
    assert "\x1b" not in result.out


def test_a_table_shows_the_words_but_no_control_characters(call, record):
    result = call("events", record, "--format", "table")
    assert result.code == 0
    assert "CONSULT" in result.out
    assert "Rulers have not «met»\\x1b[m." in result.out
    assert "\x1b" not in result.out


def test_runs_are_told_with_their_account(call, record):
    (run,) = lines(call("runs", record))
    assert (run["number"], run["status"], run["tally"]["read"]) == (1, "finished", 4)


def test_rejected_reports_are_told_with_place_and_reason(call, record):
    (rejected,) = lines(call("rejected", record))
    assert (rejected["file"], rejected["position"], rejected["reason"]) == (
        "bad.jsonl",
        "line 2",
        "no text",
    )


def test_sql_runs_over_the_tables(call, record):
    sql = "SELECT factuality, count(*) AS n FROM events GROUP BY ALL ORDER BY 1"
    assert lines(call("query", record, sql)) == [
        {"factuality": "happened", "n": 1},
        {"factuality": "negated", "n": 1},
    ]


def test_sql_values_become_what_json_has(call, record):
    sql = "SELECT DATE '2022-01-29' AS d, 1.5::DECIMAL(3,1) AS x, 'nan'::DOUBLE AS n"
    assert lines(call("query", record, sql)) == [
        {"d": "2022-01-29", "x": 1.5, "n": None}
    ]


def test_refused_sql_is_said_without_a_traceback(call, record):
    result = call("query", record, "SELECT nothing FROM nowhere")
    assert result.code == 1
    assert "nowhere" in result.err
    assert "Traceback" not in result.err


def test_a_whole_record_is_said_to_be_whole(call, record):
    result = call("verify", record)
    assert (result.code, result.out) == (0, "")
    assert result.err.endswith(f"{record}: whole\n")


def test_an_explanation_shows_words_rules_versions_and_copies(call, record):
    event = lines(call("events", record, "--limit", "1"))[0]
    result = call("explain", record, event["event_id"][:14])
    assert (result.code, result.err) == (0, "")
    for words in (
        "Gazette, 2022-01-20 (date: given)",
        "[actor, by: R]ulers [",
        ": met]",
        "frames/met#1",
        "onrecord 0.test, lexicon lex-1, model mod-1, in run 1",
        "by 1 other report of the story:",
        "2022-01-21 Herald (exact)",
    ):
        assert words in result.out


def test_an_event_that_is_not_there_is_wrong_use(call, record):
    result = call("explain", record, "evt-zzz")
    assert (result.code, result.out) == (2, "")
    assert "no event 'evt-zzz'" in result.err


def test_a_beginning_that_fits_several_events_is_wrong_use(call, record):
    result = call("explain", record, "evt-")
    assert result.code == 2
    assert "several events begin with 'evt-'" in result.err


def test_a_folder_that_is_not_there_is_named(call, record, tmp_path):
    away = tmp_path / "nowhere" / "x.jsonl"
    done = call("review", record, "export", "-o", away)
    assert done.code == 1
    assert done.err == (
        f"onrecord: {away}: No such file or directory; see to the path and its"
        " permissions\n"
    )
