"""What players are called, for pictures and tables; messages mention them instead."""

from collections import OrderedDict
from collections.abc import Collection

import discord

_REMEMBERED = 5_000
_AT_ONCE = 100
"""So many members may be asked for at once by their ids."""


class Names:
    """The names of people who did something lately; others are asked for, all at once, and never one by one."""

    def __init__(self, limit: int = _REMEMBERED) -> None:
        self._limit = limit
        self._names: OrderedDict[tuple[int, int], str] = OrderedDict()

    def heard(self, guild: int, person: discord.abc.User) -> None:
        """Remember what somebody is called who has just done something."""
        self._names[guild, person.id] = person.display_name
        self._names.move_to_end((guild, person.id))
        while len(self._names) > self._limit:
            self._names.popitem(last=False)

    async def of(self, guild: discord.Guild | None, people: Collection[int]) -> dict[int, str]:
        """The names of those who are known, or are in the server still."""
        if guild is None:
            return {}
        unknown = [person for person in people if (guild.id, person) not in self._names]
        for start in range(0, len(unknown), _AT_ONCE):
            try:
                found = await guild.query_members(user_ids=unknown[start : start + _AT_ONCE], cache=False)
            except (TimeoutError, discord.DiscordException):
                break
            for member in found:
                self.heard(guild.id, member)
        return {person: self._names[guild.id, person] for person in people if (guild.id, person) in self._names}
