"""Objects kept in a store such as S3: the one module on Arrow's file systems.

    s3://bucket/prefix      gs://bucket/prefix      az://container/prefix
    abfs(s)://container@account.dfs.core.windows.net/prefix      file:///folder

Credentials, region and endpoint come from the environment or the machine, as Arrow and
Delta Lake find them; an address holds none. A name is taken as it is written.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

import msgspec

from onrecord.errors import ObjectsError, UsageError

if TYPE_CHECKING:
    import pyarrow.fs as pafs

T = TypeVar("T")
R = TypeVar("R")

_ADDRESS = re.compile(r"(s3|gs|az|abfss?|file)://(.*)", re.IGNORECASE | re.DOTALL)
_DRAFT = ".draft"  # of a file that is being put into a folder
AT_ONCE = 8  # requests under way
READ_AHEAD = 4 * 2**20  # bytes of a stream that one request brings
MAX_SAID = 200
# What a store says, and what to do about it.
_ADVICE = (
    ("NO_SUCH_BUCKET", "check the name of the bucket"),
    ("NoSuchBucket", "check the name of the bucket"),
    ("ACCESS_DENIED", "give the credentials the right to it"),
    ("INVALID_ACCESS_KEY", "check the credentials in the environment"),
    ("SIGNATURE_DOES_NOT_MATCH", "check the credentials in the environment"),
    ("Permission denied", "allow yourself to use it"),
    ("403", "give the credentials the right to it"),
    ("404", "check the address"),
)
_ELSE = "check the network, the credentials and, if set, AWS_ENDPOINT_URL; try again"


class Look(msgspec.Struct, frozen=True):
    """An object from outside: its size in bytes; when it was put, in nanoseconds.

    The time is the store's; None where it says none.
    """

    size: int
    put: int | None


class Place:
    """What lies below an address; names are relative to it, with `/` between parts."""

    def __init__(self, address: str) -> None:
        self.address = check_object_address(address)
        self._opened: tuple[pafs.FileSystem, str] | None = None

    def address_of(self, name: str) -> str:
        """Return the address of an object."""
        return f"{self.address}/{name}" if name else self.address

    def objects(self, below: str = "") -> dict[str, Look]:
        """Return the objects whose name begins with `below/`, in the order of names."""
        import pyarrow.fs as pafs

        def ask() -> dict[str, Look]:
            system, base = self._system()
            path = f"{base}/{below}" if below else base
            selector = pafs.FileSelector(path, recursive=True, allow_not_found=True)
            found = system.get_file_info(selector)
            return {
                info.path[len(base) + 1 :]: Look(info.size, info.mtime_ns)
                for info in sorted(found, key=lambda info: order_of(info.path))
                if info.type == pafs.FileType.File and not info.path.endswith(_DRAFT)
            }

        return self._asked(below, ask)

    def folders(self, below: str) -> list[str]:
        """Return the parts of names that follow `below/` and have others below them."""
        import pyarrow.fs as pafs

        def ask() -> list[str]:
            system, base = self._system()
            selector = pafs.FileSelector(f"{base}/{below}", allow_not_found=True)
            found = system.get_file_info(selector)
            is_folder = pafs.FileType.Directory
            return sorted(info.base_name for info in found if info.type == is_folder)

        return self._asked(below, ask)

    def look(self, name: str) -> Look | None:
        """Return what an object looks like, None when there is none."""
        import pyarrow.fs as pafs

        def ask() -> Look | None:
            info = self._system()[0].get_file_info(self._path(name))
            if info.type != pafs.FileType.File:
                return None
            return Look(info.size, info.mtime_ns)

        return self._asked(name, ask)

    def get(self, name: str) -> bytes | None:
        """Return the bytes of an object, None when there is none."""

        def ask() -> bytes | None:
            try:
                with self._system()[0].open_input_file(self._path(name)) as stream:
                    return cast(bytes, stream.read())
            except FileNotFoundError:
                return None

        return self._asked(name, ask)

    def put(self, name: str, raw: bytes) -> None:
        """Put an object in place of what is there, in one step.

        In a folder it is on disk when this returns.
        """

        def ask() -> None:
            system, _ = self._system()
            if self.is_folder:
                _put_file(Path(self._path(name)), raw)
                return
            # All bytes in one call: an end in the middle leaves the object as it was.
            stream = system.open_output_stream(self._path(name))
            stream.write(raw)
            stream.close()

        self._asked(name, ask)

    def delete(self, name: str) -> None:
        """Take an object away; it may be gone already."""

        def ask() -> None:
            try:
                self._system()[0].delete_file(self._path(name))
            except FileNotFoundError:
                return

        self._asked(name, ask)

    def open(self, name: str) -> BinaryIO:
        """Open an object to be read through; raises `OSError`."""
        system, _ = self._system()
        stream = system.open_input_stream(
            self._path(name),
            compression=None,  # else the name would decide
            buffer_size=READ_AHEAD,
        )
        return cast(BinaryIO, stream)

    @property
    def is_folder(self) -> bool:
        """Tell whether it is a folder of this machine."""
        return self.address.startswith("file://")

    def _path(self, name: str) -> str:
        base = self._system()[1]
        return f"{base}/{name}" if name else base

    def _system(self) -> "tuple[pafs.FileSystem, str]":
        if self._opened is None:
            self._opened = _open_system(self.address)
        return self._opened

    def _asked(self, name: str, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except (OSError, ValueError) as err:
            raise ObjectsError(f"{self.address_of(name)}: {why_not(err)}") from err


def is_object_address(one: object) -> bool:
    """Tell whether an argument is an address of objects.

    >>> is_object_address("s3://bucket/day.jsonl"), is_object_address("day.jsonl")
    (True, False)
    """
    return isinstance(one, str) and _ADDRESS.fullmatch(one) is not None


def check_object_address(address: str) -> str:
    """Return an address as it is kept, without a slash at its end.

    Raises `UsageError` when it names no place, or holds a password.

    >>> check_object_address("S3://bucket/day/")
    's3://bucket/day'
    """
    found = _ADDRESS.fullmatch(address)
    scheme = found[1].lower() if found else ""
    rest = found[2].rstrip("/") if found else ""
    host, _, _ = rest.partition("/")
    user, at, _ = host.rpartition("@")
    if at and (not scheme.startswith("abfs") or ":" in user):
        raise UsageError(
            f"{scheme}://…@{host.rpartition('@')[2]}: an address may hold no user name"
            " and no password; put credentials into the environment"
        )
    if scheme == "file":
        if not rest.startswith("/"):
            raise UsageError(f"{address}: write file:///path, with three slashes")
    elif not host:
        raise UsageError(f"{address}: names no bucket; write {scheme}://bucket/name")
    return f"{scheme}://{rest}"


def order_of(name: str) -> tuple[bytes, ...]:
    """Return what sorts names as folders are read: level by level, by bytes."""
    return tuple(part.encode("utf-8", "surrogateescape") for part in name.split("/"))


def for_each(call: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Call for each item, some at the same time; return what came, in order."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(call, items))


def why_not(err: Exception) -> str:
    """Return in one line what a store says is wrong, and what to do."""
    said = " ".join(str(err).split())
    advice = next((do for mark, do in _ADVICE if mark in said), _ELSE)
    shown = "".join(char if char.isprintable() else "?" for char in said)
    short = shown if len(shown) <= MAX_SAID else shown[: MAX_SAID - 1] + "…"
    return f"the store refuses or cannot be reached ({short}); {advice}"


def delta_options(address: str) -> dict[str, str]:
    """Return what Delta Lake needs to be told beside the environment."""
    options = {"timeout": "10s", "max_retries": "3", "retry_timeout": "20s"}
    named = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if address.startswith("s3://") and (named or "").startswith("http://"):
        options["aws_allow_http"] = "true"  # the user named an address without TLS
    return options if not address.startswith("file://") else {}


def _open_system(address: str) -> "tuple[pafs.FileSystem, str]":
    import pyarrow.fs as pafs

    scheme, _, rest = address.partition("://")
    if scheme == "file":
        return pafs.LocalFileSystem(), rest
    bucket, _, _ = rest.partition("/")
    if scheme == "s3":
        # Small objects in one request.
        system, _ = pafs.FileSystem.from_uri(f"s3://{bucket}?allow_delayed_open=true")
        return system, rest
    if scheme == "gs":
        system, _ = pafs.FileSystem.from_uri(f"gs://{bucket}")
        return system, rest
    account: Any = os.environ.get("AZURE_STORAGE_ACCOUNT_NAME")
    if scheme != "az":
        host = bucket.rpartition("@")[2]
        rest = bucket.rpartition("@")[0] + rest[len(bucket) :]
        account = host.partition(".")[0]
    if not account:
        raise ValueError("AZURE_STORAGE_ACCOUNT_NAME is not set")
    key = os.environ.get("AZURE_STORAGE_ACCOUNT_KEY")
    return pafs.AzureFileSystem(account_name=account, account_key=key), rest


def _put_file(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, suffix=_DRAFT, delete=False
    ) as stream:
        draft = Path(stream.name)
        try:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            draft.unlink()
            raise
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
