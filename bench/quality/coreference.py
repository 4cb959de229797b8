"""Score whom pronouns and descriptions mean, on GUM's free news, speech, interview.

    python -m bench.quality.coreference [--shipped] [--json]

The weights are learnt anew for each fifth of the texts from all other texts (of every
genre, and from the events of gold/train, written and long) and tried on that fifth.
`--shipped` tries the shipped weights, which have seen these texts. A pronoun is right
when what it was resolved to is in its chain; the simplest rule is the nearest name
before it that agrees. Descriptions are those of people, bodies and places ("the
group") that go back to something.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from bench.quality.chains import Chained, read_chained
from bench.quality.coreference_counts import Counts, add, count, prepare
from bench.quality.shared import find_shared
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import Sentence
from onrecord.model.document import Document
from onrecord.understand.nominals import find_nominals
from onrecord.understand.parse import SentenceCache, parse
from onrecord.understand.reader import Reader, load_reader
from onrecord.understand.sentences import split_sentences
from training.coreference import Examples, collect_all, learn

GENRES = ("news", "speech", "interview")
FOLDS = 5
ROWS = (
    "he",
    "she",
    "it",
    "they",
    "all third",
    "it, of parties",
    "they, of parties",
    "I in quotations",
    "we in quotations",
    "descriptions",
)


def main() -> None:
    """Read, learn, resolve and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    shared = find_shared()
    kit, reader = load_kit(), load_reader()
    tested = [c for c in read_chained(shared) if c.genre in GENRES]
    examples = {} if args.shipped else collect_all(shared, kit, reader)
    total: Counts = defaultdict(Counter)
    for fold in range(FOLDS):
        held = tested[fold::FOLDS]
        fitted = kit if args.shipped else _learnt_without(held, examples, kit)
        for chained in held:
            sentences = _parsed(chained.document, reader)
            nominals = find_nominals(chained.document, sentences, kit=fitted)
            add(total, count(prepare(chained, sentences), nominals))
    print(json.dumps(total) if args.json else show(total))


def _learnt_without(held: Sequence[Chained], examples: Examples, kit: Kit) -> Kit:
    """Return the kit with weights learnt from all texts but those held out."""
    out = {c.document.source_id for c in held}
    weights = learn([e for i, row in examples.items() if i not in out for e in row])
    fitted = msgspec.structs.replace(kit.coreference, weights=weights)
    return msgspec.structs.replace(kit, coreference=fitted)


def _parsed(document: Document, reader: Reader) -> tuple[Sentence, ...]:
    cuts = split_sentences(document.text, start=document.body_start)
    return parse(document.text, cuts, reader=reader, cache=SentenceCache())


def show(total: Counts) -> str:
    """Return the table of a total."""
    lines = [
        f"{'':18}{'gold':>6}{'right':>7}{'prec':>7}{'simplest':>9}{'too many':>12}"
    ]
    lines += [_line(sort, total[sort]) for sort in ROWS if sort in total]
    return "\n".join(lines)


def _line(sort: str, row: Counter[str]) -> str:
    gold = row["right"] + row["wrong"] + row["open"]
    given = row["right"] + row["wrong"] + row["too many"]
    simplest = f"{100 * row['simplest right'] / gold:9.1f}" if gold else ""
    nobody = row["nobody, resolved"] + row["nobody, open"]
    many = f"{row['nobody, resolved']:6}/{nobody:<5}" if nobody else ""
    if row["too many"]:
        many = f"{row['too many']:6}"
    return (
        f"{sort:18}{gold:6}{100 * row['right'] / max(1, gold):7.1f}"
        f"{100 * row['right'] / max(1, given):7.1f}{simplest}{many}"
    )


if __name__ == "__main__":
    main()
