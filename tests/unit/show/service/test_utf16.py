"""Places in UTF-16 beside those in code points."""

from onrecord.show.service.utf16 import utf16_places, with_utf16


def test_an_emoji_is_two_units():
    assert utf16_places("a😀b") == (0, 1, 3, 4)


def test_marks_count_from_their_sentence():
    cite = {
        "sentence": {"start": 10, "end": 15, "text": "😀 met"},
        "cells": [{"cell": "type", "start": 12, "end": 15}],
    }
    (mark,) = with_utf16([cite])[0]["cells"]
    assert mark == {"cell": "type", "start": 12, "end": 15, "start16": 3, "end16": 6}


def test_marks_of_a_report_count_from_its_text():
    report = {
        "text": "😀😀 met",
        "marks": [
            {
                "event_id": "e",
                "sentence": {"start": 2, "end": 6, "text": " met"},
                "cells": [{"cell": "type", "start": 3, "end": 6}],
            }
        ],
    }
    (event,) = with_utf16(report)["marks"]
    assert (event["sentence"]["start16"], event["sentence"]["end16"]) == (4, 8)
    assert (event["cells"][0]["start16"], event["cells"][0]["end16"]) == (5, 8)


def test_cells_of_an_event_line_stay():
    line = {
        "sentence": {"start": 0, "end": 1, "text": "x"},
        "cells": [{"cell": "mode", "value": "troops", "spans": [], "rule": "r"}],
    }
    assert with_utf16(line) == line
