"""Who is meant: names, titles, roles, owners, descriptions, pronouns."""

import datetime as dt

import pytest

from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.document import DateBasis, Document
from onrecord.understand.nominals import collect_entities, find_nominals
from tests.support.trees import build_sentence


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


def resolve(
    kit: Kit, *tables: str, date: dt.date | None = dt.date(2022, 1, 29)
) -> dict[str, Nominal]:
    """Return the nominals of hand-parsed sentences by head word, the last counts."""
    text = ""
    sentences: list[Sentence] = []
    for table in tables:
        if text:
            text += " "
        words, sentence = build_sentence(table, start=len(text))
        text += words
        sentences.append(sentence)
    document = Document(
        doc_id="doc-1",
        source_id="r1",
        text=text,
        date=date,
        date_basis=DateBasis.GIVEN if date else DateBasis.UNKNOWN,
    )
    found = find_nominals(document, tuple(sentences), kit=kit)
    return {sentences[n.sentence].tokens[n.head].text: n for n in found}


AUSTIN = """
US US PROPN 3 compound
Defense Defense PROPN 3 compound
Secretary Secretary PROPN 4 nmod:desc
Lloyd Lloyd PROPN 6 nsubj B-PER
Austin Austin PROPN 4 flat I-PER
spoke speak VERB 0 root
"""


def test_a_person_of_the_lexicon_has_the_office_of_the_day(kit: Kit) -> None:
    found = resolve(kit, AUSTIN)["Lloyd"]
    assert found.name == "Lloyd Austin"
    assert found.role == "Secretary of Defense"
    assert (found.country, found.sectors) == ("USA", ("GOV", "MIL"))
    assert found.basis == "lexicon"


def test_an_office_that_was_left_is_former(kit: Kit) -> None:
    found = resolve(kit, AUSTIN, date=dt.date(2025, 6, 1))["Lloyd"]
    assert found.role == "former Secretary of Defense"


def test_a_title_is_no_phrase_of_its_own(kit: Kit) -> None:
    assert "Secretary" not in resolve(kit, AUSTIN)


FORCES = """
Ukrainian Ukrainian ADJ 2 amod
forces force NOUN 3 nsubj
shelled shell VERB 0 root
towns town NOUN 3 obj
"""


def test_a_role_noun_takes_its_country_from_an_adjective(kit: Kit) -> None:
    found = resolve(kit, FORCES)["forces"]
    assert (found.country, found.sectors) == ("UKR", ("MIL",))
    assert (found.kind, found.basis) == (NominalKind.GROUP, "modifier")
    assert found.name == "Ukrainian forces"


def test_the_adjective_names_the_country(kit: Kit) -> None:
    found = resolve(kit, FORCES)["Ukrainian"]
    assert (found.name, found.country) == ("Ukraine", "UKR")


def test_a_senior_official_in_an_administration_is_anonymous(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        A a DET 3 det
        senior senior ADJ 3 amod
        official official NOUN 8 nsubj
        in in ADP 7 case
        Biden Biden PROPN 7 nmod:poss B-PER
        's 's PART 5 case
        administration administration NOUN 3 nmod
        spoke speak VERB 0 root
        """,
    )["official"]
    assert found.country == "USA"
    assert found.anonymous
    assert found.basis == "modifier"


def test_a_backed_group_is_not_of_its_backer(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        Iran Iran PROPN 3 obl
        - - PUNCT 3 punct
        backed back VERB 4 amod
        fighters fighter NOUN 5 nsubj
        entered enter VERB 0 root
        Aleppo Aleppo PROPN 5 obj B-LOC
        """,
    )["fighters"]
    assert found.basis != "modifier"


SPOKESMAN = """
Its its PRON 2 nmod:poss
neighbour neighbour NOUN 3 nsubj
protested protest VERB 0 root
"""


def test_a_neighbour_is_of_another_country(kit: Kit) -> None:
    found = resolve(kit, FORCES, SPOKESMAN)
    assert found["Its"].country == "UKR"
    assert found["neighbour"].country is None


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("Moscow Moscow PROPN 2 nsubj B-LOC\nwarned warn VERB 0 root", "country"),
        (
            """
            He he PRON 2 nsubj
            flew fly VERB 0 root
            to to ADP 4 case
            Moscow Moscow PROPN 2 obl B-LOC
            """,
            "place",
        ),
    ],
    ids=["subject", "goal"],
)
def test_a_capital_acts_or_is_a_place(kit: Kit, table: str, kind: str) -> None:
    found = resolve(kit, table)["Moscow"]
    assert (found.kind.value, found.country) == (kind, "RUS")


TUSK = """
Foreign foreign ADJ 2 amod
minister minister NOUN 3 nmod:desc
Jan Jan PROPN 5 nsubj B-PER
Kowal Kowal PROPN 3 flat I-PER
visited visit VERB 0 root
Poland Poland PROPN 5 obj B-LOC
"""
LATER = """
Kowal Kowal PROPN 2 nsubj B-PER
spoke speak VERB 0 root
"""


def test_a_surname_goes_back_to_the_full_name(kit: Kit) -> None:
    found = resolve(kit, TUSK, LATER)["Kowal"]
    assert found.name == "Jan Kowal"
    assert found.role == "Foreign minister"
    assert found.basis == "surname"
    assert found.antecedent is not None


ALLIANCE = """
The the DET 2 det
alliance alliance NOUN 3 nsubj
agreed agree VERB 0 root
"""
NATO = "NATO NATO PROPN 2 nsubj B-ORG\nmet meet VERB 0 root"


def test_a_description_goes_back_to_what_is_called_so(kit: Kit) -> None:
    found = resolve(kit, NATO, ALLIANCE)["alliance"]
    assert (found.name, found.country) == ("NATO", "IGO")
    assert found.basis == "coreference"


def test_a_description_without_its_antecedent_stays_unknown(kit: Kit) -> None:
    found = resolve(kit, ALLIANCE)["alliance"]
    assert (found.country, found.antecedent) == (None, None)


def test_it_goes_back_to_the_country_not_the_person(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        Russia Russia PROPN 2 nsubj B-LOC
        told tell VERB 0 root
        Lavrov Lavrov PROPN 2 obj B-PER
        that that SCONJ 6 mark
        it it PRON 6 nsubj
        agreed agree VERB 2 ccomp
        """,
    )["it"]
    assert (found.name, found.country, found.pronoun) == ("Russia", "RUS", True)


def test_he_and_him_in_one_clause_are_two(kit: Kit) -> None:
    found = resolve(
        kit,
        AUSTIN,
        """
        Lavrov Lavrov PROPN 2 nsubj B-PER
        met meet VERB 0 root
        him he PRON 2 obj
        """,
    )["him"]
    assert found.name == "Lloyd Austin"


def test_we_in_a_quotation_is_its_speaker(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        “ “ PUNCT 3 punct
        We we PRON 3 nsubj
        agree agree VERB 6 ccomp
        ” ” PUNCT 3 punct
        Lavrov Lavrov PROPN 6 nsubj B-PER
        said say VERB 0 root
        """,
        """
        “ “ PUNCT 4 punct
        We we PRON 4 nsubj
        will will AUX 4 aux
        wait wait VERB 0 root
        ” ” PUNCT 4 punct
        """,
    )["We"]
    assert (found.name, found.country) == ("Sergey Lavrov", "RUS")


def test_who_is_the_noun_before_its_clause(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        Chechen Chechen ADJ 2 amod
        rebels rebel NOUN 5 nsubj
        who who PRON 4 nsubj
        fled flee VERB 2 acl:relcl
        returned return VERB 0 root
        """,
    )["who"]
    assert (found.country, found.sectors) == ("RUS", ("REB",))


def test_an_apposition_says_where_a_name_is_from(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        Anna Anna PROPN 8 nsubj B-PER
        Berg Berg PROPN 1 flat I-PER
        , , PUNCT 5 punct
        Norwegian norwegian ADJ 5 amod
        envoy envoy NOUN 1 appos
        , , PUNCT 5 punct
        has have AUX 8 aux
        left leave VERB 0 root
        """,
    )
    assert (found["Anna"].country, found["Anna"].role) == ("NOR", "Norwegian envoy")
    assert found["envoy"].name == "Anna Berg"
    assert not found["envoy"].anonymous


def test_police_without_a_country_are_of_where_the_report_is(kit: Kit) -> None:
    found = resolve(
        kit,
        """
        In in ADP 2 case
        Lima Lima PROPN 4 obl B-LOC
        police police NOUN 4 nsubj
        fired fire VERB 0 root
        """,
    )["police"]
    assert (found.country, found.basis) == ("PER", "coreference")
    assert found.antecedent is not None


@pytest.mark.parametrize("word", ["Western", "foreign"])
def test_western_and_foreign_are_of_no_country(kit: Kit, word: str) -> None:
    table = f"""
    {word} {word} ADJ 2 amod
    officials official NOUN 3 nsubj
    met meet VERB 0 root
    Putin Putin PROPN 3 obj B-PER
    """
    assert resolve(kit, table)["officials"].country is None


@pytest.mark.parametrize(
    ("determiner", "noun", "anonymous"),
    [
        ("A", "spokesman", True),
        ("The", "spokesman", False),
        ("The", "official", True),
        ("The", "ministry", False),
        ("The", "police", False),
    ],
)
def test_unnamed_persons_are_anonymous_institutions_not(
    kit: Kit, determiner: str, noun: str, anonymous: bool
) -> None:
    table = f"""
    {determiner} {determiner.lower()} DET 2 det
    {noun} {noun} NOUN 3 nsubj
    spoke speak VERB 0 root
    """
    assert resolve(kit, table)[noun].anonymous is anonymous


def test_a_phrase_leaves_out_its_relative_clause(kit: Kit) -> None:
    table = """
    The the DET 2 det
    rebels rebel NOUN 5 nsubj
    who who PRON 4 nsubj
    fled flee VERB 2 acl:relcl
    returned return VERB 0 root
    """
    found = resolve(kit, table)["rebels"]
    assert (found.span.start, found.span.end) == (0, len("The rebels"))


def test_an_entity_gathers_all_mentions_and_nothing_unknown(kit: Kit) -> None:
    found = resolve(kit, TUSK, LATER)
    entities = collect_entities(tuple(found.values()))
    kowal = [e for e in entities if e.name == "Jan Kowal"]
    assert [len(e.mentions) for e in kowal] == [2]
    assert {e.name for e in entities} == {"Jan Kowal", "Poland"}


MINISTER = """
Minister Minister PROPN 2 nmod:desc
Rajapaksa Rajapaksa PROPN 3 nsubj B-PER
spoke speak VERB 0 root
"""


def test_a_surname_two_ministers_share_is_not_guessed(kit: Kit) -> None:
    found = resolve(kit, MINISTER)["Rajapaksa"]
    assert found.name == "Rajapaksa"
    assert found.basis == "agent"


def test_a_surname_only_one_minister_had_is_that_one(kit: Kit) -> None:
    found = resolve(kit, MINISTER, date=dt.date(2020, 1, 15))["Rajapaksa"]
    assert found.name == "Mahinda Rajapaksa"
