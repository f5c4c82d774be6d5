"""What goes wrong: refusals that the bot gets from the API, and mistakes shown to the test that made them."""

from enum import Enum
from typing import Any


class Refusal(Enum):
    """Discord's answers to what cannot be done: HTTP status, error code, message."""

    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    UNKNOWN_ROUTE = (404, 0, "404: Not Found")
    METHOD_NOT_ALLOWED = (405, 0, "405: Method Not Allowed")
    UNKNOWN_APPLICATION = (404, 10002, "Unknown Application")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_ROLE = (404, 10011, "Unknown Role")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_EMOJI = (400, 10014, "Unknown Emoji")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    CANNOT_MESSAGE_USER = (403, 50007, "Cannot send messages to this user")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    INVALID_FORM = (400, 50035, "Invalid Form Body")
    THREAD_ARCHIVED = (400, 50083, "Thread is archived")
    NOT_JSON = (400, 50109, "The request body contains invalid JSON.")
    CANNOT_REPLY = (400, 160002, "Cannot reply without permission to read message history")
    THREAD_EXISTS = (400, 160004, "A thread has already been created for this message")


class ApiError(Exception):
    """A request that Discord refuses; becomes the JSON answer that discord.py turns into an HTTPException."""

    def __init__(self, refusal: Refusal, errors: dict[str, Any] | None = None) -> None:
        self.status, self.code, self.message = refusal.value
        self.errors = errors
        super().__init__(f"{self.status} {self.code} {self.message} {errors or ''}".rstrip())

    def body(self) -> dict[str, Any]:
        """The JSON that Discord sends: `message`, `code` and, for invalid forms, the tree `errors`."""
        answer: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            answer["errors"] = self.errors
        return answer


class PlaygroundError(Exception):
    """A test asked for something that cannot happen on Discord."""


class ImpossibleError(PlaygroundError):
    """A person cannot do this: no such command, a disabled button, a choice that is not offered."""


class TooLateError(PlaygroundError, TimeoutError):
    """What a test waited for did not happen in time."""
