"""The tab-separated formats: POLECAT, ICEWS, Phoenix, GDELT."""

import csv
import io

import pytest

from onrecord.show.export.gdelt import COLUMNS as GDELT
from onrecord.show.export.gdelt import write_gdelt
from onrecord.show.export.icews import COLUMNS as ICEWS
from onrecord.show.export.icews import write_icews
from onrecord.show.export.phoenix import COLUMNS as PHOENIX
from onrecord.show.export.phoenix import write_phoenix
from onrecord.show.export.polecat import COLUMNS as POLECAT
from onrecord.show.export.polecat import write_polecat
from tests.support.exports import REPORT, build_place, build_row, tab_rows, written
from tests.support.lines import build_party

KYIV = build_place(
    "Kyiv", "city", country="UKR", admin1="Kyiv City", lat=50.45, lon=30.52, geonameid=7
)
UKRAINE = build_place("Ukraine", "country", country="UKR")
UN = build_party("officials", "United Nations", country="UNO")
ALL = [
    (write_polecat, POLECAT),
    (write_icews, ICEWS),
    (write_phoenix, PHOENIX),
    (write_gdelt, GDELT),
]


def one(write, columns, **fields):
    text, _ = written(write, build_row(**fields))
    (row,) = tab_rows(text, columns)
    return row


def filled(row):
    return {name: value for name, value in row.items() if value not in ("", "None")}


def test_polecat_has_its_forty_columns_filled():
    row = one(write_polecat, POLECAT, where=[KYIV], contexts=["military", "territory"])
    assert filled(row) == {
        "Event ID": "evt-0123456789abcdef0123",
        "Event Date": "2022-01-29",
        "Event Type": "REQUEST",
        "Intensity": "0.0",
        "Quad Code": "VERBAL CONFLICT",
        "Contexts": "military; territory",
        "Actor Name": "Russia",
        "Actor Country": "RUS",
        "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV",
        "Actor Name Raw": "Russia",
        "Recipient Name": "Ukraine",
        "Recipient Country": "UKR",
        "Primary Recipient Sector": "GOV",
        "Recipient Sectors": "GOV",
        "Recipient Name Raw": "officials",
        "Placename": "Kyiv",
        "City": "Kyiv",
        "Province": "Kyiv City",
        "Country": "UKR",
        "Latitude": "50.45",
        "Longitude": "30.52",
        "GeoNames ID": "7",
        "Raw Placename": "troops",
        "Source": "Demo Wire",
        "Publication Date": "2022-01-29",
        "Language": "en",
        "Version": "onrecord 0.1",
    }
    assert "" not in row.values(), "POLECAT's word for absent is None"


def test_polecat_keeps_lists_of_parties_in_step():
    russia = build_party("Russia", "Russia", country="RUS", sectors=["GOV", "MIL"])
    row = one(write_polecat, POLECAT, actors=[russia, UN])
    assert row["Actor Name"] == "Russia; United Nations"
    assert row["Primary Actor Sector"] == "GOV; None"
    assert row["Actor Sectors"] == "GOV; MIL"


def test_polecat_has_plovers_auxiliary_mode_of_what_did_not_happen():
    text, _ = written(write_polecat, build_row(factuality="denied"), unreal=True)
    (row,) = tab_rows(text, POLECAT)
    assert row["Contexts"] == "negation"


def test_polecat_reduces_a_planned_meeting_to_an_agreement():
    row = one(write_polecat, POLECAT, event_type="CONSULT", factuality="planned")
    assert (row["Event Type"], row["Quad Code"]) == ("AGREE", "VERBAL COOPERATION")


def test_icews_has_its_twenty_columns_filled():
    row = one(write_icews, ICEWS, where=[KYIV])
    assert filled(row) == {
        "Event ID": str(0x0123456789AB * 32),
        "Event Date": "2022-01-29",
        "Source Name": "Russia",
        "Source Sectors": "Government",
        "Source Country": "Russia",
        "Event Text": "Demand",
        "CAMEO Code": "10",
        "Target Name": "Ukraine",
        "Target Sectors": "Government",
        "Target Country": "Ukraine",
        "Story ID": str(0x1 * 32),
        "Publisher": "Demo Wire",
        "City": "Kyiv",
        "Province": "Kyiv City",
        "Country": "Ukraine",
        "Latitude": "50.45",
        "Longitude": "30.52",
    }


def test_phoenix_has_its_columns_filled():
    row = one(write_phoenix, PHOENIX, where=[KYIV], cameo="04", quad=1)
    assert filled(row) == {
        "EventID": f"{0x0123456789AB * 32}_0.1",
        "Date": "20220129",
        "Year": "2022",
        "Month": "01",
        "Day": "29",
        "SourceActorFull": "RUSGOV",
        "SourceActorEntity": "RUS",
        "SourceActorRole": "GOV",
        "TargetActorFull": "UKRGOV",
        "TargetActorEntity": "UKR",
        "TargetActorRole": "GOV",
        "EventCode": "04",
        "EventRootCode": "04",
        "QuadClass": "1",
        "Lat": "50.45",
        "Lon": "30.52",
        "LocationName": "Kyiv",
        "StateName": "Kyiv City",
        "CountryName": "Ukraine",
        "SentenceID": "doc-1_100",
        "URLs": "https://example.org/a",
        "NewsSources": "Demo Wire",
    }


def test_phoenix_has_a_class_of_its_own_for_reduced_relations():
    row = one(write_phoenix, PHOENIX, cameo="16", quad=4)
    assert row["QuadClass"] == "3"


def test_gdelt_has_its_columns_filled():
    row = one(write_gdelt, GDELT, where=[KYIV], cameo="04", quad=1)
    assert filled(row) == {
        "GLOBALEVENTID": str(0x0123456789AB * 32),
        "SQLDATE": "20220129",
        "MonthYear": "202201",
        "Year": "2022",
        "FractionDate": "2022.1616",
        "Actor1Code": "RUSGOV",
        "Actor1Name": "RUSSIA",
        "Actor1CountryCode": "RUS",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "UKRGOV",
        "Actor2Name": "UKRAINE",
        "Actor2CountryCode": "UKR",
        "Actor2Type1Code": "GOV",
        "EventCode": "04",
        "EventBaseCode": "04",
        "EventRootCode": "04",
        "QuadClass": "1",
        "NumMentions": "5",
        "NumSources": "2",
        "NumArticles": "3",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Kyiv, Kyiv City, Ukraine",
        "ActionGeo_CountryCode": "UP",
        "ActionGeo_Lat": "50.45",
        "ActionGeo_Long": "30.52",
        "DATEADDED": "20220130070809",
        "SOURCEURL": "https://example.org/a",
    }


def test_gdelt_gives_a_country_no_point():
    row = one(write_gdelt, GDELT, where=[UKRAINE])
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == ("1", "Ukraine")
    assert (row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("", "")


@pytest.mark.parametrize(
    ("precision", "country", "kind"),
    [("city", "USA", "3"), ("region", "USA", "2"), ("region", "UKR", "5")],
)
def test_gdelt_tells_kinds_of_places(precision, country, kind):
    place = build_place("X", precision, country=country)
    assert one(write_gdelt, GDELT, where=[place])["ActionGeo_Type"] == kind


def test_gdelt_gives_a_sea_no_type():
    sea = build_place("Black Sea", "water")
    row = one(write_gdelt, GDELT, where=[sea])
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == ("", "Black Sea")


def test_gdelt_has_a_body_as_a_group_and_a_kind_but_no_country():
    row = one(write_gdelt, GDELT, recipients=[UN])
    assert row["Actor2Code"] == "IGOUNO"
    assert row["Actor2CountryCode"] == ""
    assert (row["Actor2KnownGroupCode"], row["Actor2Type1Code"]) == ("UNO", "IGO")


@pytest.mark.parametrize(("month", "day", "year"), [("01", "01", "2022.0849")])
def test_the_fraction_of_a_year_is_reckoned_as_gdelt_does(month, day, year):
    report = {**REPORT, "date": f"2022-{month}-{day}"}
    assert one(write_gdelt, GDELT, report=report)["FractionDate"] == year


def test_the_last_day_stays_in_its_year():
    report = {**REPORT, "date": "2022-12-31"}
    assert one(write_gdelt, GDELT, report=report)["FractionDate"] == "2022.9999"


@pytest.mark.parametrize(("write", "columns"), ALL)
def test_rows_and_reasons_are_counted(write, columns):
    talks = build_row(actors=[*build_row()["actors"], UN], recipients=[])
    text, tally = written(write, build_row(), talks, build_row(factuality="denied"))
    assert tally.rows == len(tab_rows(text, columns))
    assert tally.events == 2
    assert tally.left_out == {"denied, not happened": 1}


@pytest.mark.parametrize(("write", "columns"), ALL)
def test_the_header_can_be_left_out(write, columns):
    text, _ = written(write, build_row(), header=False)
    assert len(text.splitlines()) == 1
    assert columns[0] not in text


@pytest.mark.parametrize(("write", "columns"), ALL)
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_readers_with_and_without_quotes_read_the_same(write, columns, quoting):
    nasty = build_party(
        "Russia", '"R\tussia"\nx', country="RUS", sectors=["GOV"], role='"a'
    )
    report = {**REPORT, "outlet": '"Demo\n', "url": 'https://e.org/"a'}
    text, _ = written(write, build_row(actors=[nasty], report=report))
    rows = list(csv.reader(io.StringIO(text), delimiter="\t", quoting=quoting))
    assert [len(row) for row in rows] == [len(columns)] * 2
    assert rows[1] == text.splitlines()[1].split("\t")


@pytest.mark.parametrize(("write", "columns"), ALL)
def test_pandas_reads_it_with_codes_as_text(write, columns):
    pandas = pytest.importorskip("pandas")
    text, _ = written(write, build_row(cameo="04", where=[KYIV]))
    frame = pandas.read_csv(io.StringIO(text), sep="\t", dtype=str)
    assert tuple(frame.columns) == columns
    assert len(frame) == 1
