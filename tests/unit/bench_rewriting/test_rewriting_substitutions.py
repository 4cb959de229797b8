from bench.rewriting.substitutions import Pair, compile_table, read_pairs


def test_there_are_fifteen_hundred_pairs_and_no_pair_twice():
    pairs = read_pairs()
    assert len(pairs) >= 1_500
    assert len(set(pairs)) == len(pairs)


def test_the_halves_share_no_pair():
    for name in ("synonyms.tsv", "phrases.tsv"):
        tune, held = (set(read_pairs(name, h)) for h in ("tune", "held-out"))
        assert tune.isdisjoint(held)
        assert tune | held == set(read_pairs(name))
        assert min(len(tune), len(held)) > 0.45 * len(tune | held)


def test_no_form_has_one_substitute_in_both_halves():
    pairs = read_pairs()
    tune, held = (
        {(old, new) for old, news in compile_table(pairs, h).items() for new in news}
        for h in ("tune", "held-out")
    )
    assert min(len(tune), len(held)) > 2_000
    assert tune.isdisjoint(held)


def test_a_verb_is_substituted_in_all_its_forms():
    table = compile_table((Pair("v", "tell", "instruct"),))
    assert table == {
        "tell": ("instruct",),
        "tells": ("instructs",),
        "told": ("instructed",),
        "telling": ("instructing",),
    }


def test_a_noun_is_substituted_in_both_numbers():
    table = compile_table((Pair("n", "soldier", "serviceman"),))
    assert table == {"soldier": ("serviceman",), "soldiers": ("servicemen",)}


def test_the_table_knows_what_the_first_page_showed():
    pairs = {(p.old, p.new) for p in read_pairs()}
    assert {("military", "navy"), ("tell", "instruct"), ("official", "authority")} <= (
        pairs
    )
