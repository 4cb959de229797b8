"""Whom pronouns and descriptions stand for, with the shipped weights."""

import pytest

from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.document import DateBasis, Document
from onrecord.understand.nominals import find_nominals
from tests.support.trees import build_sentence


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


def resolve(kit: Kit, *tables: str) -> dict[str, Nominal]:
    """Return the nominals of hand-parsed sentences by head word, the last counts."""
    text = ""
    sentences: list[Sentence] = []
    for table in tables:
        text += " " if text else ""
        words, sentence = build_sentence(table, start=len(text))
        text += words
        sentences.append(sentence)
    document = Document(
        doc_id="doc-1",
        source_id="r1",
        text=text,
        date=None,
        date_basis=DateBasis.UNKNOWN,
    )
    found = find_nominals(document, tuple(sentences), kit=kit)
    return {sentences[n.sentence].tokens[n.head].text: n for n in found}


SAID = """
Norway Norway PROPN 2 nsubj B-LOC
said say VERB 0 root
it it PRON 5 nsubj O PRP
would would AUX 5 aux
recall recall VERB 2 ccomp
envoys envoy NOUN 5 obj O NNS
"""


def test_who_says_that_it_will_act_means_itself(kit: Kit) -> None:
    found = resolve(kit, SAID)["it"]
    assert (found.name, found.country, found.basis) == ("Norway", "NOR", "coreference")


def test_a_country_and_its_army(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        Chad Chad PROPN 4 nsubj B-LOC
        has have AUX 4 aux
        long long ADV 4 advmod
        moved move VERB 0 root
        its its PRON 6 nmod:poss O PRP$
        army army NOUN 4 obj
        """,
    )
    assert found["its"].country == "TCD"
    assert found["army"].country == "TCD"


MET = """
Angela Angela PROPN 3 nsubj B-PER
Holm Holm PROPN 1 flat I-PER
met meet VERB 0 root
Boris Boris PROPN 3 obj B-PER
Lund Lund PROPN 4 flat I-PER
"""


@pytest.mark.parametrize(
    ("pronoun", "name"), [("She", "Angela Holm"), ("He", "Boris Lund")]
)
def test_a_first_name_tells_who_is_meant(kit: Kit, pronoun: str, name: str) -> None:
    spoke = f"{pronoun} he PRON 2 nsubj O PRP\nspoke speak VERB 0 root"
    assert resolve(kit, MET, spoke)[pronoun].name == name


def test_subject_and_object_of_one_verb_are_two(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        Peter Peter PROPN 3 nsubj B-PER
        Holm Holm PROPN 1 flat I-PER
        praised praise VERB 0 root
        him he PRON 3 obj O PRP
        """,
    )["him"]
    assert found.antecedent is None


def test_i_is_who_speaks_even_behind_the_quotation(kit: Kit) -> None:
    found = resolve(
        kit,
        MET,
        """
        “ “ PUNCT 3 punct
        I I PRON 3 nsubj O PRP
        agree agree VERB 7 ccomp
        , , PUNCT 7 punct
        ” ” PUNCT 3 punct
        Lund Lund PROPN 7 nsubj B-PER
        said say VERB 0 root
        """,
    )["I"]
    assert found.name == "Boris Lund"


def test_who_stands_behind_is_not_meant(kit: Kit) -> None:
    found = resolve(
        kit,
        "It it PRON 2 nsubj O PRP\nvoted vote VERB 0 root",
        "Norway Norway PROPN 2 nsubj B-LOC\nvoted vote VERB 0 root",
    )["It"]
    assert (found.antecedent, found.basis) == (None, "words")


def test_a_report_goes_back_to_an_alliance(kit: Kit) -> None:
    found = resolve(
        kit,
        "NATO NATO PROPN 2 nsubj B-ORG\nmet meet VERB 0 root",
        """
        The the DET 2 det
        alliance alliance NOUN 3 nsubj
        agreed agree VERB 0 root
        """,
    )["alliance"]
    assert (found.name, found.country) == ("NATO", "IGO")
