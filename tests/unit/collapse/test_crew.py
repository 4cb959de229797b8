from functools import partial

from onrecord.collapse import Comparer, Stories, fingerprint, start_crew
from tests.support.stories import LEXEMES, TEXTS, tell

REPORTS = [tell(text, day) for day, text in enumerate(TEXTS, 1)]
BODIES = {d.doc_id: (d.text, d.body_start) for d in REPORTS}
PRINTS = [fingerprint(report, LEXEMES) for report in REPORTS]


def test_another_process_makes_the_same_fingerprints_and_stories() -> None:
    alone = Stories(Comparer(LEXEMES, BODIES.__getitem__).compare_all)
    alone.add(PRINTS)
    with start_crew(1) as crew:
        helped = Stories(partial(crew.compare, body_of=BODIES.__getitem__))
        helped.add(PRINTS)
        assert list(crew.fingerprints(REPORTS)) == PRINTS
    places = [
        (helped.place_of(x), alone.place_of(x)) for x in {p.exact_id for p in PRINTS}
    ]
    assert all(one == other for one, other in places)
