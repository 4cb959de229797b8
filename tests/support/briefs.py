"""A small record with something of each kind that a brief tells."""

from pathlib import Path

from tests.support.told import Report, Said, Told, write_record

OLD = """Russia may attack Ukraine, officials said.
Sudan will meet Chad in Cairo.
Russia has massed 100 troops."""
NEW = """Russia denied that it would attack Ukraine.
Sudan met Chad in Cairo.
Russia has massed 130 troops.
Ukraine demanded talks with Russia.
Chad called on Sudan to wait.
Russia attacked Ukraine in 1920.
Chad warned Sudan.
Chad did not meet Russia."""
REPORTS = (
    Report(doc_id="old", day=10, text=OLD, outlet="Gazette", title="Before"),
    Report(doc_id="new", day=14, text=NEW, outlet="Herald", url="https://h.example/1"),
    Report(
        doc_id="again", day=15, text=NEW, outlet="Post", copies="new", relation="exact"
    ),
    Report(doc_id="late", day=16, text="Sudan has met Chad in Cairo.", outlet="Post"),
    Report(doc_id="undated", day=None, text="Russia attacked Ukraine."),
)
RUSSIA, UKRAINE, SUDAN, CHAD = ("Russia",), ("Ukraine",), ("Sudan",), ("Chad",)
FEARED = Told(
    name="feared",
    doc_id="old",
    line=0,
    event_type="ASSAULT",
    trigger="attack",
    happening="hap-feared",
    factuality="hypothetical",
    actors=RUSSIA,
    recipients=UKRAINE,
    by=("officials",),
)
EVENTS = (
    FEARED,
    Told(
        name="planned",
        doc_id="old",
        line=1,
        event_type="CONSULT",
        trigger="meet",
        happening="hap-planned",
        factuality="planned",
        actors=SUDAN,
        recipients=CHAD,
        place="Cairo",
    ),
    Told(
        name="hundred",
        doc_id="old",
        line=2,
        event_type="MOBILIZE",
        trigger="massed",
        happening="hap-massed",
        actors=RUSSIA,
        numbers=(("100 troops", 100.0, "troops"),),
    ),
    Told(
        name="denied",
        doc_id="new",
        line=0,
        event_type="ASSAULT",
        trigger="attack",
        happening="hap-denied",
        factuality="denied",
        actors=RUSSIA,
        recipients=UKRAINE,
        by=RUSSIA,
        against="feared",
    ),
    Told(
        name="met",
        doc_id="new",
        line=1,
        event_type="CONSULT",
        trigger="met",
        happening="hap-met",
        actors=SUDAN,
        recipients=CHAD,
        place="Cairo",
    ),
    Told(
        name="met-late",
        doc_id="late",
        line=0,
        event_type="CONSULT",
        trigger="met",
        happening="hap-met",
        actors=SUDAN,
        recipients=CHAD,
        place="Cairo",
    ),
    Told(
        name="more",
        doc_id="new",
        line=2,
        event_type="MOBILIZE",
        trigger="massed",
        happening="hap-more",
        actors=RUSSIA,
        numbers=(("130 troops", 130.0, "troops"),),
    ),
    Told(
        name="demand",
        doc_id="new",
        line=3,
        event_type="REQUEST",
        trigger="demanded",
        happening="hap-demand",
        actors=UKRAINE,
        recipients=RUSSIA,
    ),
    Told(
        name="past",
        doc_id="new",
        line=5,
        event_type="ASSAULT",
        trigger="attacked",
        happening="hap-past",
        actors=RUSSIA,
        recipients=UKRAINE,
        historical=True,
    ),
    Told(
        name="threat",
        doc_id="new",
        line=6,
        event_type="THREATEN",
        trigger="warned",
        happening="hap-threat",
        actors=CHAD,
        recipients=SUDAN,
    ),
    Told(
        name="not",
        doc_id="new",
        line=7,
        event_type="CONSULT",
        trigger="meet",
        happening="hap-not",
        factuality="negated",
        actors=CHAD,
        recipients=RUSSIA,
    ),
    Told(
        name="undated",
        doc_id="undated",
        line=0,
        event_type="ASSAULT",
        trigger="attacked",
        happening="hap-undated",
        actors=RUSSIA,
        recipients=UKRAINE,
    ),
)
STATEMENTS = (
    Said(
        name="call", doc_id="new", line=4, act="demand", speaker="Chad", cue="called on"
    ),
    Said(
        name="beside",
        doc_id="new",
        line=3,
        act="demand",
        speaker="Ukraine",
        cue="demanded",
    ),
)


def make_brief_record(folder: Path) -> Path:
    """Write the record and return it."""
    return write_record(folder, REPORTS, EVENTS, STATEMENTS)
