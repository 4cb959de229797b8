from onrecord.llm.kept import Answer, KeptAnswers, hash_request

ANSWER = Answer(text="{}", whole=True, sent=10, received=2)


def test_an_answer_is_found_by_what_was_asked(tmp_path):
    kept = KeptAnswers(tmp_path / "answers")
    asked = hash_request("m", "codebook", "a report")
    assert kept.find(asked) is None
    kept.keep(asked, ANSWER)
    assert KeptAnswers(tmp_path / "answers").find(asked) == ANSWER
    assert kept.find(hash_request("m", "codebook", "another report")) is None
    assert kept.find(hash_request("other", "codebook", "a report")) is None


def test_a_damaged_answer_counts_as_not_there(tmp_path):
    kept = KeptAnswers(tmp_path)
    kept.keep("ab", ANSWER)
    (file,) = tmp_path.rglob("*.json")
    for damaged in (b"", b"{", b"[]", b'{"text": "x"}', b"\xff"):
        file.write_bytes(damaged)
        assert kept.find("ab") is None


def test_nothing_is_left_beside_an_answer(tmp_path):
    kept = KeptAnswers(tmp_path)
    kept.keep("ab", ANSWER)
    kept.keep("ab", ANSWER)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["ab.json"]
