"""The filters, the same for every command that looks into a record."""

import datetime as dt
import difflib
import math
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import Command
from onrecord.errors import UsageError
from onrecord.model.annotation import Act
from onrecord.model.event import EventType, Factuality
from onrecord.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from onrecord.store.filters import Filters

# (option, metavar, help); each may be given several times, and any of the values fits
FILTERS = (
    ("--actor", "NAME", "Who acts: words of a name, ISO3, or USA.GOV."),
    ("--recipient", "NAME", "Who is acted upon."),
    ("--country", "CODE|NAME", "Country of an actor or recipient."),
    ("--type", "TYPE", "PLOVER event type; for statements also an act such as deny."),
    ("--mode", "MODE", "PLOVER mode, such as troops."),
    ("--context", "CONTEXT", "PLOVER context, such as military."),
    ("--factuality", "VALUE", "happened, planned, hypothetical, negated or denied."),
    ("--by", "NAME", "On whose word it stands."),
    ("--place", "NAME", "Where: a name, or ISO3."),
    ("--story", "ID", "Story id."),
)


def filter_options(command: Command) -> Command:
    """Add every filter; the command receives them as keywords for `read_filters`."""
    decorators = [
        *(_many(name, metavar, text) for name, metavar, text in FILTERS),
        click.option("--since", metavar="DATE", help="Not over before that day."),
        click.option("--until", metavar="DATE", help="Begun by that day."),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            metavar="N",
            help="At least as sure as N, 0 to 1.",
        ),
    ]
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def read_filters(
    *,
    acts: bool = False,
    actor: tuple[str, ...],
    recipient: tuple[str, ...],
    country: tuple[str, ...],
    type: tuple[str, ...],
    mode: tuple[str, ...],
    context: tuple[str, ...],
    factuality: tuple[str, ...],
    by: tuple[str, ...],
    place: tuple[str, ...],
    story: tuple[str, ...],
    since: str | None,
    until: str | None,
    min_confidence: float | None,
) -> "Filters":
    """Return the filters; raise `UsageError` for a value that nothing can have.

    With `acts` a type may be an act of speech, which is the type of a statement.
    """
    from onrecord.store.filters import Filters

    ontology = load_ontology()
    modes = {mode for names in ontology.modes.values() for mode in names}
    return Filters(
        actors=_named("actor", actor),
        recipients=_named("recipient", recipient),
        countries=tuple(_country(value, ontology) for value in country),
        types=_known("type", type, (*EventType, *(Act if acts else ()))),
        modes=_known("mode", mode, modes),
        contexts=_known("context", context, ontology.contexts),
        factualities=_known("factuality", factuality, tuple(Factuality)),
        by=_named("by", by),
        since=_day("since", since),
        until=_day("until", until),
        places=_named("place", place),
        stories=_named("story", story),
        min_confidence=_sure(min_confidence),
    )


def _many(name: str, metavar: str, text: str) -> Callable[[Command], Command]:
    return click.option(name, metavar=metavar, multiple=True, help=text)


def _named(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if not all(value.strip() for value in values):
        raise UsageError(f"--{option} is empty; name what to look for, or leave it out")
    return values


def _sure(value: float | None) -> float | None:
    if value is not None and math.isnan(value):
        raise UsageError("--min-confidence nan is no number; give one from 0 to 1")
    return value


def _known(
    option: str, values: tuple[str, ...], valid: Collection[str]
) -> tuple[str, ...]:
    """Return the values as the codebook writes them, whatever their case."""
    by_fold = {str(v).lower(): str(v) for v in valid}
    for value in values:
        if value.lower() not in by_fold:
            raise UsageError(_unknown(option, value, by_fold))
    return tuple(by_fold[value.lower()] for value in values)


def _unknown(option: str, value: str, by_fold: dict[str, str]) -> str:
    near = difflib.get_close_matches(value.lower(), by_fold, n=3)
    meant = f"; did you mean {' or '.join(by_fold[n] for n in near)}?" if near else ""
    valid = ", ".join(sorted(by_fold.values()))
    return f"--{option} {value!r} is not known{meant}\nvalid: {valid}"


def _country(value: str, ontology: Ontology) -> str:
    """Return the code of a country given as ISO3, a code of PLOVER, or a name."""
    if value.upper() in ontology.countries:
        return value.upper()
    codes = _country_codes()
    code = codes.get(value.strip().lower())
    if code is not None:
        return code
    near = difflib.get_close_matches(value.lower(), codes, n=3)
    meant = f"; did you mean {' or '.join(n.title() for n in near)}?" if near else ""
    raise UsageError(
        f"--country {value!r} is not known{meant}\n"
        "valid: ISO 3166 alpha-3 such as UKR, KOS,"
        f" {', '.join(ontology.supranational)}, or a country's English name"
    )


def _country_codes() -> dict[str, str]:
    """Return the code of each state by its names and adjectives, in small letters."""
    from onrecord.lexicon.actor_checks import split
    from onrecord.lexicon.actor_files import STATES
    from onrecord.lexicon.files import DATA, read_tsv

    codes: dict[str, str] = {}
    for _, cells in read_tsv(DATA / "actors/states.tsv", STATES):
        row = dict(zip(STATES, cells, strict=True))
        names = (row["name"], *split(row["names"]), *split(row["adjectives"]))
        codes.update((name.lower(), row["code"]) for name in names)
    return codes


def _day(option: str, value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(
            f"--{option} {value!r} is not a day; write it as 2022-01-29"
        ) from None
