import pytest

from onrecord.lexicon.inflect import inflect_noun, inflect_verb


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("attack", "attacked"),
        ("free", "freed"),
        ("free", "freeing"),
        ("ban", "banned"),
        ("deny", "denied"),
        ("seize", "seizing"),
        ("tie", "tying"),
        ("panic", "panicking"),
        ("push", "pushes"),
        ("veto", "vetoes"),
    ],
)
def test_verb_forms(lemma, form):
    assert form in inflect_verb(lemma)


def test_noun_forms():
    assert inflect_noun("embassy") == {"embassy", "embassies"}
    assert inflect_noun("clash") == {"clash", "clashes"}
