"""Ids are hashes of content: same in, same id."""

import hashlib

DIGEST_BYTES = 10  # 80 bits: a collision among a billion ids is under one in a million
SEPARATOR = b"\x1f"
ABSENT = b"\x00"


def content_id(kind: str, *parts: str | int | None) -> str:
    """Return `kind` and a hash of `parts`, for example `evt-1f0c…`.

    `None` and the empty string hash apart. Lone surrogates are hashed as they are.
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        raw = ABSENT if part is None else str(part).encode("utf-8", "surrogatepass")
        digest.update(raw)
        digest.update(SEPARATOR)
    return f"{kind}-{digest.hexdigest()}"
