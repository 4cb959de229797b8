"""The journal of a record on object storage, and how a copy follows it.

It is kept in parts: `journal/FIRST-WRITER.jsonl` holds the commits from FIRST on that
the writer with this number put there. A later writer's part takes the place of what an
earlier one put from the same commit on: that was never in the head. A record that was
brought there by other means has a `journal.jsonl` before all parts.
"""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from onrecord.errors import RecordDamaged
from onrecord.objects import Place
from onrecord.store.head import (
    HEAD_FILE,
    JOURNAL_FILE,
    Head,
    head_bytes,
    write_head,
)
from onrecord.store.journal import (
    HINT,
    LOG,
    BadLine,
    Commit,
    check_of,
    entry_name,
    read_journal,
)
from onrecord.store.remote import (
    Copy,
    fetch_files,
    read_copy,
    write_copy,
    write_whole,
)

logger = logging.getLogger(__name__)

PARTS = "journal"
KEPT_PARTS = ".journal"  # the parts as fetched, in a copy


class _Counted(msgspec.Struct):
    commits: int = 0


class _Line(msgspec.Struct):
    """As much of a line of the journal as tells where it belongs."""

    head: _Counted


class Part(msgspec.Struct, frozen=True, order=True):
    """A part of the journal: the writer's number, and its first commit."""

    writer: int
    first: int

    @property
    def name(self) -> str:
        """Return the object's name."""
        return f"{PARTS}/{self.first:012}-{self.writer:012}.jsonl"


class Told(msgspec.Struct, frozen=True):
    """A line of the journal that is there: its commit, the file and bytes it is in."""

    commits: int
    path: Path
    start: int
    end: int


_line_decoder = msgspec.json.Decoder(_Line)
_commit_decoder = msgspec.json.Decoder(Commit)


def follow(folder: Path, place: Place, head: Head) -> None:
    """Bring a copy to `head`, which is what is there.

    What the copy has beyond it stays, if it goes on from there; else it is thrown away.
    The caller keeps others from doing so at the same time.
    """
    copy = read_copy(folder)
    if copy and copy.commits == head.commits and _is_at(folder, head):
        return
    follow_journal(folder, fetch_journal(folder, place, head.commits), head)


def follow_journal(folder: Path, told: Sequence[Told], head: Head) -> None:
    """Bring a copy to a head whose journal has been fetched."""
    copy = read_copy(folder)
    if copy is None:
        raise AssertionError("only copies follow")
    anew = _take_journal(folder, copy, told)
    if anew or not _is_ahead(folder, head.commits):
        _lay_out(folder, head, anew=anew)
        write_head(folder, head)
    write_copy(folder, msgspec.structs.replace(copy, commits=head.commits))


def head_told(told: Sequence[Told]) -> Head:
    """Return the head that the last line of a journal made."""
    if not told:
        return Head()
    return commit_in(told[-1]).head


def fetch_journal(folder: Path, place: Place, commits: int) -> tuple[Told, ...]:
    """Fetch what is new of the journal; return its lines up to a commit.

    Raises `RecordDamaged` when some are not there.
    """
    parts = {
        part: look.size
        for name, look in place.objects(PARTS).items()
        if (part := part_of(name))
    }
    paths = {part: folder / KEPT_PARTS / part.name for part in parts}
    for part, size in parts.items():
        path = paths[part]
        if path.exists() and path.stat().st_size == size:
            continue
        raw = place.get(part.name)
        if raw is not None:
            write_whole(path, raw)
    before = Part(writer=-1, first=0)
    if commits and min((part.first for part in parts), default=commits + 1) > 1:
        paths[before] = folder / KEPT_PARTS / JOURNAL_FILE
        raw = place.get(JOURNAL_FILE)
        if raw is not None:
            write_whole(paths[before], raw)
    told: dict[int, Told] = {}
    for part in sorted(paths):
        lines = list(told_in(paths[part]))
        if lines:
            first = lines[0].commits
            told = {n: one for n, one in told.items() if n < first}
        told.update((line.commits, line) for line in lines)
    own = {one.commits: one for one in told_in(folder / JOURNAL_FILE)}
    # One that was mended here before it was brought there may pass over numbers.
    whole = max(
        (n for n, one in told.items() if one.path == paths.get(before)), default=0
    )
    for number in range(whole + 1, commits + 1):
        if number not in told and number in own:
            told[number] = own[number]
        if number not in told:
            raise RecordDamaged(
                f"{place.address_of(PARTS)}: commit {number:,} of {commits:,} is"
                " missing or not as it was written; put back a copy of this folder, or"
                " run the reports again into a new record"
            )
    return tuple(told[n] for n in sorted(told) if n <= commits)


def part_of(name: str) -> Part | None:
    """Return which part of the journal an object is, None for anything else."""
    folder, _, last = name.rpartition("/")
    first, _, writer = last.removesuffix(".jsonl").partition("-")
    if folder != PARTS or not (first.isdecimal() and writer.isdecimal()):
        return None
    return Part(writer=int(writer), first=int(first))


def commits_in(folder: Path) -> Iterator[tuple[Commit, bytes]]:
    """Yield the commits of a copy's journal, each with its line."""
    for one in told_in(folder / JOURNAL_FILE):
        yield commit_in(one), bytes_of(one)


def _take_journal(folder: Path, copy: Copy, told: Sequence[Told]) -> bool:
    """Make a copy's journal that of the record; tell if it had gone another way."""
    journal = folder / JOURNAL_FILE
    lines = tuple(told_in(journal))
    own = _without_gap(lines, after=copy.commits)
    same = 0
    while (
        same < min(len(own), len(told))
        and own[same].commits == told[same].commits
        and bytes_of(own[same]) == bytes_of(told[same])
    ):
        same += 1
    last = told[-1].commits if told else 0
    goes_on = same == len(told) and last >= copy.commits and len(own) == len(lines)
    if goes_on or (same == len(told) == len(lines)):
        return False  # ahead, or in step
    end = own[same - 1].end if same else 0
    unpushed = [one for one in own[same:] if one.commits > copy.commits]
    if unpushed:
        logger.warning(
            "%s: another machine has written to it since; what this one committed and"
            " never put there (commits %s to %s) is thrown away: give its inputs again",
            copy.address,
            unpushed[0].commits,
            unpushed[-1].commits,
        )
    anew = same < len(lines)
    kept = journal.read_bytes()[:end] if journal.exists() else b""
    rest = b"".join(bytes_of(one) for one in told[same:])
    write_whole(journal, kept + rest)
    return anew


def _without_gap(lines: Sequence[Told], *, after: int) -> Sequence[Told]:
    """Return the lines up to the first that is damaged, of those not there yet."""
    for at in range(1, len(lines)):
        number, before = lines[at].commits, lines[at - 1].commits
        if number > after and number != before + 1:
            return lines[:at]
    return lines


def _lay_out(folder: Path, head: Head, *, anew: bool) -> None:
    """Write the logs of the tables, as the journal has them, up to a head.

    With `anew` what does not belong to it is taken away. Checkpoints save time.
    """
    done = -1 if anew else _commits_of(folder)
    checkpoints: dict[str, str] = {}
    for commit in read_journal(folder):
        if isinstance(commit, BadLine):
            continue
        for version in commit.versions:
            for kept in version.files:
                if kept.path.startswith(LOG):
                    checkpoints[version.table] = kept.path
            entry = folder / version.table / LOG / entry_name(version.version)
            raw = version.entry.encode()
            if commit.head.commits > done and not _holds(entry, raw):
                write_whole(entry, raw)
    if anew:
        for log in folder.glob(f"*/{LOG}"):
            _drop_beyond(log, head.versions.get(log.parent.name, -1))
    wanted = [folder.absolute() / table / path for table, path in checkpoints.items()]
    fetch_files(folder, wanted)  # without one a log is read from its beginning


def _drop_beyond(log: Path, newest: int) -> None:
    (log / HINT).unlink(missing_ok=True)
    for path in tuple(log.iterdir()):
        number, _, _ = path.name.partition(".")
        beyond = number.isdecimal() and int(number) > newest
        if beyond or path.suffix == ".parquet":
            path.unlink()
    if newest < 0:
        shutil.rmtree(log.parent)


def _holds(path: Path, raw: bytes) -> bool:
    try:
        return path.read_bytes() == raw
    except OSError:
        return False


def _is_at(folder: Path, head: Head) -> bool:
    return _holds(folder / HEAD_FILE, head_bytes(head))


def _is_ahead(folder: Path, commits: int) -> bool:
    """Tell whether a copy has commits that are not there."""
    return (folder / HEAD_FILE).exists() and _last_commit(folder) > commits


def _last_commit(folder: Path) -> int:
    lines = tuple(told_in(folder / JOURNAL_FILE))
    return lines[-1].commits if lines else 0


def _commits_of(folder: Path) -> int:
    """Return up to which commit a copy's logs are laid out."""
    try:
        raw = (folder / HEAD_FILE).read_bytes()
        return msgspec.json.decode(raw, type=_Counted).commits
    except (OSError, msgspec.DecodeError):
        return -1


def told_in(path: Path, start: int = 0) -> Iterator[Told]:
    """Yield the whole lines of a journal, or of a part, that can be read.

    They are looked for from byte `start` on, where one begins.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return
    with stream:
        stream.seek(start)
        for line in stream:
            end = start + len(line)
            check, _, raw = line.partition(b" ")
            if line.endswith(b"\n") and check == check_of(raw[:-1]):
                with suppress(msgspec.DecodeError, UnicodeDecodeError):
                    commits = _line_decoder.decode(raw).head.commits
                    yield Told(commits, path, start, end)
            start = end


def commit_in(told: Told) -> Commit:
    """Return what a line says."""
    return _commit_decoder.decode(bytes_of(told).partition(b" ")[2])


def bytes_of(told: Told) -> bytes:
    """Return a line as it is written, with its end."""
    with told.path.open("rb") as stream:
        stream.seek(told.start)
        return stream.read(told.end - told.start)
