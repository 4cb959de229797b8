"""How much the reader takes; beyond it a report is rejected, not cut."""

MAX_REPORT_CHARS = 10_000_000  # code points of one report, about fifty novels
# A record may spell each character as \uXXXX (6 bytes) and carry other keys beside.
MAX_RECORD_BYTES = 64 * 2**20
HEAD_BYTES = 64 * 1024  # what the kind of a file is told from
MAX_REPLAYED_LINES = 1_000_000  # lines of one table read again behind broken quotes
PARQUET_BATCH_ROWS = 256  # small, so that long reports do not add up in memory
