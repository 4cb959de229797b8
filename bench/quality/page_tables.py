"""The tables of docs/quality.md, each made of the figures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from bench.quality.figures import Made
from bench.quality.measures import MEASURES
from onrecord.score.telling import markdown_table

Row = Sequence[str]
Lines = Iterator[str]
SHORT = 8  # characters of a hash


class Read(msgspec.Struct, frozen=True):
    """What the page is made of."""

    made: Mapping[str, Made]
    figures: Mapping[str, Any]


def _overview(read: Read) -> Lines:
    rows = []
    for name, measured in MEASURES.items():
        made = read.made[name]
        versions = (made.lexicon[:SHORT], made.model[:SHORT])
        rows.append(
            (
                measured.what,
                measured.measured_on,
                measured.fair,
                f"`{name}`",
                made.date + (f" ({made.note})" if made.note else ""),
                ", ".join(version for version in versions if version),
            )
        )
    columns = ("What", "Measured on", "Kind or fair", "Measure", "When")
    return markdown_table((*columns, "Lexicon, model"), rows)


def _made(name: str) -> Callable[[Read], Lines]:
    def block(read: Read) -> Lines:
        made, measured = read.made[name], MEASURES[name]
        yield f"`{made.command}`, {made.date}, on {measured.measured_on}."
        yield f"These figures are {measured.fair}."

    return block


FIGURES = (
    ("found", "F1 of events by their words, whatever the type"),
    ("typed", "the same, and the type right"),
    ("dyad", "typed, and every actor and recipient right and no other"),
    ("fact", "factuality right among typed"),
    ("unreal", "of what is called happened, the share that is not (lower is better)"),
    ("by", "on whose word, right among typed"),
)
EVENT_COLUMNS = ("Figure", "What it is", "Value", "95% interval", "Counts")


def _events(name: str) -> Callable[[Read], Lines]:
    def block(read: Read) -> Lines:
        figures = read.figures[name]
        return markdown_table(EVENT_COLUMNS, list(_event_rows(figures)))

    return block


def _event_rows(figures: Mapping[str, Any]) -> Iterator[Row]:
    events, within = figures["events"], figures["intervals"]
    for figure, what in FIGURES:
        value = events[figure]
        told, counts = _overlap(value) if "f" in value else _share(value)
        yield figure, what, told, _interval(within.get(figure), 1), counts
        if figure == "fact":
            kappa = f"{events['kappa']:.2f}"
            between = _interval(within.get("kappa"), 2)
            yield "kappa", "Cohen's kappa of factuality", kappa, between, counts
    said = figures["statements"]["said"]
    told, counts = _overlap(said)
    between = _interval(within.get("said"), 1)
    yield "said", "F1 of statements: cue and speaker", told, between, counts


def _overlap(figure: Mapping[str, Any]) -> tuple[str, str]:
    told = f"{figure['f']:.1f} (P {figure['p']:.1f}, R {figure['r']:.1f})"
    right, given, gold = (figure[name] for name in ("right", "given", "gold"))
    return told, f"{right:,} right, {given:,} given, {gold:,} gold"


def _share(figure: Mapping[str, Any]) -> tuple[str, str]:
    return f"{figure['share']:.1f}", f"{figure['n']:,}"


def _interval(interval: Sequence[float] | None, digits: int) -> str:
    if interval is None:
        return ""
    return f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"


def _types(name: str) -> Callable[[Read], Lines]:
    def block(read: Read) -> Lines:
        columns = ("Event type", "F1", "P", "R", "right", "given", "gold")
        by_type = read.figures[name]["events"]["by_type"]
        rows = [
            (
                kind,
                *(f"{figure[part]:.1f}" for part in ("f", "p", "r")),
                *(f"{figure[part]:,}" for part in ("right", "given", "gold")),
            )
            for kind, figure in sorted(by_type.items())
        ]
        return markdown_table(columns, rows)

    return block


def _statements(read: Read) -> Lines:
    names = {
        "act": "speech act right",
        "form": "direct, indirect or mixed right",
        "content": "overlap of the words said (mean F)",
    }
    figures = read.figures["events"]["statements"]
    rows = [(what, *_share(figures[name])) for name, what in names.items()]
    return markdown_table(("Of the statements found", "Per cent", "of"), rows)


def _doubtful(name: str) -> Callable[[Read], Lines]:
    def block(read: Read) -> Lines:
        figures = read.figures[name]["doubtful"]
        yield " ".join(
            f"Of the gold {layer}, {row['all']:,} are doubtful (`unsure`):"
            f" {row['matched']:,} matched and counted, the others count nowhere."
            for layer, row in figures.items()
        )

    return block


def _cells(read: Read) -> Lines:
    cells = read.figures["events"]["cells"]
    rows = [
        (
            name.replace("_", " "),
            *(" of ".join(_share(row[k])) for k in ("all", "given", "absent")),
        )
        for name, row in cells.items()
    ]
    return markdown_table(("Cell", "agrees", "given", "absent"), rows)


def _confidence(read: Read) -> Lines:
    folds, dev = (
        {row[0]: row for row in read.figures[name]["confidence"]["rows"]}
        for name in ("folds", "events")
    )
    rows = []
    for low in sorted(folds | dev):
        cells = [f"{low / 100:.1f}–{(low + 10) / 100:.1f}"]
        for side in (folds, dev):
            row = side.get(low)
            cells += [f"{row[1]:,}", f"{row[2] / row[1]:.0%}"] if row else ["0", ""]
        rows.append(cells)
    columns = ("Confidence", "Rows of the folds", "Right", "Rows of dev", "Right")
    return markdown_table(columns, rows)


def _coreference(read: Read) -> Lines:
    names = {
        "he": "he",
        "she": "she",
        "it": "it",
        "they": "they",
        "all third": "all",
        "I in quotations": "I in quotations",
        "we in quotations": "we in quotations",
        "descriptions": 'descriptions ("the group")',
    }
    rows = []
    for name, shown in names.items():
        row = read.figures["coreference"][name]
        right = f"{row['share']:.1f} ({row['of_resolved']:.1f})"
        simplest = f"{row['simplest']:.1f}" if "simplest" in row else ""
        nobody = f"{row['nobody_resolved']} of {row['nobody']}" if row["nobody"] else ""
        rows.append((shown, f"{row['gold']:,}", right, simplest, nobody))
    columns = ("", "gold", "right", "nearest agreeing name")
    return markdown_table((*columns, "resolved though it means nobody"), rows)


def _quotes(read: Read) -> Lines:
    rows = []
    for genre, row in read.figures["quotes"].items():
        kinds = (
            f"{row['found'][kind]:.1f} of {row['by_kind'][kind]}"
            for kind in ("direct", "indirect", "mixed")
        )
        recall = f"{row['recall']:.1f} of {row['n']}"
        precision = f"{row['precision']:.1f} of {row['pred']}"
        rows.append((genre, recall, *kinds, precision))
    columns = ("", "recall", "direct", "indirect", "mixed", "precision")
    return markdown_table(columns, rows)


def _relations(read: Read) -> Lines:
    names = {
        "plv_both": "all",
        "plv_first": "the half whose errors were looked at",
        "plv_second": "the other half",
        "quad_both": "ConfliBERT's CAMEO set, with a quad class other than 0",
    }
    rows = []
    for name, shown in names.items():
        row = read.figures["relations"][name]
        n = row["root"]["n"] or row["quad"]["n"]
        cells = [f"{shown}, {n:,}"]
        for classes in ("root", "quad"):
            known = row[classes]["n"]
            for figure in ("acc", "macro_f1"):
                cells.append(f"{row[classes][figure]:.1f}" if known else "")
        rows.append(cells)
    columns = ("Sentences", "accuracy", "macro F1, 15 classes")
    return markdown_table((*columns, "quad accuracy", "quad macro F1"), rows)


def _relation_classes(read: Read) -> Lines:
    by_class = read.figures["relations"]["plv_both"]["root"]["by_class"]
    told = ", ".join(f"{kind} {f:.0f}" for kind, f in sorted(by_class.items()))
    yield f"By class, F1 of all {read.figures['relations']['plv_both']['root']['n']:,}:"
    yield f"{told}."


def _layers(read: Read) -> Lines:
    layers = read.figures["layers"]
    times, places, dates = layers["times"], layers["places"], layers["dates"]
    strict, relaxed, value = (times[k]["f"] for k in ("strict", "relaxed", "value"))
    whole = dates["all"]
    each = ("interview", "news", "speech")
    genres = ", ".join(f"{dates[genre]['right']:.1f}" for genre in each)
    told_dates = (
        f"{whole['found']:.1f} overlap one of ours, {whole['right']:.1f} with the"
        f" right value ({genres}), {whole['exact']:.1f} exact first and last day"
    )
    told_places = (
        f"spans {places['span']['f']:.1f} F1; of those found,"
        f" {places['of_found']:.1f}% within 161 km"
    )
    rows = [
        (
            "times",
            f"WikiWars, {times['strict']['gold']:,} times in 22 texts",
            f"strict {strict:.1f}, relaxed {relaxed:.1f}, value {value:.1f} F1",
        ),
        (
            "dates",
            f"GUM interview, news, speech, {whole['n']:,} dates",
            told_dates,
        ),
        (
            "places",
            f"GeoVirus, {places['span']['gold']:,} places in 229 reports",
            told_places,
        ),
    ]
    for split in ("train", "dev"):
        row = layers["numbers"][split]
        told = f"{row['found']} found, value right in {row['right']}"
        rows.append(("numbers", f"`gold/{split}`, {row['n']} numbers", told))
    return markdown_table(("What", "Set", "Figures"), rows)


def _rewriting(read: Read) -> Lines:
    figures = read.figures["rewriting"]
    rows = [
        ("all means", *_found(figures["means"]["all"])),
        ("MinHash over five-word runs alone", *_found(figures["minhash"])),
    ]
    others = [
        (name.replace("_", " "), *_found(row))
        for name, row in figures["means"].items()
        if name != "all" and row.get("found") is not None
    ]
    columns = ("Held out", "found", "wrong pairs")
    return markdown_table(columns, [*rows, *others])


def _found(row: Mapping[str, Any]) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        "" if row.get(name) is None else f"{row[name]:.1f}%"
        for name in ("found", "wrong_links")
    )


TOLD_TWICE = {
    "held_out": "twelve stories held out",
    "tune": "the twenty, which it is fitted on",
}


def _told_twice(read: Read) -> Lines:
    rows = []
    for name, title in TOLD_TWICE.items():
        pairs = read.figures["told_twice"][name]["across"]
        right = pairs["right"]
        shares = (
            f"{100 * right / pairs[whole]:.1f} of {pairs[whole]}"
            for whole in ("due", "labelled")
        )
        rows.append((title, f"{right} of {pairs['merged']}", *shares))
    columns = ("Set", "right of merged", "of those found", "of all labelled")
    return markdown_table(columns, rows)


BLOCKS: Mapping[str, Callable[[Read], Lines]] = {
    "table overview": _overview,
    "table events": _events("events"),
    "table events types": _types("events"),
    "table events statements": _statements,
    "table events cells": _cells,
    "table folds": _events("folds"),
    "table folds types": _types("folds"),
    "table confidence": _confidence,
    "table coreference": _coreference,
    "table quotes": _quotes,
    "table relations": _relations,
    "classes relations": _relation_classes,
    "table layers": _layers,
    "table rewriting": _rewriting,
    "table told_twice": _told_twice,
    "doubtful events": _doubtful("events"),
    "doubtful folds": _doubtful("folds"),
    **{f"made {name}": _made(name) for name in MEASURES},
}
