"""What holds for stories of any reports, in any order, however batched."""

import itertools
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collapse import collapse, index
from onrecord.model.document import Document
from onrecord.model.story import Relation
from tests.support.stories import TEXTS, WORDS, place, tell

WORDS_OF_SOME = ("Berg", "Oslo", "Lund", "1,450", "12", "not", "talks", "said", "army.")

copies = st.builds(
    tell,
    st.sampled_from(TEXTS),
    st.sampled_from((None, 1, 2, 3)),
    st.sampled_from(("Gazette", "Post", "Star")),
)
noise = st.builds(
    tell,
    st.lists(st.sampled_from(WORDS_OF_SOME), min_size=1, max_size=40).map(" ".join),
    st.integers(1, 28),
)
reports = st.lists(
    copies | noise, min_size=1, max_size=14, unique_by=lambda d: d.doc_id
)


def cut(listed: list[Document], at: list[int]) -> list[list[Document]]:
    places = [0, *sorted(at), len(listed)]
    return [listed[a:b] for a, b in itertools.pairwise(places)]


@settings(deadline=None, max_examples=40)
@given(reports, st.data())
def test_order_and_batches_change_no_story(listed: list[Document], data: Any) -> None:
    shuffled = data.draw(st.permutations(listed))
    at = data.draw(st.lists(st.integers(0, len(listed)), max_size=len(listed)))
    assert place([listed]) == place(cut(list(shuffled), at))


@settings(deadline=None, max_examples=40)
@given(reports, st.data())
def test_order_changes_nothing_where_many_share_a_key(
    listed: list[Document], data: Any
) -> None:
    shuffled = data.draw(st.permutations(listed))
    with patch.object(index, "WINDOW", 2), patch.object(index, "REBUILD", 3):
        assert place([listed]) == place([[d] for d in shuffled])


@settings(deadline=None, max_examples=40)
@given(reports)
def test_every_report_is_in_one_story_with_one_original(listed: list[Document]) -> None:
    collapsed, _ = collapse(listed, WORDS)
    originals = {s.story_id: s.original for s in collapsed.stories}
    assert [m.doc_id for m in collapsed.memberships] == sorted(d.doc_id for d in listed)
    for place_ in collapsed.memberships:
        is_original = originals[place_.story_id] == place_.doc_id
        assert is_original == (place_.relation is Relation.ORIGINAL)


@settings(deadline=None, max_examples=40)
@given(reports, st.sampled_from(("Echo", "Herald")))
def test_one_more_copy_makes_no_story(listed: list[Document], outlet: str) -> None:
    copy = tell(listed[0].text, 28, outlet)
    before, _ = collapse(listed, WORDS)
    after, _ = collapse([*listed, copy], WORDS)
    assert len(after.stories) == len(before.stories)
    assert {s.story_id for s in after.stories} == {s.story_id for s in before.stories}


@settings(deadline=None, max_examples=40)
@given(reports)
def test_stories_of_the_same_reports_again_are_the_same(listed: list[Document]) -> None:
    assert place([listed, listed]) == place([listed])
