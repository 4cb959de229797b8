"""What must hold for the words and sentences of every text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.understand.sentences import MAX_TOKENS, split_sentences
from onrecord.understand.tokens import tokenize

PIECES = (
    *("Mr.", "U.S.", "Kyiv", "said", '"', "”", "“", ".", "?", " ", "\n", "\r\n"),
    *("-", "don't", "1.5", "a.m.", "The", "'", "…", "\x00", "😀", "\u2028"),
)
NEWS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
TEXTS = st.text(max_size=300) | NEWS


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_words_are_ordered_and_leave_out_only_white_space(text: str) -> None:
    spans = tokenize(text)
    end = 0
    for span in spans:
        assert text[end : span.start].strip() == ""
        assert span.of(text).strip() == span.of(text)
        end = span.end
    assert text[end:].strip() == ""


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_are_ordered_and_leave_out_only_white_space(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert sentence.span.start >= end
        assert text[end : sentence.span.start].strip() == ""
        assert sentence.tokens[0].start == sentence.span.start
        assert sentence.tokens[-1].end == sentence.span.end
        assert len(sentence.tokens) <= MAX_TOKENS
        assert "\n" not in sentence.span.of(text)
        end = sentence.span.end
    assert text[end:].strip() == ""


@settings(deadline=None)
@given(TEXTS)
def test_segmentation_repeats_itself(text: str) -> None:
    assert split_sentences(text) == split_sentences(text)
