from onrecord.show.flat import COLUMNS, flat_columns, flat_row, flat_rows
from tests.support.lines import build_event, build_party, build_span


def flat(event):
    return dict(zip(flat_columns("event"), flat_row(event), strict=True))


def test_an_event_is_one_row_with_its_words_and_positions():
    row = flat(build_event())
    assert row["event_type"] == "REQUEST"
    assert row["actors"] == "Russia"
    assert (row["trigger"], row["trigger_start"], row["trigger_end"]) == (
        "demanded",
        107,
        115,
    )


def test_what_the_report_does_not_say_is_absent():
    row = flat(build_event())
    assert {
        row[c] for c in ("mode", "contexts", "recipients", "by", "when_from", "lats")
    } == {None}


def test_lists_are_joined_in_step_with_each_other():
    actors = [
        build_party("Russia", "Russia", country="RUS", sectors=["GOV", "MIL"]),
        build_party("officials", "officials; envoys"),
        build_party("troops", "troops", country="USA", sectors=["MIL"]),
    ]
    row = flat(build_event(actors=actors))
    assert row["actors"] == "Russia;officials, envoys;troops"
    assert row["actor_countries"] == "RUS;;USA"
    assert row["actor_sectors"] == "GOV|MIL;;MIL"


def test_no_column_stands_twice():
    for kind in COLUMNS:
        names = flat_columns(kind)
        assert len(set(names)) == len(names), kind


def test_syntax_has_a_row_a_word():
    token = {
        **build_span("demanded"),
        "upos": "VERB",
        "xpos": "VBD",
        "lemma": "demand",
        "head": 0,
        "deprel": "root",
        "name_tag": "O",
    }
    record = {
        "record": "syntax",
        "source_id": "r1",
        "doc_id": "doc-1",
        "sentence": {"start": 100, "end": 169, "text": "…"},
        "tokens": [token, token],
    }
    rows = list(flat_rows(record))
    assert len(rows) == 2
    assert dict(zip(flat_columns("syntax"), rows[0], strict=True)) == {
        "source_id": "r1",
        "sentence_start": 100,
        "start": 107,
        "end": 115,
        "text": "demanded",
        "upos": "VERB",
        "xpos": "VBD",
        "lemma": "demand",
        "head": 0,
        "deprel": "root",
        "name_tag": "O",
    }
