from types import SimpleNamespace

import msgspec
import pytest

from onrecord.code.roles import find_roles
from onrecord.code.trigger import Candidate
from onrecord.model.annotation import Nominal, NominalKind, TriggerScore
from onrecord.model.event import EventType
from onrecord.model.lookup import by_head
from tests.support.trees import build_sentence

TEXT, SENTENCE = build_sentence(
    """
    Kenya Kenya PROPN 2 nsubj
    attacked attack VERB 0 root
    Somalia Somalia PROPN 2 obj
    near near ADP 5 case
    Wajir Wajir PROPN 2 obl
    . . PUNCT 2 punct
    """
)
KENYA, SOMALIA, WAJIR = 0, 2, 4


def nominal(head, kind=NominalKind.COUNTRY, basis="lexicon"):
    token = SENTENCE.tokens[head]
    return Nominal(
        sentence=0,
        head=head,
        span=token.span,
        kind=kind,
        name=token.text,
        entity_id=token.text,
        basis=basis,
    )


NOMINALS = (nominal(KENYA), nominal(SOMALIA), nominal(WAJIR))


def link(actors, recipients):
    return TriggerScore(1, (0.0,) * 17, (1.0, 0.0, 0.0, 0.0, 0.0), actors, recipients)


def roles(actors, recipients, nominals=NOMINALS):
    """Return the words in either role where the reader's links are these."""
    return find(link(actors, recipients), nominals)


def find(score, nominals=NOMINALS, match=None):
    candidate = Candidate(
        token=1,
        span=SENTENCE.tokens[1].span,
        event_type=EventType.ASSAULT,
        confidence=0.9,
        rule="reader/event@0.99",
        score=score,
        match=match,
    )
    found = find_roles(0, SENTENCE, candidate, by_head(nominals))
    return tuple(tuple(p.span.of(TEXT) for p in side) for side in found)


def test_links_and_slots_fill_both_roles():
    assert roles(((KENYA, 0.9),), ((SOMALIA, 0.9),)) == (("Kenya",), ("Somalia",))


@pytest.mark.parametrize(
    ("weaker", "expected"),
    [(0.6, ("Somalia",)), (0.9, ("Somalia", "Wajir"))],
    ids=["far-behind", "close-behind"],
)
def test_a_party_far_behind_the_best_has_no_role(weaker, expected):
    links = ((SOMALIA, 0.8), (WAJIR, weaker))
    assert roles(((KENYA, 0.9),), links)[1] == expected


@pytest.mark.parametrize(
    ("strength", "expected"), [(0.7, ()), (0.8, ("Somalia",))], ids=["weak", "strong"]
)
def test_a_place_is_acted_on_only_by_a_strong_link(strength, expected):
    place = nominal(SOMALIA, NominalKind.PLACE)
    found = roles(((KENYA, 0.9),), ((SOMALIA, strength),), (NOMINALS[0], place))
    assert found[1] == expected


@pytest.mark.parametrize(
    ("basis", "expected"), [("words", ()), ("agent", ("Somalia",))]
)
def test_a_thing_needs_more_than_a_party(basis, expected):
    object_ = msgspec.structs.replace(NOMINALS[1], basis=basis)
    found = roles(((KENYA, 0.9),), ((SOMALIA, 0.6),), (NOMINALS[0], object_))
    assert found[1] == expected


def test_without_links_the_slots_decide():
    assert find(None) == (("Kenya",), ("Somalia",))


@pytest.mark.parametrize(
    ("as_recipient", "expected"),
    [
        (0.9, (("Kenya",), ("Somalia",))),
        (0.4, (("Kenya", "Somalia"), ())),
    ],
    ids=["against-somebody", "with-somebody"],
)
def test_a_mutual_act_has_a_recipient_where_the_reader_is_clear(as_recipient, expected):
    mutual = SimpleNamespace(
        frame=SimpleNamespace(mutual=True), actors=(KENYA,), recipients=(SOMALIA,)
    )
    assert find(link(((KENYA, 0.9),), ((SOMALIA, as_recipient),)), match=mutual) == (
        expected
    )


def test_nobody_stands_on_both_sides():
    links = ((KENYA, 0.9),)
    assert roles(links, links) == (("Kenya",), ())


def test_the_subject_acts_where_neither_reader_nor_frame_says_who():
    nobody = SimpleNamespace(
        frame=SimpleNamespace(mutual=False), actors=(), recipients=(SOMALIA,)
    )
    found = find(link((), ((SOMALIA, 0.9),)), match=nobody)
    assert found == (("Kenya",), ("Somalia",))
