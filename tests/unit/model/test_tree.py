from onrecord.model.span import Span
from onrecord.model.tree import ancestors, longest_run, subtree
from tests.support.trees import build_sentence

TABLE = """
The   the   DET   2 det
army  army  NOUN  3 nsubj
left  leave VERB  0 root
the   the   DET   5 det
town  town  NOUN  3 obj
.     .     PUNCT 3 punct
"""


def test_subtree_leaves_out_what_hangs_below_a_word_left_out():
    _, sentence = build_sentence(TABLE)
    assert subtree(sentence, 2, without=frozenset({1})) == (2, 3, 4, 5)


def test_ancestors_stop_at_a_cycle():
    _, sentence = build_sentence("a a X 2 dep\nb b X 1 dep")
    assert ancestors(sentence, 0) == (1, 0)


def test_subtree_of_a_cycle_ends():
    _, sentence = build_sentence("a a X 2 dep\nb b X 1 dep")
    assert subtree(sentence, 0) == (0, 1)


def test_longest_run_drops_punctuation_and_openers():
    text, sentence = build_sentence(TABLE)
    span = longest_run(sentence, (3, 4, 5), trim=frozenset({"the"}))
    assert span == Span(18, 22)
    assert span.of(text) == "town"
