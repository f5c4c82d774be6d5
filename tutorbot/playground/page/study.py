"""The study server that is there at the first start."""

from tutorbot.playground.flags import Permission
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.server import LocalDiscord

NAME = "Study server"
STUDENTS = ("Ada", "Ben", "Chiara", "Deniz")
MODERATOR = "Morgan"
CHANNELS = (
    ("questions", "Ask about the course"),
    ("quiz", "Rounds to play together"),
    ("lounge", "Everything else"),
)
STAFF = ("moderators", "Seen by moderators only")


def open_study_server(local: LocalDiscord) -> LocalGuild:
    """A new server with channels, students and a moderator."""
    guild = local.add_guild(NAME)
    for name, topic in CHANNELS:
        guild.add_text_channel(name, topic)
    for name in STUDENTS:
        guild.add_member(name)
    guild.add_moderator(MODERATOR)
    staff = guild.add_text_channel(*STAFF)
    guild.deny(staff, guild.everyone, Permission.VIEW_CHANNEL)
    role = next(role for role in guild.state.roles.values() if role.name == "Moderator")
    for allowed in (role, guild.bot_role):
        guild.allow(staff, allowed, Permission.VIEW_CHANNEL)
    return guild
