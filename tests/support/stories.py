"""Reports told several times over, and stories of them, for tests."""

import datetime as dt
from collections.abc import Iterable, Sequence

from onrecord.collapse import (
    Comparer,
    Lexemes,
    Placed,
    Stories,
    fingerprint,
    load_story_words,
)
from onrecord.model.document import Document
from tests.support.reports import report

WORDS = load_story_words()
LEXEMES = Lexemes(WORDS)

WIRE = (
    "Foreign Minister Anna Berg told reporters in Oslo on Tuesday that 1,450 troops "
    "would leave the Karsk valley by 14 March. “We will keep every promise that we made"
    " to our neighbours,” Berg said after talks with Ivan Petrov. The ministry said the"
    " army had asked for 12 helicopters. Opposition leader Tor Lund criticised the plan"
    " and demanded a vote in parliament. Berg said the government did not expect new"
    " talks before summer."
)
SPUN = (
    "Foreign Minister Anna Berg informed journalists in Oslo on Tuesday that 1,450"
    " soldiers would depart the Karsk valley by 14 March. “We will keep every promise"
    " that we made to our neighbours,” Berg stated following discussions with Ivan"
    " Petrov. The ministry declared the army had requested 12 helicopters. Opposition"
    " chief Tor Lund condemned the scheme and insisted on a ballot in parliament. Berg"
    " stated the administration did not anticipate fresh discussions before summer."
)
SHORT = WIRE.split(" The ministry")[0]
OTHER_NUMBER = WIRE.replace("1,450", "1,750")
DENIED = WIRE.replace("would leave", "would not leave")
TYPED = WIRE.replace("criticised", "critisised").replace("had asked", "has asked")
APART = (
    "A storm cut power to 30,000 homes in Lower Vell on Sunday, the operator Netz said."
    " Crews from Marn and Odda worked through the night. Mayor Lise Dahl opened two"
    " schools as shelters, and trains between Marn and Vell stood still until noon."
    " Netz expected repairs to take 3 days."
)
PAGE = "Sign up for our newsletter. All rights reserved. Follow us for more."
TEXTS = (WIRE, SPUN, SHORT, OTHER_NUMBER, DENIED, TYPED, APART, PAGE, "Yes.", "No.")


def tell(text: str, day: int | None = 3, outlet: str = "Gazette") -> Document:
    """Return a report of March 2022."""
    return report(text, date=dt.date(2022, 3, day) if day else None, outlet=outlet)


def place(batches: Iterable[Sequence[Document]]) -> dict[str, Placed]:
    """Return by report id what reports given in batches become."""
    batches = [list(batch) for batch in batches]
    texts = {d.doc_id: (d.text, d.body_start) for batch in batches for d in batch}
    stories = Stories(Comparer(LEXEMES, texts.__getitem__).compare_all)
    prints = []
    for batch in batches:
        prints += [fingerprint(document, LEXEMES) for document in batch]
        stories.add(prints[-len(batch) :] if batch else [])
    return {one.doc_id: stories.place_of(one.exact_id) for one in prints}
