"""The knowledge of whom pronouns mean, loaded and checked."""

from pathlib import Path

import pytest

import onrecord.lexicon.coreference as module
from onrecord.errors import LexiconError
from onrecord.lexicon.coreference import SORTS, load_coreference


def test_every_sort_has_weights() -> None:
    weights = load_coreference().weights
    assert sorted(weights) == sorted(SORTS)
    assert all(weights[sort] for sort in SORTS)


def test_first_names_tell_a_man_from_a_woman() -> None:
    words = load_coreference().words
    assert "vladimir" in words["man"]
    assert "angela" in words["woman"]
    assert not words["man"].keys() & words["woman"].keys()


def test_verbs_of_states_like_a_party_as_their_subject() -> None:
    likings = load_coreference().likings
    assert likings["subject", "warn"] > 0


def test_every_bad_row_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "weights.tsv"
    rows = ("sort\tfeature\tweight", "beast\tnone\t1", "man\tnone\tmuch")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(module, "WEIGHTS_FILE", path)
    with pytest.raises(LexiconError) as caught:
        load_coreference()
    assert len(caught.value.problems) == 2
    assert 'weights.tsv:2: no sort "beast"' in caught.value.problems[0]
    assert 'weights.tsv:3: "much" is no number' in caught.value.problems[1]
