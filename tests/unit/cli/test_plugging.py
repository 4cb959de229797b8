"""Plug-ins of other packages: found, named, checked, and kept in the account."""

import io
import json
import zipfile

import pytest

from onrecord.cli.checks import _check_plugins
from onrecord.plugins import Group, find_plugin, list_plugins
from tests.support.plugged import install, install_example

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
AIRDROP = "Date: 2022-01-18\n\nFrance airdropped food to the town on Monday.\n"
PARTS = '''
import onrecord
from onrecord.model.span import Span
from msgspec.structs import replace

def read_two(stream):
    yield onrecord.Given(text=stream.read().decode() + " France met Chad.")
    raise KeyError("second")

def read_nothing_good(stream):
    yield "a text"

def breaks(adoc, kit):
    raise KeyError("x")

def beyond(adoc, kit):
    from onrecord.code.plugged import event_at
    event = event_at(adoc, kit, sentence=0, token=1, event_type="AID")
    yield replace(event, sentence=Span(0, 10_000))

def odd_type(adoc, kit):
    from onrecord.code.plugged import event_at
    yield event_at(adoc, kit, sentence=0, token=1, event_type="DANCE")

class Flat:
    def __init__(self, heads):
        self.heads = heads
    def read(self, sentences):
        return [
            onrecord.Reading(
                upos=("NOUN",) * len(s), xpos=("NN",) * len(s), lemma=tuple(s),
                head=self.heads(len(s)), deprel=("dep",) * len(s),
                name_tag=("O",) * len(s),
            )
            for s in sentences
        ]

def flat():
    return Flat(lambda n: (0,) + (1,) * (n - 1))

def circle():
    return Flat(lambda n: tuple(range(2, n + 1)) + (1,))

def no_model():
    raise FileNotFoundError("model.bin")

def write_ids(rows, stream):
    """Only ids."""
    for row in rows:
        stream.write(row["event_id"] + "\\n")

def write_badly(rows, stream):
    next(rows)
    raise ZeroDivisionError("by zero")
'''
POINTS = {
    "onrecord.readers": {
        "two": "parts:read_two",
        "odd": "parts:read_nothing_good",
        "gone": "no_such_module:read",
    },
    "onrecord.rules": {
        "breaks": "parts:breaks",
        "beyond": "parts:beyond",
        "odd-type": "parts:odd_type",
    },
    "onrecord.models": {
        "flat": "parts:flat",
        "circle": "parts:circle",
        "no-model": "parts:no_model",
    },
    "onrecord.exporters": {"ids": "parts:write_ids", "badly": "parts:write_badly"},
}


@pytest.fixture(autouse=True)
def _forget():
    yield
    list_plugins.cache_clear()


@pytest.fixture
def example(monkeypatch, tmp_path):
    install_example(monkeypatch, tmp_path / "site")


@pytest.fixture
def parts(monkeypatch, tmp_path):
    """A package whose parts do what they should not."""
    folder = tmp_path / "site"
    install(monkeypatch, folder, name="acme-parts", points=POINTS)
    (folder / "parts.py").write_text(PARTS, encoding="utf-8")
    monkeypatch.delitem(__import__("sys").modules, "parts", raising=False)


@pytest.fixture
def airdrop(tmp_path):
    path = tmp_path / "airdrop.txt"
    path.write_text(AIRDROP, encoding="utf-8")
    return path


def lines(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def docx(*paragraphs: str, title: str | None = None, part: str = "word") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    core = (
        '<c:coreProperties xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></c:coreProperties>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{part}/document.xml", xml)
        if title:
            archive.writestr("docProps/core.xml", core)
    return packed.getvalue()


def test_a_reader_is_asked_for_files_of_its_ending(call, example, tmp_path):
    text = "Russia demanded guarantees from NATO on Monday."
    (tmp_path / "memo.docx").write_bytes(docx(text, title="Demands"))
    done = call("extract", tmp_path / "memo.docx", "--layer", "events")
    found = lines(done.out)
    assert [e["event_type"] for e in found] == ["REQUEST", "AGREE"]
    assert {e["source_id"] for e in found} == {"memo#1"}


def test_without_the_package_the_ending_is_not_read(call, monkeypatch, tmp_path):
    monkeypatch.setattr("onrecord.read.plugged.list_plugins", lambda group: ())
    (tmp_path / "memo.docx").write_bytes(docx("Russia demanded guarantees."))
    done = call("extract", tmp_path / "memo.docx")
    assert "an office document" in done.err


def test_a_reader_is_asked_inside_archives(call, example, tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("in/memo.docx", docx("Russia demanded guarantees from NATO."))
    done = call("extract", tmp_path / "all.zip", "--layer", "events")
    assert lines(done.out)[0]["source_id"] == "memo#1"


def test_the_extractor_of_a_plug_in_stands_in_the_record(call, example, tmp_path):
    (tmp_path / "memo.docx").write_bytes(docx("Russia demanded guarantees from NATO."))
    call("run", tmp_path / "rec", tmp_path / "memo.docx", "--quiet")
    sql = "SELECT extractor, position FROM reports"
    done = call("query", tmp_path / "rec", sql, "--format", "jsonl")
    wanted = {"extractor": "onrecord-example 1.0", "position": "item 1"}
    assert lines(done.out) == [wanted]


def test_a_reader_that_fails_costs_the_rest_of_its_file(call, parts, tmp_path):
    (tmp_path / "a.two").write_text("Mali left.", encoding="utf-8")
    done = call("extract", tmp_path / "a.two", "--layer", "events", "--strict")
    assert done.code == 3
    assert "two (acme-parts 1.0) failed: KeyError: 'second'" in done.err
    assert "2 read = 1 coded + 1 rejected" in done.err


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.odd", "gave str, not Given"), ("a.gone", "cannot be imported")],
)
def test_a_reader_that_gives_no_reports_is_told(call, parts, tmp_path, name, said):
    (tmp_path / name).write_text("Mali left.", encoding="utf-8")
    assert said in call("extract", tmp_path / name).err


def test_a_rule_works_only_where_it_is_named(call, example, airdrop):
    plain = lines(call("extract", airdrop, "--layer", "events").out)
    ruled = lines(
        call("extract", airdrop, "--layer", "events", "--rule", "airdrops").out
    )
    assert "rules/airdrops" not in {e["rule"] for e in plain}
    (event,) = [e for e in ruled if e["rule"] == "rules/airdrops"]
    assert (event["event_type"], event["trigger"]["text"]) == ("AID", "airdropped")
    assert [p["country"] for p in event["actors"]] == ["FRA"]
    assert event["factuality"] == "happened"
    assert event["when"]["from"] == "2022-01-17"


def test_what_the_reader_sees_in_the_word_of_a_rule_is_used(call, example, tmp_path):
    path = tmp_path / "food.txt"
    path.write_text("The United States airdropped food to the besieged town.")
    done = call("extract", path, "--layer", "events", "--rule", "airdrops")
    (event,) = [e for e in lines(done.out) if e["rule"] == "rules/airdrops"]
    assert [p["country"] for p in event["actors"]] == ["USA"]
    assert [p["text"] for p in event["recipients"]] == ["the besieged town"]
    (cell,) = [c for c in event["cells"] if c["cell"] == "factuality"]
    assert cell["rule"].startswith("reader/")


def test_a_run_names_the_rules_it_was_made_with(call, example, airdrop, tmp_path):
    rec = tmp_path / "rec"
    call("run", rec, airdrop, "--quiet", "--rule", "airdrops")
    shown = call("query", rec, "SELECT lexicon FROM runs", "--format", "jsonl")
    (run,) = lines(shown.out)
    assert run["lexicon"].endswith(" + airdrops (onrecord-example 1.0)")
    found = call("events", rec, "--type", "AID", "--format", "jsonl")
    assert lines(found.out)[0]["rule"] == "rules/airdrops"
    assert call("verify", rec).code == 0


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("breaks", "breaks (acme-parts 1.0) failed: KeyError: 'x'"),
        ("beyond", "cites words beyond the end"),
        ("odd-type", "Invalid enum value 'DANCE'"),
    ],
)
def test_a_rule_that_goes_wrong_costs_the_report(call, parts, airdrop, rule, said):
    done = call("extract", airdrop, "--rule", rule, "--strict")
    assert (done.code, done.out) == (3, "")
    assert said in done.err


def test_a_reader_of_syntax_works_beside_the_record(call, parts, airdrop, tmp_path):
    rec = tmp_path / "rec"
    call("run", rec, airdrop, "--quiet")
    done = call("run", rec, "--reader", "flat", "--quiet")
    assert done.code == 0, done.err
    shown = call("query", rec / "coders/flat", "SELECT model FROM runs")
    assert "flat (acme-parts 1.0) + " in shown.out
    own = call("query", rec, "SELECT model FROM runs")
    assert "acme" not in own.out
    assert call("verify", rec).code == 0


def test_every_is_for_watching_with_a_reader_too(call, parts, airdrop, tmp_path):
    given = ("--reader", "flat", "--every", "5")
    done = call("run", tmp_path / "rec", airdrop, *given)
    assert done.code == 2
    assert "--every is for --watch" in done.err


def test_a_reader_that_gives_no_tree_costs_the_report(call, parts, airdrop):
    done = call("extract", airdrop, "--reader", "circle", "--strict")
    assert done.code == 3
    assert "a sentence has not one root" in done.err


def test_a_model_that_cannot_be_opened_ends_the_command(call, parts, airdrop):
    done = call("extract", airdrop, "--reader", "no-model")
    assert done.code == 1
    assert "cannot open its model (FileNotFoundError: model.bin)" in done.err


@pytest.mark.parametrize("option", ["--rule", "--reader"])
def test_what_is_not_installed_is_wrong_use(call, parts, airdrop, option):
    done = call("extract", airdrop, option, "absent")
    assert done.code == 2
    assert "no plug-in 'absent'" in done.err


def test_an_export_of_a_plug_in_has_a_note_and_an_account(
    call, example, record, tmp_path
):
    path = tmp_path / "events.md"
    done = call("export", record, "--format", "markdown", "-o", path)
    assert done.code == 0, done.err
    written = path.read_text(encoding="utf-8").splitlines()
    assert len(written) == 2
    assert {line.partition(" **")[0] for line in written} == {
        "- 2022-01-20",
        "- 2022-01-22",
    }
    note = path.with_name("events.md.note.txt").read_text(encoding="utf-8")
    assert "Written by the plug-in markdown (onrecord-example 1.0)." in note
    assert "One line an event" in note


def test_an_export_that_fails_leaves_nothing(call, parts, record, tmp_path):
    done = call("export", record, "--format", "badly", "-o", tmp_path / "x")
    assert done.code == 1
    assert "badly (acme-parts 1.0) failed: ZeroDivisionError: by zero" in done.err
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_two_packages_of_one_name_are_told(call, monkeypatch, parts, airdrop, tmp_path):
    again = {"onrecord.rules": {"breaks": "parts:breaks"}}
    install(monkeypatch, tmp_path / "more", name="other-parts", points=again)
    done = call("extract", airdrop, "--rule", "breaks")
    assert done.code == 2
    assert "acme-parts and other-parts both have 'breaks'" in done.err


def test_the_doctor_imports_every_plug_in(parts):
    with pytest.raises(Exception, match=r"gone \(acme-parts 1\.0\) cannot be imported"):
        _check_plugins()


def test_the_doctor_names_a_reader_that_is_never_asked(monkeypatch, tmp_path):
    points = {"onrecord.readers": {"csv": "json:loads"}}
    install(monkeypatch, tmp_path / "site", name="acme-csv", points=points)
    check = _check_plugins()
    assert not check.works
    assert "never asked: csv (acme-csv 1.0)" in check.found


def test_the_example_of_the_airdrops_is_read_so(call, example, tmp_path):
    from onrecord_example.airdrops import _load_words

    path = tmp_path / "example.txt"
    path.write_text(_load_words()["example"], encoding="utf-8")
    done = call("extract", path, "--layer", "events", "--rule", "airdrops")
    assert [e["rule"] for e in lines(done.out)] == ["rules/airdrops"]


def test_stanza_reads_where_it_is_installed(example):
    pytest.importorskip("stanza", reason="Stanza is not installed here")
    from onrecord.plugins import load_plugin

    reader = load_plugin(find_plugin(Group.MODELS, "stanza"))()
    (reading,) = reader.read([("Russia", "warned", "Kyiv", ".")])
    assert (reading.upos[1], reading.head[0]) == ("VERB", 2)
    assert reading.name_tag[0] == "B-LOC"
