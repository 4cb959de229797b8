"""Answers that are kept: while the record stays, what was asked once is known.

Whole-record views such as positions take seconds where events are counted in millions,
and a page asks for them anew whenever it is opened.
"""

from collections import OrderedDict
from typing import cast

import msgspec
from litestar.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64_000_000
NEVER = frozenset({"/api/sql"})  # its limits are those of the moment

Key = tuple[str, str]  # the tag of what is asked, and how it may be packed


class Kept(msgspec.Struct, frozen=True):
    """The messages of an answer."""

    messages: tuple[Message, ...]
    size: int


class Answers:
    """The last answers, as many as there is room for."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def find(self, key: Key) -> Kept | None:
        """Return an answer that is kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, messages: tuple[Message, ...]) -> None:
        """Keep an answer; those that were not asked for longest make room."""
        size = sum(len(cast("bytes", m.get("body", b""))) for m in messages)
        if size > self._most // 4:
            return
        old = self._kept.pop(key, None)
        self._size += size - (old.size if old else 0)
        self._kept[key] = Kept(messages, size)
        while self._size > self._most:
            _, gone = self._kept.popitem(last=False)
            self._size -= gone.size

    async def ask(
        self, app: ASGIApp, key: Key, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Send what `app` answers, and keep it where nothing went wrong."""
        messages: list[Message] = []

        async def note(message: Message) -> None:
            # What comes behind `send` may change the message.
            messages.append(_copied(message))
            await send(message)

        await app(scope, receive, note)
        whole = messages and not messages[-1].get("more_body", False)
        if whole and messages[0].get("status") == 200:
            self.keep(key, tuple(messages))


async def send_kept(kept: Kept, send: Send) -> None:
    """Send an answer that is kept."""
    for message in kept.messages:
        await send(_copied(message))


def _copied(message: Message) -> Message:
    return cast("Message", dict(message))
