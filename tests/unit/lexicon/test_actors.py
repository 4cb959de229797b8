"""The actor lexicon: what it finds, offices in time, and what it refuses."""

import datetime as dt
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import actors as module
from onrecord.lexicon.actor_checks import Checks
from onrecord.lexicon.actor_entries import Use
from onrecord.lexicon.actor_files import AGENTS, EXTRA, read_shipped
from onrecord.lexicon.actors import ActorLexicon, load_actors
from onrecord.lexicon.files import read_tsv
from onrecord.ontology import load_ontology


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return load_actors(load_ontology())


def names(lexicon: ActorLexicon, text: str) -> list[tuple[str, str]]:
    words = text.split()
    found, _ = lexicon.find(words)
    return [(" ".join(words[m.start : m.end]), m.senses[0].entry.name) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the US and us", [("US", "United States")]),
        ("U.S. forces", [("U.S.", "United States")]),
        ("this is IS", [("IS", "Islamic State")]),
        ("a turkey from Turkey", [("Turkey", "Turkey")]),
        ("al - Qaida denied it", [("al - Qaida", "Al-Qaeda")]),
        ("Da’esh", [("Da’esh", "Islamic State")]),
        ("Côte d'Ivoire", [("Côte d'Ivoire", "Ivory Coast")]),
        ("South Sudan", [("South Sudan", "South Sudan")]),
        ("the South China Sea", [("South China Sea", "South China Sea")]),
        ("Sergei Lavrov", [("Sergei Lavrov", "Sergey Lavrov")]),
        ("the United , Nations", []),
        ("Let them", []),
    ],
)
def test_names_are_found_by_their_longest_form_and_capitals(
    lexicon: ActorLexicon, text: str, expected: list[tuple[str, str]]
) -> None:
    assert names(lexicon, text) == expected


def person(lexicon: ActorLexicon, name: str) -> module.ActorEntry:
    found, _ = lexicon.find(name.split())
    return found[0].senses[0].entry


@pytest.mark.parametrize(
    ("name", "day", "role"),
    [
        ("Vladimir Putin", dt.date(2000, 5, 6), "Prime Minister"),
        ("Vladimir Putin", dt.date(2000, 5, 7), "President"),
        ("Vladimir Putin", dt.date(2010, 1, 1), "Prime Minister"),
        ("Barack Obama", dt.date(2020, 1, 1), "President"),
        ("Barack Obama", None, "President"),
    ],
)
def test_an_office_is_held_from_its_first_day_up_to_its_last(
    lexicon: ActorLexicon, name: str, day: dt.date | None, role: str
) -> None:
    office = person(lexicon, name).office_on(day)
    assert office is not None
    assert office.role == role


def test_before_the_first_office_there_is_none(lexicon: ActorLexicon) -> None:
    assert person(lexicon, "Barack Obama").office_on(dt.date(2000, 1, 1)) is None


def test_a_capital_may_be_the_seat_of_others_too(lexicon: ActorLexicon) -> None:
    found, _ = lexicon.find(["Brussels"])
    meant = {s.use: s.entry.name for s in found[0].senses}
    assert meant == {Use.CAPITAL: "Belgium", Use.SEAT: "European Union"}


def test_every_example_of_an_agent_is_read_as_that_agent(
    lexicon: ActorLexicon,
) -> None:
    at = AGENTS.index("example")
    wrong = []
    for _, cells in read_tsv(module.FOLDER / "agents.tsv", AGENTS):
        _, agents = lexicon.find(cells[at].split())
        if cells[0] not in {m.senses[0].entry.entry_id for m in agents}:
            wrong.append((cells[0], cells[at]))
    assert wrong == []


def write_extra(folder: Path, *rows: str) -> Path:
    path = folder / "own.tsv"
    path.write_text("\n".join(["\t".join(EXTRA), *rows]) + "\n", encoding="utf-8")
    return path


def test_a_users_own_actors_are_added_and_win(tmp_path: Path) -> None:
    extra = write_extra(
        tmp_path,
        "Ana Reyes\tReyes\tperson\tCHL\tGOV\tMinister\t2019-01-01\t2020-01-01\tus",
        "Harbour Watch\tPLA\torganisation\tNZL\t\t\t\t\tus",
    )
    lexicon = load_actors(load_ontology(), extra=extra)
    assert names(lexicon, "Ana Reyes told PLA") == [
        ("Ana Reyes", "Ana Reyes"),
        ("PLA", "Harbour Watch"),
    ]


def test_all_problems_of_a_users_file_are_listed(tmp_path: Path) -> None:
    extra = write_extra(
        tmp_path,
        "Ana\t\tperson\tXXX\tGOV\tMinister\t2020-01-01\t2019-01-01\tus",
        "Club\tHub\tguild\tNZL\t\t\t\t\tus",
        "Port\tQuay\torganisation\tNZL\tZZZ\t\t\t\t",
        "Dock\tQuay\torganisation\tNZL\t\t\t\t\tus",
    )
    with pytest.raises(LexiconError) as caught:
        load_actors(load_ontology(), extra=extra)
    assert caught.value.problems == (
        "own.tsv:4: no origin",
        "own.tsv:2: 2020-01-01 to 2019-01-01 runs backwards",
        'own.tsv:2: unknown country "XXX"',
        'own.tsv:3: unknown kind "guild"',
        'own.tsv:4: unknown sector "ZZZ"',
        'own.tsv:5: "Quay" also means Port (own.tsv:4)',
    )


def test_an_office_of_nobody_is_a_problem(tmp_path: Path) -> None:
    for name in module.FOLDER.iterdir():
        (tmp_path / name.name).write_bytes(name.read_bytes())
    with (tmp_path / "offices.tsv").open("a", encoding="utf-8") as offices:
        offices.write("per-nobody\tUSA\tGOV\tKing\t2000-01-01\t\tus\n")
    ontology = load_ontology()
    checks = Checks(ontology.countries, frozenset(ontology.sectors))
    read_shipped(tmp_path, checks)
    assert [p.partition(": ")[2] for p in checks.problems] == [
        'unknown person "per-nobody"'
    ]
