"""Simulated players: they know Discord, not the bot. They press what they see, as people in a hurry do."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from random import Random
from typing import Any

from tutorbot.playground.components import Button
from tutorbot.playground.errors import PlaygroundError
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.interaction import Interaction
from tutorbot.playground.modal import Modal
from tutorbot.playground.model import Channel, Message
from tutorbot.playground.people import Person
from tutorbot.playground.sights import Fate, MessageSeen, Sight

Sleep = Callable[[float], Awaitable[object]]

NAMES = ("Noor", "Emil", "Yuki", "Lena", "Mateo", "Ines", "Tariq", "Freya", "Paulo", "Zofia", "Kofi", "Mina")
MEAN_SECONDS, SPREAD = 1.1, 0.5
"""Mean and standard deviation of the logarithm of the seconds that a player takes: mostly 2 to 5."""
STARTERS = frozenset({"start", "stop", "skip"})
"""Labels that they leave to whoever opened the round."""


class Crowd:
    """The simulated players of a server. `rng` decides what they do, `sleep` waits for seconds."""

    def __init__(self, guild: LocalGuild, rng: Random, sleep: Sleep = asyncio.sleep, pace: float = 1.0) -> None:
        self._guild = guild
        self._rng = rng
        self._sleep = sleep
        self._pace = pace
        self._places: dict[int, list[Person]] = {}
        self._done: set[tuple[int, int, str]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        guild.world.watchers.append(self._saw)

    @property
    def ids(self) -> frozenset[int]:
        """Who is simulated, those who went home included."""
        names = {name.casefold() for name in NAMES}
        return frozenset(one.id for one in self._guild.people if one.name.casefold() in names)

    def playing_in(self, channel: Channel) -> list[Person]:
        """The players in a channel."""
        return self._places.get(channel.id, [])

    def invite(self, channel: Channel, count: int) -> None:
        """So many more players come into a channel, as many as there are names for."""
        busy = {person.id for there in self._places.values() for person in there}
        known = {person.name: person for person in self._guild.people}
        free = [name for name in NAMES if name not in known or known[name].id not in busy]
        for name in free[:count]:
            person = known.get(name) or self._guild.add_member(name)
            self._places.setdefault(channel.id, []).append(person)
            for message in channel.messages[-5:]:
                self._consider(person, message)

    def dismiss(self, channel: Channel) -> None:
        """The players of a channel do nothing any more."""
        self._places.pop(channel.id, None)

    async def close(self) -> None:
        """Everybody stops."""
        self._guild.world.watchers.remove(self._saw)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _saw(self, sight: Sight) -> None:
        if isinstance(sight, MessageSeen) and sight.fate is not Fate.GONE:
            for person in self.playing_in(sight.message.channel):
                self._consider(person, sight.message)

    def _consider(self, person: Person, message: Message) -> None:
        for wanted in self._presses(message):
            key = (person.id, message.id, wanted)
            if key not in self._done:
                self._done.add(key)
                self._start(self._press(person, message))
            return

    @staticmethod
    def _presses(message: Message) -> list[str]:
        """What a message invites everybody to do: join, or choose; nothing if it answers one person."""
        if not message.author.bot or message.seen_only_by is not None:
            return []
        open_ones = [button for button in message.buttons if not button.disabled and button.custom_id]
        if _joining(open_ones):
            return ["join"]
        if message.origin is not None or message.reply_to is not None:
            return []
        return ["choose"] if open_ones else []

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _press(self, person: Person, message: Message) -> None:
        await self._hesitate()
        open_ones = [button for button in message.buttons if not button.disabled and button.custom_id]
        offered = _joining(open_ones) or [one for one in open_ones if one.label.casefold() not in STARTERS]
        if message.deleted or not offered or person not in self.playing_in(message.channel):
            return
        with suppress(PlaygroundError):
            pressed = self._rng.choice(offered)
            interaction = await person.click(message, pressed.custom_id or "", late=True)
            if interaction.modal is not None:
                await self._fill_in(person, interaction, interaction.modal)

    async def _fill_in(self, person: Person, interaction: Interaction, form: Modal) -> None:
        await self._hesitate()
        words = _words(interaction.channel)
        values = {field.custom_id: self._typed(words)[: field.max_length] for field in form.fields if field.kind == 4}
        await person.submit(form, values)

    def _typed(self, words: list[str]) -> str:
        """One to three words in a row that were read in the channel."""
        if not words:
            return "no idea"
        at = self._rng.randrange(len(words))
        return " ".join(words[at : at + self._rng.randint(1, 3)])

    async def _hesitate(self) -> None:
        await self._sleep(self._pace * self._rng.lognormvariate(MEAN_SECONDS, SPREAD))


def _joining(buttons: list[Button]) -> list[Button]:
    return [button for button in buttons if button.label.casefold().startswith("join")]


def _words(channel: Channel) -> list[str]:
    text = " ".join(message.text for message in channel.messages[-20:] if message.author.bot)
    return re.findall(r"[A-Za-zÀ-ÿ]{4,}", re.sub(r"<[^>]*>", " ", text))
