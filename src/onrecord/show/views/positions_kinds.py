"""Which events and statements are moves, and how they are sorted: `positions.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from onrecord.show.views.positions_shape import MoveKind

WORD = re.compile(r"\w+")


class MoveRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an event or statement must have to be a move of a kind; see the file."""

    id: str
    kind: MoveKind
    origin: str
    example: str
    event_type: str | None = None
    act: str | None = None
    frames: tuple[str, ...] = ()
    not_frames: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    not_modes: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    refers: bool = False
    toward: bool = False
    factuality: tuple[str, ...] = ()
    conditional: bool = False
    told: bool = False
    names: bool = False


class Grouping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How words weigh and from what likeness on moves are of one issue."""

    origin: str
    threshold: float
    answer: float
    title: float
    before: float
    near: int
    far: float
    outside: float
    said: float
    name: float
    repeat: float
    most: int


class IssueWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that stand for a move told before, and words that name no issue."""

    origin: str
    mention: tuple[str, ...]
    definite: tuple[str, ...]
    continued: tuple[str, ...]
    empty: frozenset[str]


class Same(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Forms that mean one thing when it is asked what a move is about."""

    id: str
    origin: str
    forms: tuple[str, ...]


class PositionRules(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file; of `move` the first that fits counts."""

    move: tuple[MoveRule, ...]
    grouping: Grouping
    words: IssueWords
    same: tuple[Same, ...]


@cache
def load_position_rules() -> PositionRules:
    """Return the shipped rules."""
    path = Path(__file__).resolve().parent / "positions.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert(tables, PositionRules)


def reference(words: IssueWords) -> re.Pattern[str]:
    """Return what finds "the demand" that does not go on to say which."""
    return re.compile(
        rf"\b(?:{'|'.join(words.definite)})(?: [\w-]+)?"
        rf" (?:{'|'.join(words.mention)})\b(?! (?:{'|'.join(words.continued)})\b)",
        re.IGNORECASE,
    )


def rule_of_event(event: Mapping[str, Any], rules: PositionRules) -> MoveRule | None:
    """Return the rule that makes an event a move, or None."""
    for rule in rules.move:
        if rule.event_type == event["event_type"] and _fits(event, rule):
            return rule
    return None


def rule_of_statement(
    statement: Mapping[str, Any], rules: PositionRules
) -> MoveRule | None:
    """Return the rule that makes a statement a move, or None."""
    return next((rule for rule in rules.move if _says(statement, rule, rules)), None)


def _says(statement: Mapping[str, Any], rule: MoveRule, rules: PositionRules) -> bool:
    if rule.act != statement["act"]:
        return False
    if rule.words and statement["cue"]["text"].lower() not in rule.words:
        return False
    said = " ".join(span["text"].lower() for span in statement["content"])
    if not frozenset(rule.not_about).isdisjoint(WORD.findall(said)):
        return False
    sentence = statement["sentence"]["text"]
    return not rule.refers or bool(reference(rules.words).search(sentence))


def _fits(event: Mapping[str, Any], rule: MoveRule) -> bool:
    frame = event["rule"].partition("frames/")[2].partition("#")[0]
    word = event["trigger"]["text"].lower()
    return (
        event["factuality"] in rule.factuality
        and (not rule.frames or frame in rule.frames)
        and frame not in rule.not_frames
        and word not in rule.not_words
        and event["mode"] not in rule.not_modes
        and (event["condition"] is not None or not rule.conditional)
        and (bool(event["recipients"]) or not rule.toward)
    )
