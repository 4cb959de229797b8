from hypothesis import given
from hypothesis import strategies as st

from onrecord.code.arguments import find_arguments, find_light_verb
from onrecord.code.frames import match_frames
from onrecord.lexicon.frames import load_frames
from onrecord.model.annotation import Sentence, Token
from onrecord.model.span import Span
from onrecord.ontology import load_ontology

FRAMES = load_frames(load_ontology())
WORDS = (
    "attack",
    "by",
    "Iran",
    "who",
    "launched",
    "talks",
    "off",
    "not",
    "called",
    "é",
)
UPOS = ("VERB", "NOUN", "PROPN", "PRON", "ADP", "ADJ", "AUX", "X")
XPOS = ("VBN", "VBG", "VB", "WP", "NN", "PRP")
RELATIONS = (
    "root", "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "conj", "acl",
    "acl:relcl", "advcl", "xcomp", "ccomp", "amod", "case", "mark", "compound:prt",
    "nmod", "nmod:poss", "aux:pass", "dep",
)  # fmt: skip


@st.composite
def sentences(draw):
    count = draw(st.integers(1, 12))
    tokens = []
    at = 0
    for _ in range(count):
        word = draw(st.sampled_from(WORDS))
        tokens.append(
            Token(
                start=at,
                end=at + len(word),
                text=word,
                upos=draw(st.sampled_from(UPOS)),
                xpos=draw(st.sampled_from(XPOS)),
                lemma=word,
                head=draw(st.integers(-1, count + 1)),
                deprel=draw(st.sampled_from(RELATIONS)),
                name_tag="O",
            )
        )
        at += len(word) + 1
    return Sentence(Span(0, at), 0, tuple(tokens))


@given(sentences())
def test_any_tree_gives_arguments_inside_the_sentence(sentence):
    count = len(sentence.tokens)
    for token in range(count):
        for words in find_arguments(sentence, token).values():
            assert words
            assert len(set(words)) == len(words)
            assert all(0 <= word < count for word in words)
        verb = find_light_verb(sentence, token)
        assert verb is None or 0 <= verb < count


@given(sentences())
def test_matches_hold_their_words_and_share_none_as_head(sentence):
    found = match_frames(sentence, FRAMES)
    assert len({match.token for match in found}) == len(found)
    for match in found:
        assert match.token in match.words
        assert match.trigger.start == sentence.tokens[match.words[0]].start
        assert match.trigger.end == sentence.tokens[match.words[-1]].end
        assert not set(match.actors) & set(match.recipients)
        assert 0 < match.score < 1
