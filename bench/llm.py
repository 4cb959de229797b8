"""What becomes of a language model's answers, good, bad and hostile.

    python -m bench.llm > docs/reference/llm.md

Every row is a run against a server on this machine that speaks the protocol
(tests/support/llmserver.py); no model is asked and nothing leaves the machine.
"""

import functools
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.lexicon.files import DATA
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.llm.account import Asked
from onrecord.llm.answer import read_answer
from onrecord.llm.door import let_in
from onrecord.llm.endpoint import Endpoint
from onrecord.llm.opening import Settings, open_coder
from onrecord.llm.pieces import cut_pieces, show_piece
from onrecord.llm.prompt import make_prompt
from onrecord.model.document import Document
from onrecord.model.event import CodedDocument, Event
from onrecord.pipeline import process, understand
from onrecord.read import read_reports
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import Reader, load_reader
from tests.support.llmcases import CASES, MORE, SHORT, TEXT, Trial
from tests.support.llmmodel import OwnModel, answer_of
from tests.support.llmserver import serve_llm

REPORTS = DATA / "demo/reports.jsonl"
GROUPS = {
    "A good answer": "Good answers",
    "Not JSON": "Answers that are none",
    "An event that is no object": "Answers of another form",
    "An instruction in the report, obeyed": "Words that are not in the text",
    "A type that is none": "Codes, parties, times and places",
    "A statement without content in the text": "Statements",
    "A lone surrogate in the words": "Characters",
    "An answer cut off at its longest": "What an endpoint takes",
    "Tokens that cannot be": "Accounts of tokens",
    "400": "Endpoints that refuse or fail",
}
CELLS = (
    "mode",
    "contexts",
    "actors",
    "recipients",
    "factuality",
    "condition",
    "attribution",
    "when",
    "where",
    "quantities",
)

HEADING = """\
# Answers of a language model, and what becomes of them

Made by `python -m bench.llm`: each row is a run of `--coder llm` against a server on
the same machine that speaks the protocol and answers as the row says.
How to use it, and what the reasons mean, is told in
[Code with a language model](../how-to/llm.md).

The report that is coded is:

> {text}

An answer may have 2 MB, and the one that drips {seconds} seconds.
"""


def main() -> None:
    """Print the page."""
    kit, reader = load_kit(), load_reader()
    print(HEADING.format(text=TEXT, seconds=SHORT), end="")
    for line in (*answers(Trial(kit, reader)), *through_the_door(kit, reader)):
        print(line, flush=True)


def answers(trial: Trial) -> Iterator[str]:
    """Yield the tables of answers."""
    for name, reply in CASES.items():
        if name in GROUPS:
            yield from ("", f"## {GROUPS[name]}", "")
            yield from ("| Answer | What became of it |", "|---|---|")
        yield _row(name, str(trial.run(reply)))
    yield from ("", "## More than one answer", "")
    yield from ("| What | What became of it |", "|---|---|")
    for name, run in MORE.items():
        yield _row(name, str(run(trial)))


def through_the_door(kit: Kit, reader: Reader) -> Iterator[str]:
    """Yield what is lost of good answers, and what the door takes in time."""
    documents = [d for d in read_reports([REPORTS]) if isinstance(d, Document)]
    cache = SentenceCache()
    reading = functools.partial(understand, kit=kit, reader=reader, cache=cache)
    began = time.perf_counter()
    adocs = [reading(document) for document in documents]
    read_for = time.perf_counter() - began
    own = [process(d, kit=kit, reader=reader, cache=cache) for d in documents]
    let_in_for = 0.0
    for adoc, ours in zip(adocs, own, strict=True):
        said = [
            (piece, answer_of(ours, adoc.sentences, range(piece.first, piece.last)))
            for piece in cut_pieces(adoc)
        ]
        read = [(p, read_answer(_json(answer))) for p, answer in said]
        began = time.perf_counter()
        let_in(adoc, read, kit=kit, rule="llm/own", asked=Asked(doc_id=""))
        let_in_for += time.perf_counter() - began
    model = OwnModel(kit, reader)
    model.learn(documents)
    with serve_llm(model) as server, tempfile.TemporaryDirectory() as folder:
        settings = Settings(endpoint=Endpoint(url=server.url, model="own"))
        coder = open_coder(Path(folder), settings, kit=kit, understand=reading)
        coded = [c for c in coder.code(documents) if isinstance(c, CodedDocument)]
        dropped = sum(sum(a.dropped.values()) for a in coder.take_accounts())
    prompt = make_prompt(kit.ontology)
    size = sum(len(show_piece(a, p)) for a in adocs for p in cut_pieces(a))
    yield from _door_lines(own, coded, dropped)
    yield from (
        "",
        "## What it costs here",
        "",
        "| | a report |",
        "|---|---:|",
        (
            f"| Reading it, which parties, times and places rest on |"
            f" {1000 * read_for / len(documents):.0f} ms |"
        ),
        (
            f"| Looking up an answer's words, and all that follows |"
            f" {1000 * let_in_for / len(documents):.0f} ms |"
        ),
        (
            f"| Characters of the report that are sent, as JSON |"
            f" {size / len(documents):,.0f} |"
        ),
        (
            f"| Characters of instructions that are sent with each piece |"
            f" {len(prompt.text):,} |"
        ),
        (
            f"| Characters of the schema, where the endpoint takes one |"
            f" {len(_json(prompt.schema)):,} |"
        ),
        "",
        (
            f"Measured on the {len(documents)} demonstration reports, one process, on a"
            " machine that had other work to do."
        ),
    )


def _door_lines(
    own: Sequence[CodedDocument], coded: Sequence[CodedDocument], dropped: int
) -> Iterator[str]:
    ours = {e.event_id: e for c in own for e in c.events}
    let = {e.event_id: e for c in coded for e in c.events}
    said = {s.statement_id for c in own for s in c.statements}
    heard = {s.statement_id for c in coded for s in c.statements}
    same: Counter[str] = Counter()
    for event_id in ours.keys() & let.keys():
        for cell in CELLS:
            same[cell] += _cell(ours[event_id], cell) == _cell(let[event_id], cell)
    yield from (
        "",
        "## What the door costs a good answer",
        "",
        (
            "The server answers with this program's own coding of the demonstration"
            " reports, in words as a model would, without positions."
        ),
        "What comes through should be what went in.",
        "",
        (
            f"- Events with the same trigger, type and parties:"
            f" {len(ours.keys() & let.keys())} of {len(ours)}."
        ),
        (
            f"- Statements with the same cue and speaker:"
            f" {len(said & heard)} of {len(said)}."
        ),
        f"- Cells dropped: {dropped}.",
        "- Cells of these events that are the same: "
        + ", ".join(f"{cell} {same[cell]}" for cell in CELLS)
        + ".",
        "",
        (
            "What differs are words that stand twice in a sentence: of these the"
            " nearest to the trigger is taken."
        ),
    )


def _cell(event: Event, name: str) -> object:
    found = getattr(event, name)
    if name in ("mode", "factuality") and found is not None:
        return found.value, found.spans
    if name == "contexts":
        return tuple((c.value, c.spans) for c in found)
    return found


def _json(value: object) -> str:
    return json.dumps(value)


def _row(name: str, outcome: str) -> str:
    cells = (
        cell.replace("|", "&#124;").replace("<", "&lt;") for cell in (name, outcome)
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
