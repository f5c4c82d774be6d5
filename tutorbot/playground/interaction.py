"""One thing that a person did and what the bot made of it."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tutorbot.playground.changes import Changes
from tutorbot.playground.errors import TooLateError
from tutorbot.playground.modal import Modal
from tutorbot.playground.model import Channel, Json, Message, User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5

SECONDS_TO_ANSWER = 3.0
"""How long Discord waits for the first answer to an interaction."""

TOKEN_LASTS = 15 * 60.0
"""Seconds after which an interaction can no longer be followed up."""


@dataclass(frozen=True)
class Choice:
    """A suggestion of an autocomplete: what people read, what is sent."""

    name: str
    value: Any


@dataclass(eq=False, repr=False)
class Interaction:
    """What a person started, as they see it. Times are in unix seconds of the injected clock.

    `refusals` are the answers of the bot that Discord did not take, as error texts.
    """

    id: int
    token: str
    kind: int
    name: str
    user: User
    channel: Channel
    created_at: float
    payload: Json
    clock: Callable[[], float]
    changes: Changes
    on_message: Message | None = None
    acknowledged_at: float | None = None
    deferred: bool = False
    ephemeral: bool = False
    original: Message | None = None
    updated: Message | None = None
    modal: Modal | None = None
    choices: list[Choice] | None = None
    sent: list[Message] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def acknowledged_after(self) -> float | None:
        """Seconds until the first answer; None as long as there is none."""
        return None if self.acknowledged_at is None else self.acknowledged_at - self.created_at

    @property
    def failed(self) -> bool:
        """Whether nobody answered within 3 s: people read "The application did not respond"."""
        return self.acknowledged_at is None and self.clock() - self.created_at > SECONDS_TO_ANSWER

    @property
    def messages(self) -> list[Message]:
        """The response and the follow-ups that can be read, oldest first; no placeholders."""
        return [message for message in self.sent if not message.loading and not message.deleted]

    @property
    def message(self) -> Message:
        """The first message that answered, or the message that was changed in answer.

        Raises:
            AssertionError: there is neither.
        """
        found = self.messages or ([] if self.updated is None else [self.updated])
        assert found, f"{self} got no message{self._blame()}"
        return found[0]

    @property
    def text(self) -> str:
        """All that can be read in the answers, one message after the other."""
        shown = self.messages or ([] if self.updated is None else [self.updated])
        return "\n".join(message.text for message in shown)

    @property
    def is_answered(self) -> bool:
        """Whether there is a message, an update, a modal or a list of choices; "thinking…" does not count."""
        withdrawn = self.original is not None and self.original in self.sent and self.original.deleted
        shown = self.messages or self.updated or self.modal or withdrawn
        return bool(shown) or self.choices is not None

    def acknowledged(self, timeout: float = SECONDS_TO_ANSWER + 1) -> Coroutine[Any, Any, "Interaction"]:
        """Wait for the first answer, "thinking…" included, at most `timeout` real seconds.

        Raises:
            TooLateError: it did not come, or the interaction failed.
        """
        return self._until(lambda: self.acknowledged_at is not None, timeout, "acknowledged")

    def answered(self, timeout: float = 20.0) -> Coroutine[Any, Any, "Interaction"]:
        """Wait for the first message, update, modal or choices, at most `timeout` real seconds.

        Raises:
            TooLateError: it did not come, or the interaction failed.
        """
        return self._until(lambda: self.is_answered, timeout, "answered")

    async def _until(self, condition: Callable[[], bool], seconds: float, what: str) -> "Interaction":
        await self.changes.until(lambda: condition() or self.failed, seconds)
        if not condition():
            reason = "nobody acknowledged it in 3 s" if self.failed else f"waited {seconds:g} s"
            raise TooLateError(f"{self} was not {what}: {reason}{self._blame()}")
        return self

    def _blame(self) -> str:
        return "".join(f"; refused: {refusal}" for refusal in self.refusals)

    def __repr__(self) -> str:
        return f"{self.user.name}'s {self.name!r}"
