"""What a line of `copies` is worth, per means of rewriting."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from bench.rewriting.corpus import Label, Report
from onrecord.model.span import Span


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What the program says of one report; `drift` are spans of the copy's text."""

    id: str
    doc_id: str
    story_id: str
    relation: str
    of: str | None
    drift: tuple[Span, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one means; shares are None where there is nothing to count.

    found: copies in their source's story. relation: copies whose relation is right.
    called: reports said to be copies. silent: those called so with no drift at the
    words that changed. wrong_links: pairs in one story that are of different affairs.
    wrong_reports: reports with such a pair. drift: changed words that drift covers.
    sharp: words of drift that were changed.
    """

    means: str
    reports: int
    missing: int
    found: float | None
    relation: float | None
    called: float
    silent: float | None
    wrong_links: float | None
    wrong_reports: float
    drift: float | None
    sharp: float | None


COPY_RELATIONS = frozenset({"exact", "near", "rewritten"})


def read_lines(rows: Iterable[Mapping[str, Any]]) -> dict[str, Line]:
    """Return the program's lines by the id that each report came with."""
    rows = list(rows)
    ids = {row["doc_id"]: row["source_id"] for row in rows}
    return {
        row["source_id"]: Line(
            id=row["source_id"],
            doc_id=row["doc_id"],
            story_id=row["story_id"],
            relation=row["relation"],
            of=ids.get(row["of"]) if row["of"] else None,
            drift=tuple(
                Span(d["copy"]["start"], d["copy"]["end"])
                for d in row["drift"]
                if d["copy"] and d["copy"]["start"] < d["copy"]["end"]
            ),
        )
        for row in rows
    }


def score(
    reports: Sequence[Report], labels: Sequence[Label], lines: Mapping[str, Line]
) -> tuple[Row, ...]:
    """Return a row for each means and one for all."""
    texts = {r.id: r.text for r in reports}
    stories = {i: line.story_id for i, line in lines.items()}
    links = count_links(labels, stories)
    groups: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        groups[label.means].append(label)
    return (
        *(_row(means, group, texts, lines, links) for means, group in groups.items()),
        _row("all", labels, texts, lines, links),
    )


def count_links(
    labels: Sequence[Label], stories: Mapping[str, str]
) -> dict[str, tuple[int, int]]:
    """Return, by report, its pairs in one story and how many of them are wrong."""
    members: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        if label.id in stories:
            members[stories[label.id]].append(label)
    links = {}
    for story in members.values():
        kinds = Counter(label.affairs for label in story)
        for label in story:
            right = sum(
                n for affairs, n in kinds.items() if set(affairs) & set(label.affairs)
            )
            links[label.id] = (len(story) - 1, len(story) - right)
    return links


def find_share(labels: Sequence[Label], stories: Mapping[str, str]) -> float | None:
    """Return the share of copies that stand in the story of one of their sources."""
    return _share(
        label.id in stories
        and any(stories.get(s) == stories[label.id] for s in label.sources)
        for label in labels
        if label.relations
    )


def _row(
    means: str,
    labels: Sequence[Label],
    texts: Mapping[str, str],
    lines: Mapping[str, Line],
    links: Mapping[str, tuple[int, int]],
) -> Row:
    known = [label for label in labels if label.id in lines]
    called = [x for x in known if lines[x.id].relation in COPY_RELATIONS]
    pairs = sum(links[x.id][0] for x in known)
    wrong = sum(links[x.id][1] for x in known)
    drifted = [x for x in called if x.changed and lines[x.id].of in x.sources]
    changed = [
        (lines[x.id], s) for x in drifted for s in _words(texts[x.id], x.changed)
    ]
    drift = [(x, s) for x in drifted for s in _words(texts[x.id], lines[x.id].drift)]
    return Row(
        means=means,
        reports=len(labels),
        missing=len(labels) - len(known),
        found=find_share(labels, {i: line.story_id for i, line in lines.items()}),
        relation=_share(
            x.id in lines and lines[x.id].relation in x.relations
            for x in labels
            if x.relations
        ),
        called=len(called) / max(1, len(known)),
        silent=_share(
            lines[x.id].relation in COPY_RELATIONS
            and not any(_covers(lines[x.id].drift, s) for s in x.changed)
            for x in known
            if x.changed and not x.relations
        ),
        wrong_links=wrong / pairs if pairs else None,
        wrong_reports=sum(links[x.id][1] > 0 for x in known) / max(1, len(known)),
        drift=_share(_covers(line.drift, s) for line, s in changed),
        sharp=_share(_covers(x.changed, s) for x, s in drift),
    )


def _words(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the words in spans of a text."""
    words = []
    for span in spans:
        at = span.start
        for word in span.of(text).split():
            start = text.index(word, at)
            at = start + len(word)
            words.append(Span(start, at))
    return words


def _covers(spans: Iterable[Span], word: Span) -> bool:
    return any(s.start < word.end and word.start < s.end for s in spans)


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None
