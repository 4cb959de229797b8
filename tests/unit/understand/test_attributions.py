import pytest

from onrecord.lexicon.cues import load_cues
from onrecord.model.annotation import Form
from onrecord.understand.attributions_hearsay import (
    find_hearsay_sources,
    is_hearsay,
)
from tests.support.real import annotate
from tests.support.trees import build_sentence

CUES = load_cues()

REPORTEDLY = """
Rebels      rebel      NOUN 3 nsubj
reportedly  reportedly ADV  3 advmod
seized      seize      VERB 0 root
Goma        Goma       PROPN 3 obj
and         and        CCONJ 7 cc
police      police     NOUN 7 nsubj
fled        flee       VERB 3 conj
"""
SAID_TO = """
He    he    PRON 3 nsubj:pass
was   be    AUX  3 aux:pass
said  say   VERB 0 root
to    to    PART 6 mark
have  have  AUX  6 aux
fled  flee  VERB 3 xcomp
Goma  Goma  PROPN 6 obj
"""
SAID_BY = """
He      he     PRON 3 nsubj:pass
was     be     AUX  3 aux:pass
said    say    VERB 0 root
by      by     ADP  5 case
police  police NOUN 3 obl:agent
to      to     PART 8 mark
have    have   AUX  8 aux
fled    flee   VERB 3 xcomp
"""


def hearsay(table):
    text, sentence = build_sentence(table)
    return [
        (a.cue.of(text), [c.of(text) for c in a.content], a.speaker.anonymous)
        for a in find_hearsay_sources(0, sentence, CUES)
    ]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (REPORTEDLY, [("reportedly", ["seized Goma"], True)]),
        (SAID_TO, [("was said", ["to have fled Goma"], True)]),
        (SAID_BY, []),
    ],
    ids=["adverb", "passive", "agent"],
)
def test_hearsay(table, found):
    assert hearsay(table) == found


def test_hearsay_is_told_from_a_named_source():
    adoc = annotate("Rebels reportedly seized Goma. Police said they had fled.")
    assert [is_hearsay(a) for a in adoc.attributions] == [True, False]


def said(text):
    """Return speaker, content and form of each attribution that names somebody."""
    return [
        (a.speaker.span.of(text), [c.of(text) for c in a.content], a.form)
        for a in annotate(text).attributions
        if not is_hearsay(a)
    ]


def test_a_line_with_a_colon_opens_a_statement_over_paragraphs():
    text = (
        "The foreign minister, Anna Berg, said:\n\n"
        "I condemn the attack on the convoy.\n\nThe army must withdraw."
    )
    speaker, content, _ = said(text)[0]
    assert "Anna Berg" in text and speaker.startswith(("The foreign", "Anna"))
    assert content == ["I condemn the attack on the convoy.", "The army must withdraw."]


def test_a_block_in_the_third_person_ends_with_its_paragraph():
    text = (
        "The ministry said:\n\nThe road to the port is closed.\n\n"
        "Protesters gathered in the square."
    )
    assert said(text)[0][1] == ["The road to the port is closed."]


def test_a_quotation_goes_on_in_the_next_paragraph():
    text = (
        "“We will not leave,” the mayor said. “Not now.”\n\n"
        "“The army has lied to us.”\n\nThe army did not answer."
    )
    assert said(text)[0][1] == [
        "We will not leave,",
        "Not now.",
        "The army has lied to us.",
    ]


def test_a_cue_inside_a_quotation_does_not_end_it():
    text = (
        "“The army claims that it withdrew,” the mayor said. “It promised that it "
        "would leave. It lied.”"
    )
    mayor = next(content for speaker, content, _ in said(text) if "mayor" in speaker)
    assert "It lied." in mayor[-1]


def test_a_phrase_inside_a_clause_leaves_its_two_sides():
    text = "The bridge, according to the mayor, was mined by the rebels."
    assert said(text) == [
        ("the mayor", ["The bridge", "was mined by the rebels"], Form.INDIRECT)
    ]


def test_each_quotation_goes_to_its_nearest_cue():
    text = "“We won,” the premier said, and the opposition replied, “You cheated.”"
    contents = {speaker: content for speaker, content, _ in said(text)}
    assert contents["the premier"] == ["We won,"]
    assert contents["the opposition"] == ["You cheated."]


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("The minister told Tass that talks would resume.", "told Tass"),
        (
            "Speaking to reporters in Rome, the envoy said the talks had failed.",
            "Speaking to reporters in Rome",
        ),
        (
            "The general said in a televised speech that the war was over.",
            "in a televised speech",
        ),
    ],
    ids=["told", "speaking", "speech"],
)
def test_venue(text, venue):
    found = [a.venue.of(text) for a in annotate(text).attributions if a.venue]
    assert found == [venue]
