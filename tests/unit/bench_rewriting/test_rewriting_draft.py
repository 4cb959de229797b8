import datetime as dt

from bench.rewriting.draft import Piece, make_draft, put, render, replace_in
from onrecord.model.span import Span

DAY = dt.date(2020, 5, 1)
TEXT = "Rebels took Kidal. The army fled.\n\nIt was the third town to fall."


def test_a_draft_renders_to_the_text_it_was_made_of():
    assert render(make_draft("s", TEXT, date=DAY)) == (TEXT, ())


def test_changed_pieces_are_found_in_the_text():
    draft = make_draft("s", TEXT, date=DAY)
    new = replace_in(draft.sentences[1], "army", "navy")
    text, changed = render(put(draft, [[draft.sentences[0], new]]))
    assert text == "Rebels took Kidal. The navy fled."
    assert [span.of(text) for span in changed] == ["navy"]
    assert changed == (Span(23, 27),)


def test_words_are_replaced_at_a_place():
    made = replace_in((Piece("two of two men"),), "two", "six", start=7)
    assert made == (Piece("two of "), Piece("six", changed=True), Piece(" men"))


def test_words_that_were_replaced_are_not_replaced_again():
    once = replace_in((Piece("the army"),), "army", "army corps")
    assert replace_in(once, "army", "navy") == once


def test_a_sentence_without_the_words_stays():
    sentence = (Piece("The army fled."),)
    assert replace_in(sentence, "navy", "army") == sentence
