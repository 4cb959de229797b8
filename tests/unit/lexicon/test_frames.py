import shutil

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon.frames import FOLDER, load_frames
from onrecord.model.event import EventType
from onrecord.ontology import load_ontology

ONTOLOGY = load_ontology()
GOOD = """
[[frame]]
id = "agree.test"
event_type = "AGREE"
verbs = ["frobnicate"]
[[frame.example]]
text = "Rome frobnicated."
trigger = "frobnicated"
"""


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "frames")


def add(folder, text, name="agree.toml"):
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


def problems(folder):
    with pytest.raises(LexiconError) as caught:
        load_frames(ONTOLOGY, folder=folder)
    return caught.value.problems


def test_shipped_frames_cover_every_type():
    frames = load_frames(ONTOLOGY).frames
    assert {frame.event_type for frame in frames} == set(EventType)
    assert len(frames) >= 300


def test_irregular_form_leads_to_its_lemma():
    lexicon = load_frames(ONTOLOGY)
    assert lexicon.forms("verb", "swore", "swore") == lexicon.index["verb", "swear"]


def test_word_that_is_in_no_frame_has_no_forms():
    assert load_frames(ONTOLOGY).forms("verb", "yodel", "yodelled") == ()


def test_form_never_measured_takes_its_frames_precision(folder):
    add(folder, GOOD)
    lexicon = load_frames(ONTOLOGY, folder=folder)
    assert lexicon.index["verb", "frobnicate"][0].precision == 0.5


def test_form_seldom_seen_is_drawn_towards_its_frame(folder):
    add(folder, GOOD.replace('"frobnicate"', '"frobnicate", "yodel"'))
    with (folder / "precision.tsv").open("a", encoding="utf-8") as stream:
        stream.write("agree.test\tfrobnicate\t6\t6\nagree.test\tyodel\t2\t0\n")
    lexicon = load_frames(ONTOLOGY, folder=folder)
    assert lexicon.index["verb", "frobnicate"][0].frame.precision == 0.7
    assert lexicon.index["verb", "frobnicate"][0].precision == 0.925
    assert lexicon.index["verb", "yodel"][0].precision == 0.35


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param("verbs", "verps", "verps", id="unknown key"),
        pytest.param('"AGREE"', '"AGREES"', "AGREES", id="unknown type"),
        pytest.param('"AGREE"', '"AID"', "stands in the file of AGREE", id="file"),
        pytest.param(
            "verbs", 'mode = "loud"\nverbs', "AGREE has no mode loud", id="mode"
        ),
        pytest.param(
            "verbs", 'needs = { thing = ["x"] }\nverbs', "'thing'", id="argument"
        ),
        pytest.param(
            "verbs", 'needs = { obj = ["@no"] }\nverbs', "@no is no class", id="class"
        ),
        pytest.param('"frobnicated"', '"yodelled"', "its example", id="example"),
        pytest.param('["frobnicate"]', "[]", "no verbs, nouns", id="no forms"),
        pytest.param('"frobnicate"', '"Frobnicate"', "lower case", id="capitals"),
        pytest.param(
            '"frobnicate"', '"reject"', "calls up AGREE in agree.test", id="clash"
        ),
    ],
)
def test_broken_frame_is_named_with_its_line(folder, old, new, what):
    end = add(folder, GOOD.replace(old, new, 1))
    found = problems(folder)
    line = end - len(GOOD.replace(old, new, 1).splitlines()) + 3
    assert any(what in problem for problem in found)
    assert any(
        problem.startswith((f"agree.toml:{line}: agree.test", "reject.toml:"))
        for problem in found
    )


def test_frame_without_example_is_a_problem(folder):
    add(folder, GOOD.partition("[[frame.example]]")[0])
    assert [p for p in problems(folder) if p.endswith("agree.test: no example")]


def test_id_given_twice_is_a_problem(folder):
    add(folder, GOOD)
    add(folder, GOOD.replace("frobnicate", "yodel"))
    assert [p for p in problems(folder) if "agree.test stands in agree.toml" in p]


def test_all_problems_are_told_at_once(folder):
    add(folder, GOOD.replace("verbs", "verps"))
    (folder / "aid.toml").unlink()
    found = problems(folder)
    assert "aid.toml:1: the file is missing" in found
    assert len(found) == 2
