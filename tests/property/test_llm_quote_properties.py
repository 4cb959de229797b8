from hypothesis import given
from hypothesis import strategies as st

from onrecord.llm.quote import find_words, make_view
from onrecord.model.span import Span

TEXTS = st.text(alphabet="ab “”\"'’\n\t\u00a0.é", min_size=1, max_size=60)


def alike(text: str) -> str:
    marks = str.maketrans("“”’", '""\'')
    return " ".join(text.translate(marks).split())


@given(TEXTS, TEXTS)
def test_what_is_found_is_what_was_quoted(text, words):
    view = make_view(text, Span(0, len(text)))
    for span in find_words(view, words):
        assert alike(span.of(text)) == alike(words)


@given(TEXTS, st.data())
def test_every_run_of_whole_words_is_found_where_it_stands(text, data):
    starts = [
        i
        for i, c in enumerate(text)
        if not c.isspace() and (i == 0 or not (text[i - 1].isalnum() and c.isalnum()))
    ]
    if not starts:
        return
    start = data.draw(st.sampled_from(starts))
    ends = [
        i
        for i in range(start + 1, len(text) + 1)
        if not text[i - 1].isspace()
        and (i == len(text) or not (text[i - 1].isalnum() and text[i].isalnum()))
    ]
    end = data.draw(st.sampled_from(ends))
    view = make_view(text, Span(0, len(text)))
    assert Span(start, end) in find_words(view, text[start:end])
