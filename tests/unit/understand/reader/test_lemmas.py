import pytest

from onrecord.understand.reader.lemmas import Lemmas

LEMMAS = Lemmas(
    words={"VERB": {"went": "go"}, "PRON": {"them": "they"}},
    known={
        "VERB": frozenset({"accuse", "deploy", "plan", "deny", "see"}),
        "NOUN": frozenset({"troop", "crisis"}),
        "ADJ": frozenset({"large", "big", "heavy"}),
    },
)


@pytest.mark.parametrize(
    ("word", "upos", "lemma"),
    [
        ("Went", "VERB", "go"),
        ("them", "PRON", "they"),
        ("accused", "VERB", "accuse"),
        ("deploying", "VERB", "deploy"),
        ("planned", "VERB", "plan"),
        ("denies", "VERB", "deny"),
        ("seeing", "VERB", "see"),
        ("troops", "NOUN", "troop"),
        ("crisis", "NOUN", "crisis"),
        ("larger", "ADJ", "large"),
        ("biggest", "ADJ", "big"),
        ("heavier", "ADJ", "heavy"),
        ("other", "ADJ", "other"),
        ("Blinkens", "PROPN", "Blinkens"),
        ("weaponizing", "VERB", "weaponize"),
        ("militias", "NOUN", "militia"),
        ("of", "ADP", "of"),
    ],
)
def test_finds_the_lemma(word: str, upos: str, lemma: str) -> None:
    assert LEMMAS.find(word, upos) == lemma
