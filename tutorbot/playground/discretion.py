"""What a bot is not shown without the message content intent."""

from tutorbot.playground.flags import Intent
from tutorbot.playground.model import Json
from tutorbot.playground.world import Event

HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


def as_seen(event: Event, intents: Intent, bot_id: int) -> Json:
    """An event's payload for a session with these intents."""
    if event.name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or event.guild_id is None:
        return event.payload
    return discreet(event.payload, intents, bot_id)


def discreet(message: Json, intents: Intent, bot_id: int) -> Json:
    """A guild's message as a bot with these intents gets it, over the gateway or over HTTP.

    Without the message content intent it keeps its text only if the bot wrote it or is mentioned in it; the
    same goes for the message that it replies to.
    """
    if intents & Intent.MESSAGE_CONTENT:
        return message
    shown = message if _concerns(message, bot_id) else message | HIDDEN
    referenced = message.get("referenced_message")
    if referenced and not _concerns(referenced, bot_id):
        shown = shown | {"referenced_message": referenced | HIDDEN}
    return shown


def _concerns(message: Json, bot_id: int) -> bool:
    people = [message["author"], *message["mentions"]]
    return any(person["id"] == str(bot_id) for person in people)
