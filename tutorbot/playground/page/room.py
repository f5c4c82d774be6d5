"""What all tabs share: the server, files on their way, simulated players, and how the bot is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tutorbot.playground.errors import ImpossibleError
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.page.players import Crowd
from tutorbot.playground.page.status import BotStatus
from tutorbot.playground.page.uploads import Uploads
from tutorbot.playground.people import Person

MOST_PEOPLE = 200


@dataclass
class Room:
    """The state behind the page. `online` says whether the bot is connected."""

    guild: LocalGuild
    status: BotStatus
    online: Callable[[], bool]
    players: Crowd
    uploads: Uploads = field(default_factory=Uploads)

    @property
    def simulated(self) -> frozenset[int]:
        """Who is played by the playground."""
        return self.players.ids

    def somebody(self) -> Person:
        """Who a tab is before it says who it is."""
        return self.guild.people[0]

    def person(self, person_id: int) -> Person:
        """A member.

        Raises:
            ImpossibleError: nobody who can be chosen has that id.
        """
        for person in self.guild.people:
            if person.id == person_id and person_id not in self.simulated:
                return person
        raise ImpossibleError("There is nobody of that id here.")

    def join(self, name: str, *, moderator: bool) -> Person:
        """A new member.

        Raises:
            ImpossibleError: the name is taken, or the server is full.
        """
        if any(member.user.name.casefold() == name.casefold() for member in self.guild.state.members.values()):
            raise ImpossibleError(f"There is a {name} here already; choose another name.")
        if len(self.guild.state.members) >= MOST_PEOPLE:
            raise ImpossibleError("The server is full.")
        return self.guild.add_moderator(name) if moderator else self.guild.add_member(name)

    def crowd(self, channel_id: int, count: int) -> int:
        """Let `count` simulated players into a channel, or send those there home if it is 0; how many are there."""
        channel = self.guild.state.channels.get(channel_id)
        if channel is None:
            raise ImpossibleError("Players only go to the channels of the server.")
        if count == 0:
            self.players.dismiss(channel)
        else:
            self.players.invite(channel, count)
        return len(self.players.playing_in(channel))
