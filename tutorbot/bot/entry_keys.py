"""Short stable names for entries, so that a button's 100 characters can hold several of them."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable

_BYTES = 5
"""40 bits: 8 characters; two of a thousand entries share a key once in two million courses."""


class EntryKeys:
    """From entry ids to keys and back. A key depends on the id alone: it means the same after a restart."""

    def __init__(self, entry_ids: Iterable[str]) -> None:
        self._by_key = {_key(entry_id): entry_id for entry_id in entry_ids}

    def pack(self, entry_ids: Iterable[str], room: int) -> str:
        """The keys of the first entries that fit into ``room`` characters, joined by dots."""
        keys = [_key(entry_id) for entry_id in dict.fromkeys(entry_ids)]
        while keys and len(".".join(keys)) > room:
            keys.pop()
        return ".".join(keys)

    def unpack(self, packed: str) -> tuple[str, ...]:
        """The entries that still exist, in order."""
        return tuple(self._by_key[key] for key in packed.split(".") if key in self._by_key)


def _key(entry_id: str) -> str:
    digest = hashlib.blake2b(entry_id.encode(), digest_size=_BYTES).digest()
    return b32encode(digest).decode().lower()
