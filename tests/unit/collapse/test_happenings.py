"""Tellings compared, followed and gathered."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collapse import (
    Lexemes,
    collapse_tellings,
    happenings,
    load_story_words,
    make_happening,
    make_profiles,
)
from onrecord.collapse.independent import count_origins
from onrecord.collapse.same import chance, conflict, lay_out, pair_features
from onrecord.model.happening import Profile, Status

WORDS = Lexemes(load_story_words())
DAY = dt.date(2019, 3, 4)
SENTENCE = "Riverland met Hillia at Sandport."
ALIKE = {"any": 1.0}
WEIGHTS = {"any": -1.0, "meaning same": 2.0, "actor of another country": -2.0}


@pytest.fixture(autouse=True)
def as_likely_as_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(happenings, "ENOUGH", 0.5)


def party(name: str, entity_id: str, country: str | None = None) -> dict[str, Any]:
    return {"name": name, "text": name, "entity_id": entity_id, "country": country}


RIVERLAND = party("Riverland", "state-riv", "RIV")
HILLIA = party("Hillia", "state-hil", "HIL")


def event(**changed: Any) -> dict[str, Any]:
    row = {
        "telling_id": "tel-1",
        "happening_id": "hap-1",
        "event_id": "evt-1",
        "doc_id": "doc-1",
        "date": DAY,
        "outlet": "Gazette",
        "event_type": "CONSULT",
        "factuality": "happened",
        "mode": "meet",
        "rule": "frames/consult.meet#2",
        "trigger": {"start": 10, "end": 13, "text": "met"},
        "sentence": {"start": 0, "end": 33, "text": SENTENCE},
        "actors": [RIVERLAND],
        "recipients": [HILLIA],
        "places": [{"name": "Sandport", "country": "HIL"}],
        "quantities": [],
        "when_from": DAY,
        "when_to": DAY,
        "when_basis": "publication",
    }
    return {**row, **changed}


def profile(**changed: Any) -> Profile:
    row = event(**changed)
    (found,) = make_profiles([row], date=row["date"], lexemes=WORDS)
    return found


def other(number: int, **changed: Any) -> Profile:
    ids = {"telling_id": f"tel-{number}", "doc_id": f"doc-{number}"}
    return profile(**{**ids, **changed})


def test_profile_keeps_lexicon_ids_and_stems_of_others() -> None:
    envoys = party("two envoys", "ent-17")
    found = profile(actors=[RIVERLAND, envoys])
    assert "state-riv" in found.actors
    assert len(found.actors) == 2
    assert (
        found.actors == profile(actors=[party("the envoy", "ent-9"), RIVERLAND]).actors
    )


def test_day_of_the_report_is_no_day_that_is_said() -> None:
    assert profile().start is None
    said = profile(when_basis="text")
    assert (said.start, said.end) == (DAY.toordinal(), DAY.toordinal())


def test_tellings_days_apart_share_no_key() -> None:
    later = profile(date=DAY + dt.timedelta(days=20))
    assert set(profile().keys).isdisjoint(later.keys)


def test_report_of_the_next_day_shares_a_key() -> None:
    later = profile(date=DAY + dt.timedelta(days=1))
    assert not set(profile().keys).isdisjoint(later.keys)


def test_features_are_the_same_in_either_order() -> None:
    one = profile(quantities=[{"of": "envoys", "value": 3.0}], when_basis="text")
    two = other(2, actors=[HILLIA], recipients=[], event_type="AGREE", mode=None)
    sides = lay_out(one), lay_out(two)
    assert pair_features(*sides) == pair_features(*reversed(sides))


def features(one: Profile, two: Profile) -> dict[str, float]:
    return dict(pair_features(lay_out(one), lay_out(two)))


def test_frames_of_one_meaning_are_alike_whatever_their_type() -> None:
    seized = {"event_type": "COERCE", "rule": "frames/coerce.arrest#1"}
    taken = {"event_type": "ASSAULT", "rule": "frames/assault.abduct#4"}
    found = features(profile(**seized), other(2, **taken))
    assert found["meaning same"] == pytest.approx(0.693)  # ln 2: the only one
    assert "type same" not in found


def test_word_without_a_frame_has_the_meaning_of_its_line() -> None:
    read = {"rule": "reader/event@1.00", "event_type": "AGREE"}
    trigger = {"start": 0, "end": 5, "text": "truce"}
    assert profile(**read, trigger=trigger).meanings == ("truce",)
    assert profile(**read, trigger={**trigger, "text": "thing"}).meanings == ()


def test_frame_without_a_line_has_a_meaning_of_its_own() -> None:
    found = profile(rule="frames/cooperate.trade#1", trigger={"text": "thing"})
    assert found.meanings == ("cooperate.trade",)


def test_word_that_all_of_a_report_has_tells_less_than_another() -> None:
    rows = [
        event(),
        event(
            telling_id="tel-9",
            sentence={"start": 40, "end": 60, "text": "The Riverland envoy left."},
        ),
    ]
    first, _ = make_profiles(rows, date=DAY, lexemes=WORDS)
    rarities = dict(zip(first.things, first.thing_rarities, strict=True))
    assert rarities[WORDS["Riverland"].concept] == 0.405  # ln(3 / 2)
    assert rarities[WORDS["Sandport"].concept] == 1.099  # ln(3 / 1)


def test_words_in_common_are_shared_by_how_rare_they_are() -> None:
    text = "Riverland praised Hillia."
    praised = {"start": 0, "end": 25, "text": text}
    found = features(profile(), other(2, sentence=praised, trigger=praised))
    assert found["words"] == pytest.approx(4 / 7)  # two of four words and of three
    assert found["party words"] == pytest.approx(0.693)  # ln 2


def test_reports_without_words_share_none() -> None:
    empty = {"start": 0, "end": 1, "text": "."}
    found = features(profile(sentence=empty), other(2, sentence=empty))
    assert (found["words"], found["party words"]) == (0.0, 0.0)


def test_chance_adds_weights_times_what_holds() -> None:
    alike = lay_out(profile()), lay_out(other(2))
    assert chance(*alike, {}) == 0.5
    assert chance(*alike, {"type same": 1.0, "words": -1.0}) == 0.5
    assert chance(*alike, {"meaning same": 2.0}) == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize(
    "changed",
    [
        {"factuality": "denied"},
        {"factuality": "planned"},
        {"places": [{"name": "Oslo", "country": "NOR"}]},
    ],
)
def test_conflicts(changed: dict[str, Any]) -> None:
    assert conflict(profile(), other(2, **changed))


def test_other_days_conflict_when_both_are_said() -> None:
    later = {"when_from": DAY + dt.timedelta(3), "when_to": DAY + dt.timedelta(3)}
    one, two = profile(when_basis="text"), other(2, when_basis="text", **later)
    assert conflict(one, two)
    assert not conflict(profile(), two)


def test_telling_follows_an_earlier_one_of_another_report() -> None:
    places = collapse_tellings(
        [other(2, date=DAY + dt.timedelta(1)), profile()], WEIGHTS
    )
    first, second = places
    assert (first.telling_id, first.follows) == ("tel-1", None)
    assert (second.telling_id, second.follows) == ("tel-2", "tel-1")
    assert second.happening_id == first.happening_id


def test_tellings_of_one_report_stay_apart() -> None:
    one, two = collapse_tellings([profile(), other(2, doc_id="doc-1")], WEIGHTS)
    assert one.happening_id != two.happening_id


def test_denial_is_never_merged_with_what_it_denies() -> None:
    told, denial = collapse_tellings(
        [profile(), other(2, factuality="denied")], WEIGHTS
    )
    assert told.happening_id != denial.happening_id
    assert (told.against, denial.against) == (None, "tel-1")


def test_telling_of_another_day_is_not_followed_though_it_comes_first() -> None:
    said = {"when_basis": "text"}
    late = DAY + dt.timedelta(3)
    other_day = other(2, date=late, when_from=late, when_to=late, **said)
    last = other(3, date=late, **said)
    _, second, third = collapse_tellings([profile(date=late), other_day, last], ALIKE)
    assert second.follows == "tel-1"
    assert third.follows == "tel-1"


def test_denial_of_another_day_denies_nothing() -> None:
    said = {"when_basis": "text"}
    late = DAY + dt.timedelta(3)
    denied = {"factuality": "denied", "when_from": late, "when_to": late}
    _, denial = collapse_tellings([profile(**said), other(2, **denied, **said)], ALIKE)
    assert denial.against is None


def test_no_small_steps_lead_from_one_day_to_another() -> None:
    said = {"when_basis": "text"}
    late = DAY + dt.timedelta(3)
    first = other(1, **said)
    bridge = other(2, date=late)
    last = other(3, date=late + dt.timedelta(1), when_from=late, when_to=late, **said)
    one, two, three = collapse_tellings([first, bridge, last], ALIKE)
    assert three.follows == "tel-2"
    assert one.happening_id == two.happening_id != three.happening_id


kinds = st.fixed_dictionaries(
    {
        "factuality": st.sampled_from(("happened", "planned", "denied")),
        "actors": st.sampled_from(([RIVERLAND], [HILLIA], [])),
        "date": st.integers(0, 6).map(lambda days: DAY + dt.timedelta(days)),
        "when_basis": st.sampled_from(("text", "publication")),
        "doc_id": st.sampled_from(("doc-1", "doc-2", "doc-3", "doc-4")),
    }
)


@given(st.lists(kinds, min_size=1, max_size=8), st.randoms())
def test_order_changes_nothing_and_statuses_never_mix(
    listed: list[dict[str, Any]], random: Any
) -> None:
    profiles = [
        profile(
            telling_id=f"tel-{at}", when_from=one["date"], when_to=one["date"], **one
        )
        for at, one in enumerate(listed)
    ]
    places = collapse_tellings(profiles, WEIGHTS)
    random.shuffle(profiles)
    assert collapse_tellings(profiles, WEIGHTS) == places
    statuses: dict[str, set[Status]] = {}
    by_id = {one.telling_id: one for one in profiles}
    for place in places:
        statuses.setdefault(place.happening_id, set()).add(
            by_id[place.telling_id].status
        )
    assert all(len(some) == 1 for some in statuses.values())


def test_numbers_stand_side_by_side() -> None:
    dead = {"of": "people", "low": None, "high": None, "modifier": "exact"}
    rows = [
        event(quantities=[{**dead, "value": 5.0}]),
        event(
            event_id="evt-2",
            doc_id="doc-2",
            telling_id="tel-2",
            outlet="Star",
            quantities=[{**dead, "value": 7.0}],
        ),
    ]
    found = make_happening(rows, [])
    assert [(n.event_id, n.value) for n in found.numbers] == [
        ("evt-1", 5.0),
        ("evt-2", 7.0),
    ]
    assert (found.stories, found.origins, found.tellings) == (2, 2, ("tel-1", "tel-2"))


def test_narrowest_said_time_is_the_happening_s() -> None:
    week = {"when_from": DAY, "when_to": DAY + dt.timedelta(6), "when_basis": "text"}
    rows = [event(), event(**week), event(**{**week, "when_to": DAY + dt.timedelta(1)})]
    found = make_happening(rows, [])
    assert (found.when_from, found.when_to) == (DAY, DAY + dt.timedelta(1))


@pytest.mark.parametrize(
    ("outlets", "links", "origins"),
    [
        ({"a": "Gazette", "b": "Star"}, [], 2),
        ({"a": "Gazette", "b": "gazette"}, [], 1),
        ({"a": None, "b": None}, [], 2),
        ({"a": "Gazette", "b": "Star", "c": None}, [("c", "a")], 2),
        ({"a": "Gazette", "b": "Star"}, [("b", "a"), ("b", "elsewhere")], 1),
    ],
)
def test_origins(
    outlets: dict[str, str | None], links: list[tuple[str, str]], origins: int
) -> None:
    assert count_origins(outlets, links) == origins


def test_profiles_survive_json() -> None:
    found = profile(quantities=[{"of": None, "value": 2.0}])
    assert msgspec.json.decode(msgspec.json.encode(found), type=Profile) == found
