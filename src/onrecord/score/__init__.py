"""Hold what was given against gold: precision, recall and F1, with counts."""

from onrecord.score.floors import find_fallen, name_figures, parse_floors
from onrecord.score.gold import Gold, GoldKind, read_gold
from onrecord.score.lines import read_lines
from onrecord.score.problems import Problems, raise_problems
from onrecord.score.scoring import (
    LAYERS,
    Scores,
    find_missed,
    layers_of,
    score,
)
from onrecord.score.shapes import Report

__all__ = [
    "LAYERS",
    "Gold",
    "GoldKind",
    "Problems",
    "Report",
    "Scores",
    "find_fallen",
    "find_missed",
    "layers_of",
    "name_figures",
    "parse_floors",
    "raise_problems",
    "read_gold",
    "read_lines",
    "score",
]
