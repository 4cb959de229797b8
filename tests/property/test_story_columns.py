"""What holds for reports laid out in columns, whatever stands beside them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collapse.compare import compare
from onrecord.collapse.fingerprint import fingerprint, fingerprints
from onrecord.collapse.prepare import prepare
from onrecord.collapse.words import cut_words, scan_all
from tests.support.stories import LEXEMES, TEXTS, WORDS, tell

PARTS = (
    *("Berg", "Mr.", "U.S.", "A.", "Army", "army’s", "state-run", "said", "2", "3.5"),
    *("1,450", "million", "hundred", "and", "five", "seventy", "May", "not", "“we"),
    *("go,”", "go.”", '"Yes', 'no."', "(see", "end).", "...", "-", "—", "?!", "10%"),
    *("中文", "Ünal", "“", "”", "«so»", "x_y", "\n", "\n\n", "\t", "\u00a0", "a" * 90),
)
made_up = st.lists(st.sampled_from(PARTS), max_size=60).map(" ".join)
some_text = made_up | st.sampled_from(TEXTS) | st.text(max_size=40)


@settings(deadline=None, max_examples=200)
@given(st.lists(some_text, min_size=1, max_size=4))
def test_words_by_columns_are_those_one_by_one(texts: list[str]) -> None:
    scan = scan_all([(text, 0) for text in texts], LEXEMES)
    quotations: dict[int, list[tuple[int, int]]] = {n: [] for n in range(len(texts))}
    for report, first, last in scan.quotations:
        before = int(scan.offsets[report])
        quotations[report].append((first - before, last - before))
    for n, text in enumerate(texts):
        first, last = scan.offsets[n : n + 2].tolist()
        cut = cut_words(text, LEXEMES)
        found = [LEXEMES.listed[at].folded for at in scan.places[first:last]]
        inside = scan.begins[(scan.begins >= first) & (scan.begins < last)]
        assert found == [word.lexeme.folded for word in cut.words]
        assert tuple(inside - first) == cut.begins
        assert tuple(quotations[n]) == cut.quotations


@settings(deadline=None, max_examples=200)
@given(st.lists(some_text, min_size=1, max_size=4))
def test_words_made_ready_say_what_words_one_by_one_say(texts: list[str]) -> None:
    prepared = prepare([(text, 0) for text in texts], LEXEMES)
    words = [
        (word.lexeme.folded, word.name, word.value, word.thing, word.weight)
        for at in range(len(prepared.sentences.forms))
        for word in prepared.words_of(at)
    ]
    assert words == [
        (word.lexeme.folded, word.name, word.value, word.thing, word.weight)
        for text in texts
        for word in cut_words(text, LEXEMES).words
    ]


@settings(deadline=None, max_examples=100)
@given(st.lists(some_text, min_size=2, max_size=5))
def test_comparison_does_not_depend_on_what_is_compared_beside(
    texts: list[str],
) -> None:
    bodies = [(text, 0) for text in texts]
    pairs = [(one, other) for one in range(len(texts)) for other in range(len(texts))]
    together = compare(prepare(bodies, LEXEMES), pairs, WORDS)
    for (one, other), found in zip(pairs, together, strict=True):
        alone = prepare([bodies[one], bodies[other]], LEXEMES)
        assert compare(alone, [(0, 1)], WORDS) == [found]


@settings(deadline=None, max_examples=100)
@given(st.lists(some_text, min_size=1, max_size=5))
def test_fingerprint_does_not_depend_on_the_others(texts: list[str]) -> None:
    reports = [tell(f"{text}.", day) for day, text in enumerate(texts, 1)]
    alone = [fingerprint(report, LEXEMES) for report in reports]
    assert list(fingerprints(reports, LEXEMES)) == alone
