"""Forms that were filled in and not saved yet. They are kept in memory: a restart forgets them, and says so."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tutorbot.curation.form import Form
from tutorbot.knowledge.overlay import Laid

_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Held:
    """What a moderator typed for a server's ``course``. Ids are Discord's.

    ``editing`` is the entry that is mended, None for a new one; ``expected`` the number of the version that the moderator saw;
    ``group`` the questions asked in vain that it answers. ``proposal`` is where it stands in an import (the import's key, its number),
    and ``origin`` what was proposed there.
    """

    owner: int
    guild: int
    course: str
    form: Form
    editing: str | None = None
    expected: int = 0
    group: int | None = None
    why: str = ""
    proposal: tuple[str, int] | None = None
    origin: Laid | None = None

    def typed(self, fields: Mapping[str, str]) -> "Held":
        """With what was typed into a form's fields."""
        form = replace(self.form, **{name: text for name, text in fields.items() if name != "why"})
        return replace(self, form=form, why=fields.get("why", self.why))


class Memory(Generic[Kept]):
    """Keeps the newest ``limit`` things by a key, each for its owner alone."""

    def __init__(self, limit: int = 1_000) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, tuple[int, Kept]] = OrderedDict()

    def put(self, key: str, owner: int, kept: Kept) -> None:
        """Keep it, in place of what the key held before."""
        self._kept[key] = (owner, kept)
        self._kept.move_to_end(key)
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)

    def get(self, key: str, owner: int) -> Kept | None:
        """What the key holds, if it is there and the owner's."""
        held = self._kept.get(key)
        return held[1] if held is not None and held[0] == owner else None

    def newest_of(self, owner: int, fits: Callable[[Kept], bool]) -> str | None:
        """The key of what the owner put last, of what fits."""
        kept = reversed(self._kept.items())
        return next((key for key, (whose, one) in kept if whose == owner and fits(one)), None)

    def drop(self, key: str) -> None:
        """Forget it."""
        self._kept.pop(key, None)


def key_of(number: int) -> str:
    """A number in few letters and digits, for custom_ids."""
    signs = ""
    while number or not signs:
        number, digit = divmod(number, 36)
        signs = _SIGNS[digit] + signs
    return signs
