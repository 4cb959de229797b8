"""How much memory and time it takes to place many tellings.

    python -m bench.happenings_scale RECORD FOLDER [--copies 10] [--apart DAYS]

What reports tell in RECORD, such as one of `bench.memory`, is taken so many times, each
with other ids and so many days after the one before (0: all in the same days, where
everything may be the same as everything else), and put into a new record in FOLDER.
Prints, pass by pass, how many have places, the seconds of the processor, and the most
memory held. Events and happenings' own rows are left out.
"""

import argparse
import time
from pathlib import Path

from bench.memory import peak_memory
from onrecord.collapse import WEIGHTS
from onrecord.engine.place import place_tellings
from onrecord.lexicon.choices import read_weights
from onrecord.store.query import connect, rows
from onrecord.store.record import Record, open_record

ROWS_A_COMMIT = 20_000
BUCKET_DAYS = 4  # days that share a key; whole stretches keep keys as they are
GROWN = """
SELECT * REPLACE (
    telling_id || '-' || {n} AS telling_id,
    doc_id || '-' || {n} AS doc_id,
    date + {days} AS date, start + {days} AS start, "end" + {days} AS "end",
    list_transform(keys, lambda k: xor(k, {salt})) AS keys
) FROM profiles
"""


def main() -> None:
    """Make the record, and print a line for each pass."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("record", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--apart", type=int, default=0)
    args = parser.parse_args()
    with open_record(args.folder) as record:
        grow(record, args.record, args.copies, args.apart)
        print(f"made: {count(record, 'profiles'):,} tellings, {peak_memory():.0f} MB")
        weights = read_weights(WEIGHTS)
        began = time.process_time()
        while place_tellings(record, None, weights, "bench"):
            print(
                f"{count(record, 'tellings'):,} placed:"
                f" {time.process_time() - began:.0f} s of the processor,"
                f" {peak_memory():.0f} MB",
                flush=True,
            )


def grow(record: Record, source: Path, copies: int, apart: int) -> None:
    """Put copies of what is told in `source` into a record that has none."""
    for n in range(0 if count(record, "profiles") else copies):
        days = n * apart
        sql = GROWN.format(n=n, days=days, salt=days // BUCKET_DAYS)
        made = []
        for row in rows(connect(source), sql):
            made.append(row)
            if len(made) == ROWS_A_COMMIT:
                record.commit(run=None, add={"profiles": made})
                made = []
        record.commit(run=None, add={"profiles": made})


def count(record: Record, table: str) -> int:
    """Return how many rows a table has."""
    (row,) = rows(record.connect(table), f"SELECT count(*) AS n FROM {table}")
    return int(row["n"])


if __name__ == "__main__":
    main()
