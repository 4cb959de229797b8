from bench.rewriting.words import in_words, inflect, match_case, number_words, plural


def test_a_phrase_is_inflected_in_its_first_word():
    assert inflect("carry out", "past") == "carried out"
    assert inflect("look into", "ing") == "looking into"


def test_verbs_double_their_last_letter_where_english_does():
    assert inflect("stop", "ing") == "stopping"
    assert inflect("expel", "ing") == "expelling"
    assert inflect("visit", "past") == "visited"
    assert inflect("fix", "past") == "fixed"


def test_irregular_verbs_have_their_forms():
    assert [inflect("take", f) for f in ("s", "past", "part", "ing")] == [
        "takes",
        "took",
        "taken",
        "taking",
    ]


def test_plurals():
    assert [plural(n) for n in ("country", "spokesman", "clash", "day")] == [
        "countries",
        "spokesmen",
        "clashes",
        "days",
    ]
    assert plural("head of state") == "heads of state"


def test_numbers_in_words_and_back():
    assert in_words(0) == "zero"
    assert in_words(118) == "one hundred and eighteen"
    assert in_words(300) == "three hundred"
    assert number_words()["forty-two"] == 42


def test_a_capital_is_kept():
    assert match_case("authorities", "Officials") == "Authorities"
    assert match_case("authorities", "officials") == "authorities"
