"""Read the reports of objects on S3 and its like: one object, or all below a prefix."""

from collections.abc import Iterator, Mapping

from onrecord.errors import InputError, ObjectsError
from onrecord.model.document import Document, Rejected
from onrecord.objects import Look, Place, why_not
from onrecord.read.decode import open_chunks
from onrecord.read.inputs import HIDDEN
from onrecord.read.limits import HEAD_BYTES, Limits
from onrecord.read.origin import Origin, origin_of_address, reject
from onrecord.read.steady import CHANGED
from onrecord.read.streams import read_stream
from onrecord.read.textfile import MAX_META_BYTES, META_SUFFIX
from onrecord.read.unpack import inner_name, is_packed

Reports = Iterator[Document | Rejected]


def read_objects(address: str, limits: Limits) -> Reports:
    """Yield the reports of an object, or of those below a prefix, sorted by name.

    As with folders, hidden names and metadata files beside a text are passed over. What
    cannot be listed costs this input, what cannot be read costs that object.
    """
    place = Place(address)
    named = origin_of_address(place.address)
    try:
        alone = place.look("")
        found = place.objects() if alone is None else {}
    except ObjectsError as err:
        yield reject(named, str(err).removeprefix(f"{place.address}: "))
        return
    if alone:
        folder, _, last = place.address.rpartition("/")
        yield from _read_object(Place(folder), last, alone, None, limits)
        return
    if not found:
        yield reject(named, "nothing is there; check the address")
    for name, look in found.items():
        if not _is_passed_over(name):
            yield from _read_object(place, name, look, found, limits)


def _read_object(
    place: Place,
    name: str,
    look: Look,
    found: Mapping[str, Look] | None,
    limits: Limits,
) -> Reports:
    """Yield the reports of one object; `found` is what stands beside it, if known."""
    address = place.address_of(name)
    last = address.rpartition("/")[2]
    named = origin_of_address(address)
    origin = Origin(named.file, _stem(origin_of_address(last).stem))
    try:
        meta = _read_meta(place, name, found)
        yield from read_stream(
            open_chunks(_steady_chunks(place, name, look)),
            origin,
            limits,
            name=last,
            meta=meta,
        )
    except ObjectsError as err:
        yield reject(origin, str(err).removeprefix(f"{address}: "))


def _steady_chunks(place: Place, name: str, look: Look) -> Iterator[bytes]:
    """Yield an object's bytes; raise `InputError` where it is gone or has changed."""
    try:
        with place.open(name) as stream:
            while chunk := stream.read(HEAD_BYTES):
                yield chunk
    except FileNotFoundError as err:
        raise InputError("it is gone; list the prefix again, or do without") from err
    except OSError as err:
        raise InputError(f"{why_not(err)}; what was read of it is kept") from err
    if place.look(name) != look:
        raise InputError(CHANGED)


def _read_meta(
    place: Place, name: str, found: Mapping[str, Look] | None
) -> bytes | None:
    """Return the metadata object beside a text, None when there is none."""
    folder, slash, last = name.rpartition("/")
    stem = _stem(inner_name(last) if is_packed(last) else last)
    beside = folder + slash + stem + META_SUFFIX
    if last.endswith(META_SUFFIX) or (found is not None and beside not in found):
        return None
    raw = place.get(beside)
    return raw and raw[:MAX_META_BYTES]


def _is_passed_over(name: str) -> bool:
    hidden = any(part.startswith(HIDDEN) for part in name.split("/"))
    return hidden or name.endswith(META_SUFFIX)


def _stem(name: str) -> str:
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name
