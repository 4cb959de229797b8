from onrecord.show.marks import Mark, cut_segments, plain_marks


def marked(text, *marks, start=0):
    return plain_marks(cut_segments(text, start, [Mark(*m) for m in marks]))


def test_words_are_put_in_brackets_with_what_they_stand_for():
    assert marked("Kyiv said no", (0, 4, "actor"), (5, 9, "cue")) == (
        "[actor: Kyiv] [cue: said] no"
    )


def test_positions_count_from_the_start_of_the_sentence():
    assert (
        marked("Kyiv said no", (40, 44, "actor"), start=40) == "[actor: Kyiv] said no"
    )


def test_a_mark_within_a_mark_is_nested():
    assert marked("if Minsk agrees", (0, 15, "condition"), (3, 8, "actor")) == (
        "[condition: if [actor: Minsk] agrees]"
    )


def test_two_cells_on_the_same_words_share_a_bracket():
    assert marked("Kyiv denied it", (5, 11, "type"), (5, 11, "cue")) == (
        "Kyiv [type, cue: denied] it"
    )


def test_crossing_marks_are_cut():
    assert marked("a b c", (0, 3, "x"), (2, 5, "y")) == "[x: a [y: b]][y:  c]"


def test_marks_outside_the_sentence_are_left_out():
    assert marked("Kyiv", (0, 4, "actor"), (90, 95, "by")) == "[actor: Kyiv]"


def test_control_characters_never_come_through():
    assert marked("a\x1b[2Jb", (0, 1, "x")) == "[x: a]\\x1b[2Jb"
