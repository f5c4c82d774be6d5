"""The real bot with a database that lasts, and what moderators do."""

from typing import Any

from tests.bot.house import House, labels
from tutorbot.curation.versions import Version
from tutorbot.playground import Channel, Interaction, Message, Person
from tutorbot.store.audit import AuditEvent
from tutorbot.store.guilds import GuildSettings
from tutorbot.store.stores import open_stores

PATIENCE = 30.0
"""Seconds: the first near-duplicates of a machine wait until the course is encoded."""


class CurationHouse(House):
    """A house into whose database tests look."""

    async def events(self, guild: int) -> list[AuditEvent]:
        """What was logged for a server, the newest first."""
        async with open_stores(self.database) as stores:
            return list(await stores.audit.recent(guild))

    async def set_by(self, guild: int) -> GuildSettings:
        """What a server has set."""
        async with open_stores(self.database) as stores:
            return await stores.guilds.settings(guild)

    async def versions(self, guild: int) -> list[Version]:
        """All that a server laid over the course, the newest first."""
        async with open_stores(self.database) as stores:
            return list(await stores.knowledge.history(guild, self.tutor.course.id))


async def read(started: Interaction) -> str:
    """What a person was told privately."""
    answered = await started.answered(PATIENCE)
    assert answered.message.ephemeral
    return answered.text


async def fill(person: Person, opened: Interaction, **fields: str) -> Interaction:
    """Fill in the form that was opened, and send it."""
    assert opened.modal is not None, opened.text
    return await (await person.submit(opened.modal, fields)).answered(PATIENCE)


async def press(person: Person, shown: Interaction | Message, button: str) -> Interaction:
    """Press a button under an answer."""
    message = shown if isinstance(shown, Message) else shown.message
    return await (await person.click(message, button)).answered(PATIENCE)


async def add(person: Person, channel: Channel, **fields: str) -> Interaction:
    """Fill in the form for a new entry."""
    opened = await person.slash(channel, "knowledge add")
    return await fill(person, opened, **fields)


async def command(person: Person, channel: Channel, name: str, **options: Any) -> Interaction:
    """Use a command and wait for its answer."""
    return await (await person.slash(channel, name, **options)).answered(PATIENCE)


def buttons(shown: Interaction) -> list[str]:
    """The buttons under an answer."""
    return labels(shown.message)
