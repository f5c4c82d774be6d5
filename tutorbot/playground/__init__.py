"""A local Discord on 127.0.0.1, REST API and gateway, with people in it, to try and test a real bot with.

async with LocalDiscord() as local:
    guild = local.add_guild("Course server")
    channel, alice = guild.add_text_channel("questions"), guild.add_member("Alice")
    ...  # connect a bot, see LocalDiscord
    interaction = await alice.slash(channel, "ask", question="What is osmosis?")
    await interaction.answered()
    await alice.click(interaction.message, "Source")
"""

from tutorbot.playground.clock import Clock
from tutorbot.playground.errors import ApiError, ImpossibleError, PlaygroundError, TooLateError
from tutorbot.playground.flags import Intent, MessageFlag, Permission
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.interaction import Choice, Interaction
from tutorbot.playground.modal import Modal
from tutorbot.playground.model import Attachment, Channel, Message, Role, Thread, User
from tutorbot.playground.people import Person
from tutorbot.playground.posting import Upload
from tutorbot.playground.rest.door import Request
from tutorbot.playground.server import LocalDiscord

__all__ = [
    "ApiError",
    "Attachment",
    "Channel",
    "Choice",
    "Clock",
    "ImpossibleError",
    "Intent",
    "Interaction",
    "LocalDiscord",
    "LocalGuild",
    "Message",
    "MessageFlag",
    "Modal",
    "Permission",
    "Person",
    "PlaygroundError",
    "Request",
    "Role",
    "Thread",
    "TooLateError",
    "Upload",
    "User",
]
