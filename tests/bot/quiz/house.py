"""The real bot with a database of its own and a clock that tests put forward, and what people do in a quiz."""

import asyncio
from pathlib import Path
from random import Random

from tests.bot.house import House
from tutorbot.bot import run_bot
from tutorbot.playground import Channel, Clock, Interaction, LocalDiscord, LocalGuild, Message, Person
from tutorbot.quiz.card import Card
from tutorbot.quiz.round import Round, replay
from tutorbot.settings import Settings
from tutorbot.store.database import open_database
from tutorbot.store.sql_guilds import SqlGuilds
from tutorbot.store.sql_rounds import SqlRounds
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

LETTERS = "ABCDEFGHIJ"
LONG = 120
"""Seconds that a card is open in these tests: nothing ends but by a test's will."""


class QuizHouse(House):
    """A house whose rounds are kept in ``folder``; its timers go by the playground's clock."""

    def __init__(self, local: LocalDiscord, tutor: Tutor, wording: Wording, clock: Clock, folder: Path) -> None:
        super().__init__(local, tutor, wording, clock)
        self.wording = wording
        self.clock = clock
        self.database = f"sqlite+aiosqlite:///{folder}/rounds.sqlite3"

    def settings(self, **others: object) -> Settings:
        """See House."""
        return super().settings(**{"database": self.database, **others})

    async def run(self, settings: Settings) -> None:
        """See House."""
        await run_bot(settings, self.tutor, self.wording, clock=self.clock, sleep=self.sleep, rng=Random(7))

    async def sleep(self, seconds: float) -> None:
        """Wait on the clock that tests put forward."""
        until = self.clock() + seconds
        await self.local.wait_for(lambda: self.clock() >= until, timeout=3_600)

    async def round(self, number: int = 1) -> Round:
        """The state that the stored events of a round lead to."""
        engine = await open_database(self.database)
        try:
            return replay(await SqlRounds(engine).records(number))
        finally:
            await engine.dispose()

    async def kept_as(self, points: int) -> None:
        """Wait until the only round is kept with so many points in all (or nearly: the clock goes on between two clicks)."""
        engine = await open_database(self.database)
        try:
            while True:
                found = [
                    score.points
                    for one in await SqlRounds(engine).results(next(iter(self.local.world.guilds)))
                    for score in one.scores
                ]
                if sum(found) > 0.95 * points:
                    return
                await asyncio.sleep(0.02)
        finally:
            await engine.dispose()

    async def leaderboard(self, person: Person, channel: Channel, **options: object) -> str:
        """What the leaderboard says."""
        return (await (await person.slash(channel, "quiz leaderboard", **options)).answered()).text

    async def set_up(self, guild: LocalGuild, **fields: object) -> None:
        """What the server has set; noticed after a second."""
        engine = await open_database(self.database)
        try:
            await SqlGuilds(engine).change(guild.id, fields, who=1, at=self.clock())
        finally:
            await engine.dispose()
        self.clock.forward(2)

    async def finished(self, number: int = 1) -> None:
        """Wait until a round's result is kept."""
        engine = await open_database(self.database)
        try:
            while True:
                if number not in {place.round for place in await SqlRounds(engine).running()}:
                    return
                await asyncio.sleep(0.02)
        finally:
            await engine.dispose()

    async def message(self, channel: Channel, *parts: str) -> Message:
        """The newest public message of the bot that has all these parts, once it is there."""

        def found() -> list[Message]:
            said = [one for one in channel.messages if one.author is self.local.bot and not one.ephemeral]
            return [one for one in said if all(part in one.text for part in parts)]

        await self.local.wait_for(found)
        return found()[-1]

    async def lobby(self, host: Person, channel: Channel, **options: object) -> Message:
        """A round that ``host`` opened."""
        given = {"cards": 2, "seconds": LONG, "kinds": "buttons", **options}
        started = await host.slash(channel, "quiz start", **given)
        assert "The round is open" in (await started.answered()).text
        return await self.message(channel, "opened by")

    async def begin(self, host: Person, channel: Channel, **options: object) -> Message:
        """The first card, open, of a round that ``host`` opened and started."""
        lobby = await self.lobby(host, channel, **options)
        assert "Here we go" in (await (await host.click(lobby, "Start")).answered()).text
        return await self.open_card(channel, 1)

    async def asked(self, number: int) -> Card:
        """The card of that number (from 1)."""
        return (await self.round()).cards[number - 1]

    async def open_card(self, channel: Channel, number: int) -> Message:
        """The card of that number (from 1), once its clock runs."""
        return await self.message(channel, f"Card {number} of", "Closes <t:")


def right(card: Card) -> str:
    """The label of a choice card's right button."""
    assert card.key is not None
    return _label(card, card.key)


def wrong(card: Card) -> str:
    """The label of a wrong button."""
    return next(_label(card, at) for at in range(len(card.options)) if at != card.key)


def _label(card: Card, at: int) -> str:
    text = card.options[at].text
    return text.capitalize() if text in ("true", "false") else LETTERS[at]


async def told(clicked: Interaction) -> str:
    """What a person was told privately."""
    answered = await clicked.answered()
    assert answered.message.ephemeral
    return answered.text


async def typed(person: Person, card: Message, text: str) -> Interaction:
    """The answer that a person types to a card."""
    opened = await (await person.click(card, "Answer")).answered()
    assert opened.modal is not None
    return await person.submit(opened.modal, {"text": text})
