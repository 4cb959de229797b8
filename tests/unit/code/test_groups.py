import msgspec
import pytest

from onrecord.code.groups import expand_groups
from onrecord.model.annotation import Nominal, NominalKind
from onrecord.model.event import Party
from tests.support.mentions import build_choices, build_report, find_span

TALKED = """
Serbia Serbia PROPN 2 nsubj
called call   VERB  0 root
Kosovo Kosovo PROPN 2 obj
"""
AGREED = """
Both   both  DET  2 det
sides  side  NOUN 3 nsubj
agreed agree VERB 0 root
"""


def nominal(adoc, words: str, sentence: int, head: int, country=None) -> Nominal:
    return Nominal(
        sentence=sentence,
        head=head,
        span=find_span(adoc, words),
        kind=NominalKind.COUNTRY if country else NominalKind.OTHER,
        name=words,
        entity_id=f"ent-{words}",
        basis="lexicon" if country else "words",
        country=country,
    )


def expand(*countries: str | None):
    adoc = build_report(TALKED, AGREED)
    named = zip(("Serbia", "Kosovo"), (0, 2), countries, strict=True)
    found = [nominal(adoc, words, 0, head, land) for words, head, land in named]
    group = nominal(adoc, "Both sides", 1, 1)
    adoc = msgspec.structs.replace(adoc, nominals=(*found, group))
    party = Party(
        span=group.span, name="Both sides", entity_id="ent-both", basis="words"
    )
    return expand_groups(adoc, 1, [party], build_choices()), group


def test_both_sides_are_the_two_parties_named_last():
    parties, group = expand("SRB", "KOS")
    assert [p.country for p in parties] == ["SRB", "KOS"]
    assert {p.span for p in parties} == {group.span}


def test_each_member_says_where_it_was_named():
    (serbia, _), _ = expand("SRB", "KOS")
    assert (serbia.name, serbia.basis) == ("Serbia", "coreference")
    assert serbia.antecedent.start == 0


@pytest.mark.parametrize("countries", [("SRB", None), ("SRB", "SRB"), (None, None)])
def test_a_group_of_which_too_few_were_named_stays_one(countries):
    parties, _ = expand(*countries)
    assert [p.name for p in parties] == ["Both sides"]
