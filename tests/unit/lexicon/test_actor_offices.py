"""The shipped people and their offices: what must hold of every row."""

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise

import pytest

from onrecord.lexicon import actors as module
from onrecord.lexicon.actor_files import OFFICES, PERSONS
from onrecord.lexicon.actors import ActorLexicon, load_actors
from onrecord.lexicon.files import read_tsv
from onrecord.ontology import load_ontology

# Held by one person at a time in a country.
SINGLE = frozenset(
    {
        "President",
        "Prime Minister",
        "Premier",
        "Chancellor",
        "Taoiseach",
        "King",
        "Emir",
        "Supreme Leader",
        "Pope",
        "Foreign Minister",
        "External Affairs Minister",
        "Foreign Secretary",
        "Secretary of State",
        "Defence Minister",
        "Defence Secretary",
        "Secretary of Defense",
        "Interior Minister",
        "Home Secretary",
        "Attorney General",
        "CIA Director",
        "UN Secretary-General",
        "NATO Secretary General",
        "IAEA Director General",
    }
)
# Two governments or two presidents at once, or one who acts for a sick one.
RIVALS = frozenset(
    {
        ("LBY", "Prime Minister"),
        ("MDG", "President"),
        ("ZMB", "President"),
    }
)
DATED_TO_THE_MONTH = dt.timedelta(days=31)
NEVER = dt.date.max


def offices() -> list[dict[str, str]]:
    rows = read_tsv(module.FOLDER / "offices.tsv", OFFICES)
    return [dict(zip(OFFICES, cells, strict=True)) for _, cells in rows]


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return load_actors(load_ontology())


def test_every_office_has_a_country_sectors_a_role_and_a_beginning() -> None:
    needed = ("country", "sectors", "role", "from")
    bare = [row for row in offices() if not all(row[cell] for cell in needed)]
    assert bare == []


def test_no_office_of_one_is_held_by_two_at_once() -> None:
    held: dict[tuple[str, str], list[tuple[dt.date, dt.date, str]]] = defaultdict(list)
    for row in offices():
        key = row["country"], row["role"]
        if row["role"] in SINGLE and key not in RIVALS:
            start = dt.date.fromisoformat(row["from"])
            until = dt.date.fromisoformat(row["until"]) if row["until"] else NEVER
            held[key].append((start, until, row["person"]))
    both = [
        (key, before, after)
        for key, terms in held.items()
        for before, after in pairwise(sorted(terms))
        if before[2] != after[2]
        and before[1] > min(after[1], after[0] + DATED_TO_THE_MONTH)
    ]
    assert both == []


def test_no_person_holds_an_office_twice_at_once() -> None:
    terms: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in offices():
        key = row["person"], row["country"], row["role"]
        terms[key].append((row["from"], row["until"] or "9999"))
    twice = [
        key
        for key, spans in terms.items()
        if any(one[1] > other[0] for one, other in pairwise(sorted(spans)))
    ]
    assert twice == []


def test_a_name_is_written_as_news_writes_it() -> None:
    rows = read_tsv(module.FOLDER / "persons.tsv", PERSONS)
    forms = [f for _, row in rows for f in (row[1], *row[2].split("|")) if f]
    odd = [f for f in forms if re.search(r"[\d;*|=@]|  |^\s|\s$", f)]
    assert odd == []


@pytest.mark.parametrize(
    "text",
    [
        "Brown",
        "Bush",
        "May",
        "Li",
        "Khan",
        "Kim",
        "Singh",
        "Ahmed",
        "Hassan",
        "Miller",
        "Price",
        "Muslim",
        "Hijab",
        "Lion",
        "Champagne",
        "Royal",
        "Talon",
        "Tax",
        "March 8",
        "March 14",
        "November 17",
        "The Australian government",
        "The Hindu nationalists",
    ],
)
def test_words_and_common_surnames_alone_name_nobody(
    lexicon: ActorLexicon, text: str
) -> None:
    found, _ = lexicon.find(text.split())
    named = [s.entry.entry_id for m in found for s in m.senses]
    assert [i for i in named if not i.startswith("state-")] == []


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Volodymyr Zelenskiy", "per-volodymyr-zelensky"),
        ("Moamer Kadhafi", "per-muammar-gaddafi"),
        ("Mahmoud Ahmadi-Nejad", "per-mahmoud-ahmadinejad"),
        ("Boyko Borissov", "per-boyko-borisov"),
        ("Jonas Gahr Store", "per-jonas-gahr-stoere"),
        ("RSF", "org-rapid-support-forces"),
        ("CPI(M)", "org-communist-party-of-india-marxist"),
        ("Cortes", "org-cortes"),
    ],
)
def test_spellings_lead_to_one_entry(
    lexicon: ActorLexicon, name: str, entry_id: str
) -> None:
    found, _ = lexicon.find(name.split())
    assert [m.senses[0].entry.entry_id for m in found] == [entry_id]


@pytest.mark.parametrize(
    ("name", "day", "role"),
    [
        ("Mykola Azarov", dt.date(2014, 1, 27), "Prime Minister"),
        ("Hina Rabbani Khar", dt.date(2012, 6, 1), "Foreign Minister"),
        ("John Bolton", dt.date(2019, 1, 1), "National Security Advisor"),
        ("Nickolay Mladenov", dt.date(2012, 1, 1), "Foreign Minister"),
        (
            "Nickolay Mladenov",
            dt.date(2018, 1, 1),
            "UN Special Coordinator for the Middle East Peace Process",
        ),
    ],
)
def test_an_office_is_known_by_its_day(
    lexicon: ActorLexicon, name: str, day: dt.date, role: str
) -> None:
    found, _ = lexicon.find(name.split())
    office = found[0].senses[0].entry.office_on(day)
    assert office is not None
    assert office.role == role
