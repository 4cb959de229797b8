"""`doctor` where something does not work; that all works is in test_extract.py."""

import msgspec
import pytest

from onrecord.cli import checks
from onrecord.cli.checks import Check


@pytest.fixture
def only(monkeypatch):
    """Let the doctor make only some of its checks."""

    def only(*made):
        monkeypatch.setattr(checks, "CHECKS", made)

    return only


def test_what_does_not_work_is_said_with_what_to_do(call, only):
    check = Check(name="disk", works=False, found="full", advice="make room")
    only(("disk", lambda: check))
    result = call("doctor")
    assert (result.code, result.out, result.err) == (
        1,
        "FAIL  disk       full\n      what to do: make room\n",
        "1 of the checks failed\n",
    )


def test_a_check_that_cannot_be_made_has_failed(call, only):
    def look():
        raise FileNotFoundError("card.json")

    only(("model", look))
    result = call("doctor")
    assert result.code == 1
    assert result.out.startswith("FAIL  model      FileNotFoundError: card.json\n")


def test_a_model_whose_bytes_are_not_those_of_its_card_fails(
    call, only, monkeypatch, tmp_path
):
    card = {"name": "reader", "licence": "x", "sha256": "0" * 64, "dev": {}}
    (tmp_path / "card.json").write_bytes(msgspec.json.encode(card))
    (tmp_path / "reader.onnx").write_bytes(b"other")
    monkeypatch.setattr(checks, "CARD_FILE", tmp_path / "card.json")
    monkeypatch.setattr(checks, "MODEL_FOLDER", tmp_path)
    only(("model", checks._check_model))
    result = call("doctor")
    assert result.code == 1
    assert "the card says otherwise" in result.out


def test_the_program_is_named_with_its_versions(call, only):
    only(("program", checks._check_program), ("libraries", checks._check_libraries))
    result = call("doctor")
    assert result.code == 0
    assert "onrecord 0." in result.out
    assert "duckdb " in result.out
    assert "pytest" not in result.out
