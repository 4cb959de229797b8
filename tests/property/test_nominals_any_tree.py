"""Nominals hold for every tree: spans inside, one a head, same in same out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.lexicon.kit import load_kit
from onrecord.model.annotation import Sentence, Token
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.understand.nominals import collect_entities, find_nominals

KIT = load_kit()
WORD_LIST = """
Russia Russian Moscow Putin Boris Johnson president the The a of in his he it We who
officials US - backed 's , . “ ” said U.S. 😀 NATO Ministry London é 12
"""
RELATION_LIST = """
nsubj obj obl nmod nmod:poss amod compound flat appos conj cop case det punct acl:relcl
nmod:desc root expl dep
"""
WORDS = st.sampled_from(WORD_LIST.split())
RELATIONS = st.sampled_from(RELATION_LIST.split())
TAGS = st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "B-ORG", "I-ORG"])
UPOS = st.sampled_from(
    ["NOUN", "PROPN", "PRON", "ADJ", "VERB", "PUNCT", "DET", "ADP", "NUM", "PART"]
)
ROWS = st.lists(
    st.lists(
        st.tuples(WORDS, UPOS, RELATIONS, TAGS, st.integers(-1, 12)),
        min_size=1,
        max_size=10,
    ),
    min_size=1,
    max_size=4,
)


def as_report(
    rows: list[list[tuple[str, str, str, str, int]]],
) -> tuple[Document, tuple[Sentence, ...]]:
    text = ""
    sentences = []
    for row in rows:
        tokens = []
        for word, upos, relation, tag, head in row:
            start = len(text)
            text += f"{word} "
            tokens.append(
                Token(
                    start,
                    start + len(word),
                    word,
                    upos,
                    "NNS",
                    word.lower(),
                    head,
                    relation,
                    tag,
                )
            )
        span = Span(tokens[0].start, tokens[-1].end)
        sentences.append(Sentence(span, 0, tuple(tokens)))
    return Document(doc_id="d", source_id="s", text=text), tuple(sentences)


@settings(deadline=None)
@given(ROWS)
def test_any_tree_gives_sound_nominals(
    rows: list[list[tuple[str, str, str, str, int]]],
) -> None:
    document, sentences = as_report(rows)
    found = find_nominals(document, sentences, kit=KIT)
    heads = [(n.sentence, n.head) for n in found]
    assert heads == sorted(set(heads))
    for nominal in found:
        sentence = sentences[nominal.sentence]
        assert sentence.span.covers(nominal.span)
        assert nominal.span.covers(sentence.tokens[nominal.head].span)
        assert nominal.name
        if nominal.antecedent is not None:
            assert document.body.covers(nominal.antecedent)
    mentions = {m for e in collect_entities(found) for m in e.mentions}
    assert mentions <= {n.span for n in found}


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_the_same_report_gives_the_same_nominals(
    rows: list[list[tuple[str, str, str, str, int]]],
) -> None:
    document, sentences = as_report(rows)
    first = find_nominals(document, sentences, kit=KIT)
    assert find_nominals(document, sentences, kit=KIT) == first
