"""The language of a report: English is never lost, what is foreign is named."""

import json
import os
import time
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.read.language import find_foreign, tell_language

TABLE = tomllib.loads(
    (files("onrecord") / "data" / "read" / "languages.toml").read_text("utf-8")
)
LISTS = TABLE["language"]
SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[4] / "shared"))
ENGLISH = (
    "The council said on Monday that the old bridge will be closed for a month. It has "
    "not yet been agreed who is to pay for the repair, and the mayor was asked to talk "
    "with the owners of the boats. "
)
GERMAN = (
    "Der Rat teilte am Montag mit, dass die alte Brücke für einen Monat gesperrt wird. "
    "Es ist noch nicht geklärt, wer die Arbeiten bezahlt, und der Bürgermeister soll "
    "mit den Besitzern der Boote sprechen. "
)


@pytest.mark.parametrize(
    ("code", "example"),
    [(one["code"], example) for one in LISTS for example in one["examples"]],
)
def test_examples_of_the_lists_are_told(code: str, example: str) -> None:
    assert tell_language(example) == code


def test_small_words_of_other_languages_are_not_english_ones() -> None:
    english = set(LISTS[0]["words"].split())
    assert LISTS[0]["code"] == "en"
    for one in LISTS[1:]:
        assert not english.intersection(one["words"].split()), one["code"]
        assert english.issuperset(one.get("shared", "").split()), one["code"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Совет сообщил в понедельник, что мост пока закрыт."),
        ("uk", "Рада повідомила в понеділок, що міст поки закритий."),
        ("sr", "Савет је саопштио да ће мост бити затворен до понедељка."),
        ("el", "Το συμβούλιο είπε ότι η γέφυρα είναι κλειστή."),
        ("ar", "قال المجلس يوم الاثنين إن الجسر مغلق حتى الشهر المقبل."),
        ("fa", "شورا روز دوشنبه گفت که پل تا ماه آینده بسته خواهد بود."),
        ("he", "המועצה אמרה ביום שני כי הגשר סגור."),
        ("hi", "परिषद ने सोमवार को कहा कि पुल बंद है।"),
        ("zh", "市议会星期一说，桥将关闭一个月。"),
        ("ja", "市議会は月曜日、橋を閉鎖すると述べた。"),
        ("ko", "시의회는 월요일 다리를 폐쇄한다고 밝혔다."),
        ("th", "สภากล่าวว่าสะพานปิดหนึ่งเดือน"),
        ("ka", "საბჭომ თქვა, რომ ხიდი დაკეტილია."),
        ("hy", "Խորհուրդն ասաց, որ կամուրջը փակ է։"),
        ("am", "ምክር ቤቱ ድልድዩ መዘጋቱን ተናገረ።"),
    ],
)
def test_other_scripts_are_told(code: str, text: str) -> None:
    assert tell_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "They left.",
        "TALKS COLLAPSE IN NORTHVALE",
        "N/A",
        "Zagreb, Sarajevo, Podgorica, Skopje, Tirana, Pristina, Ljubljana",
        (
            "Present: Jean de la Tour, Pierre du Bois, Juan de la Cruz y Torres, Karl "
            "von der Heide, Anna van den Berg, José dos Santos, Ali bin Omar"
        ),
        "Region\tKilled\tInjured\nNorth\t12\t40\nSouth\t3\t9\nTotal\t15\t49",
        "Bundestag approves Bundeswehr mandate",
        "Prime Minister Kowalczyk-Zieliński met envoy Çağlar Yıldırımoğlu in Łódź.",
        "1,234 5,678 9,012\n2019 2020 2021",
        "Das Blatt, Il Foglio, El Día and Le Quotidien reported it.",
    ],
)
def test_what_tells_nothing_is_let_through(text: str) -> None:
    assert tell_language(text) in (None, "en")
    assert find_foreign(text) is None


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH.upper(),
        (
            'He shouted "Wir werden das nicht hinnehmen, und die Regierung muss jetzt '
            'gehen" before the guards led him away from the square and out of the hall.'
        ),
        (
            "The wee toun's cooncil said it wouldnae pay for the brig, and the provost "
            "was no happy wi it."
        ),
        (
            "The paper wrote: «Совет сообщил, что мост закрыт». Officials in the town "
            "did not want to say more about the article."
        ),
        ENGLISH * 3 + GERMAN,
        GERMAN + ENGLISH,
    ],
)
def test_mostly_english_is_english(text: str) -> None:
    assert tell_language(text) == "en"


def test_mostly_foreign_is_foreign() -> None:
    assert tell_language(ENGLISH + GERMAN * 3) == "de"
    assert tell_language(GERMAN.upper()) == "de"


def test_prose_without_a_list_is_told_by_the_library() -> None:
    text = (
        "la konsilio diris lunde ke la ponto restos fermita dum unu monato ĉar oni "
        "devas ripari ĝin kaj ankoraŭ ne estas klare kiu pagos la laboron; la urbestro "
        "parolos kun la posedantoj de la boatoj kaj poste informos la loĝantojn pri "
        "ĉio kion li aŭdis de ili en la venonta kunveno"
    )
    assert tell_language(text) == "eo"


def test_half_a_surrogate_pair_is_passed_over() -> None:
    assert tell_language("\ud800 Совет сообщил, что мост пока закрыт.") == "ru"


def test_long_texts_are_judged_by_beginning_middle_and_end() -> None:
    assert tell_language(ENGLISH * 20 + GERMAN * 400 + ENGLISH) == "de"
    assert tell_language(GERMAN + ENGLISH * 400 + GERMAN) == "en"


def test_reason_names_the_language() -> None:
    found = find_foreign(GERMAN)
    assert found is not None
    assert found.language == "de"
    assert found.reason == (
        "the report is in German; only English is read, its text is kept in "
        "`rejected` for a version that reads more"
    )


@pytest.mark.parametrize(
    "given", ["en", "en-GB", "English", "eng", "uk", None, 7, "xx-?", ""]
)
def test_german_called_english_is_german(given: object) -> None:
    found = find_foreign(GERMAN, given)
    assert found is not None
    assert found.language == "de"


@pytest.mark.parametrize("given", ["de", "fr_FR", "German"])
def test_english_called_something_else_is_english(given: str) -> None:
    assert find_foreign(ENGLISH, given) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [("de", "de"), ("DE-at", "de"), ("German", "de"), ("pt_BR", "pt")],
)
def test_source_decides_where_the_text_tells_nothing(given: str, code: str) -> None:
    found = find_foreign("Rat berät Brücke", given)
    assert found is not None
    assert found.language == code
    assert "as its source says" in found.reason


@pytest.mark.parametrize(
    "given",
    ["", "und", "multi", "x-default", "en_US", 5, "us", "uk", "ru-RU", "Russian"],
)
def test_source_that_says_nothing_rejects_nothing(given: object) -> None:
    assert find_foreign("Rat berät Brücke", given) is None


@pytest.mark.parametrize("char", ["a", "я", "a'", " ", "\ud800", "漢", "1", "\0"])
def test_one_character_a_million_times_takes_no_time(char: str) -> None:
    start = time.perf_counter()
    tell_language(char * 1_000_000)
    assert time.perf_counter() - start < 1


def test_no_report_of_the_shared_data_is_lost() -> None:
    reports = SHARED / "data/reports"
    if not reports.is_dir():
        pytest.skip("no shared data folder; set ONRECORD_SHARED")
    texts = [path.read_text("utf-8") for path in sorted(reports.glob("*.txt"))]
    passages = SHARED / "data/gold/written.jsonl"
    lines = passages.read_text("utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in lines]
    assert [text for text in texts if find_foreign(text)] == []
