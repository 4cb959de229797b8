import datetime as dt

from onrecord.code.circumstances import find_when, find_where, is_historical
from onrecord.model.annotation import Place, PlaceRole, Precision, Timex, TimexType
from onrecord.model.event import Factuality, WhenBasis
from onrecord.model.span import Span
from tests.support.trees import build_sentence

DRILLS = """
Russia    Russia  PROPN 2 nsubj
launched  launch  VERB  0 root
drills    drill   NOUN  2 obj
involving involve VERB  3 acl
ships     ship    NOUN  4 obj
in        in      ADP   7 case
Odesa     Odesa   PROPN 5 nmod
,         ,       PUNCT 9 punct
raising   raise   VERB  3 acl
fears     fear    NOUN  9 obj
in        in      ADP   12 case
Kyiv      Kyiv    PROPN 9 obl
"""
PUBLISHED = dt.date(2022, 1, 29)


def place(text, name, role=PlaceRole.PLACE):
    start = text.index(name)
    return Place(
        span=Span(start, start + len(name)),
        sentence=0,
        name=name,
        precision=Precision.CITY,
        role=role,
        basis="table",
    )


def test_places_of_a_participle_are_the_acts_own_those_behind_a_comma_not():
    text, sentence = build_sentence(DRILLS)
    places = [place(text, "Odesa"), place(text, "Kyiv")]
    assert [p.name for p in find_where(sentence, 1, places)] == ["Odesa"]


def test_a_name_that_stands_for_a_government_is_no_place():
    text, sentence = build_sentence(DRILLS)
    places = [place(text, "Odesa", PlaceRole.ACTOR)]
    assert find_where(sentence, 1, places) == ()


def test_what_happened_without_a_time_has_the_publication_date():
    _, sentence = build_sentence(DRILLS)
    when = find_when(
        sentence, 1, [], published=PUBLISHED, factuality=Factuality.HAPPENED
    )
    assert (when.start, when.basis) == (PUBLISHED, WhenBasis.PUBLICATION)


def test_what_did_not_happen_has_no_time_that_is_not_said():
    _, sentence = build_sentence(DRILLS)
    assert (
        find_when(sentence, 1, [], published=PUBLISHED, factuality=Factuality.PLANNED)
        is None
    )


def test_an_act_of_eight_years_ago_is_historical():
    text, sentence = build_sentence(
        "They they PRON 2 nsubj\nleft leave VERB 0 root\n2014 2014 NUM 2 obl"
    )
    year = Timex(
        span=Span(text.index("2014"), len(text)),
        sentence=0,
        type=TimexType.DATE,
        value="2014",
        start=dt.date(2014, 1, 1),
        end=dt.date(2014, 12, 31),
        granularity="year",
        rule="test",
    )
    when = find_when(
        sentence, 1, [year], published=PUBLISHED, factuality=Factuality.HAPPENED
    )
    assert (when.basis, is_historical(when, PUBLISHED)) == (WhenBasis.TEXT, True)
