"""The real bot on a knowledge folder of several courses."""

import asyncio
from pathlib import Path
from random import Random

from tests.bot.curation.house import CurationHouse, command
from tests.bot.quiz.house import QuizHouse
from tutorbot.bot import run_bot
from tutorbot.playground import Channel, Interaction, Person
from tutorbot.settings import Settings

ALLIANCES, SOURDOUGH, TIDES = "Alliances, Coercion and Diplomacy", "Sourdough Baking at Home", "The tides"
MENU = "kn-pick:course"


class CoursesHouse(QuizHouse, CurationHouse):
    """A house whose knowledge is in ``knowledge``, and is taken up anew on request."""

    knowledge: Path
    renewals: "asyncio.Queue[None]"

    def settings(self, **others: object) -> Settings:
        """See House."""
        return super().settings(**{"knowledge": self.knowledge, **others})

    async def run(self, settings: Settings) -> None:
        """See House."""
        self.renewals = asyncio.Queue()
        await run_bot(
            settings,
            self.tutor,
            self.wording,
            clock=self.clock,
            sleep=self.sleep,
            rng=Random(7),
            renewals=self.renewals,
        )

    async def choose(self, person: Person, channel: Channel, title: str) -> Interaction:
        """Choose a course in the settings; the page as it is when the course is open, or cannot be opened."""
        shown = await command(person, channel, "tutor settings")
        chosen = await (await person.select(shown.message, MENU, title)).answered()
        await self.local.wait_for(lambda: "is being opened" not in chosen.text, 60)
        return chosen
