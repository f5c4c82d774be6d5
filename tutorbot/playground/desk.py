"""Where interactions are handed to the bot and where its answers come back."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from tutorbot.playground import limits
from tutorbot.playground.components import numbered
from tutorbot.playground.drafts import changes_from, draft_from
from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.flags import MessageFlag
from tutorbot.playground.interaction import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    TOKEN_LASTS,
    Choice,
    Interaction,
)
from tutorbot.playground.modal import Modal
from tutorbot.playground.model import Channel, Json, Message, Origin, User
from tutorbot.playground.posting import Draft, Edit, Post, Upload, as_deferred
from tutorbot.playground.render import channel_json, member_json, message_json, user_json
from tutorbot.playground.world import Event, World

PONG, SAY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 1, 4, 5, 6, 7, 8, 9
ANSWERS = {
    COMMAND: {SAY, DEFER, MODAL},
    COMPONENT: {SAY, DEFER, DEFER_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {SAY, DEFER, DEFER_UPDATE, UPDATE},
}
"""Which callback types each kind of interaction takes."""

SLASH_REPLY, MENU_REPLY = 20, 23
UPLOAD_LIMIT = 10 * 1024 * 1024
"""Bytes that one file of an answer may have."""


class Desk:
    """Opens interactions and carries out the bot's answers to them."""

    def __init__(self, world: World, post: Post) -> None:
        self._world = world
        self._post = post
        self._by_token: dict[str, Interaction] = {}

    def open(
        self,
        kind: int,
        name: str,
        user: User,
        channel: Channel,
        *,
        data: Json,
        on_message: Message | None = None,
    ) -> Interaction:
        """Tell the bot what a person did."""
        world = self._world
        interaction = Interaction(
            world.snowflakes.next(),
            secrets.token_urlsafe(48),
            kind,
            name,
            user,
            channel,
            world.clock(),
            {},
            world.clock,
            world.changes,
            on_message,
        )
        interaction.payload = self._payload(interaction, data)
        self._by_token[interaction.token] = interaction
        self.deliver(interaction)
        return interaction

    def deliver(self, interaction: Interaction) -> None:
        """Send an interaction to the bot, perhaps once more: Discord does that too."""
        guild = interaction.channel.guild
        self._world.announce(Event("INTERACTION_CREATE", interaction.payload, guild.id if guild else None))

    def _payload(self, interaction: Interaction, data: Json) -> Json:
        world, channel, user = self._world, interaction.channel, interaction.user
        guild = channel.guild
        may = world.permissions(user, channel)
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(world.application.id),
            "type": interaction.kind,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": channel_json(channel, may),
            "app_permissions": str(int(world.permissions(world.bot, channel))),
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": UPLOAD_LIMIT,
        }
        if guild is None:
            payload |= {"user": user_json(user), "context": 1, "authorizing_integration_owners": {"0": "0"}}
        else:
            payload |= {
                "guild_id": str(guild.id),
                "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
                "guild_locale": "en-US",
                "member": {**member_json(guild.members[user.id]), "permissions": str(int(may))},
                "context": 0,
                "authorizing_integration_owners": {"0": str(guild.id)},
            }
        if interaction.on_message is not None and interaction.kind in (COMPONENT, MODAL_SUBMIT):
            payload["message"] = message_json(interaction.on_message, world.bot)
        return payload

    def answer(self, interaction_id: int, token: str, body: Json, files: Mapping[int, Upload]) -> Json:
        """Carry out a callback and return its `with_response` body.

        Raises:
            ApiError: 10062 when it is unknown or 3 s have passed, 40060 at the second time, 50035.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise ApiError(Refusal.UNKNOWN_INTERACTION)
        if interaction.acknowledged_at is not None:
            raise ApiError(Refusal.ALREADY_ACKNOWLEDGED)
        if interaction.failed:
            raise ApiError(Refusal.UNKNOWN_INTERACTION)
        kind = body.get("type")
        data = body.get("data") or {}
        if kind != PONG:
            with _noting(interaction):
                self._check(interaction, kind, data, len(files))
            self._carry_out(interaction, int(kind or 0), data, files)
        interaction.acknowledged_at = self._world.clock()
        self._world.changes.notify()
        return self._response(interaction, int(kind or 0))

    def _check(self, interaction: Interaction, kind: object, data: Json, files: int) -> None:
        takes = ANSWERS[interaction.kind]
        if interaction.on_message is None:
            takes = takes - {UPDATE, DEFER_UPDATE}
        if kind not in takes:
            limits.refuse("type", "BASE_TYPE_CHOICES", f"Value must be one of {tuple(sorted(takes))}.")
        if kind == SAY:
            limits.check_message(data, files, ("data",))
        elif kind == UPDATE:
            assert interaction.on_message is not None
            if interaction.on_message.deleted:
                raise ApiError(Refusal.UNKNOWN_MESSAGE)
            limits.check_edit(interaction.on_message, data, files, ("data",))
        elif kind == MODAL:
            limits.check_modal(data)
        elif kind == CHOICES:
            limits.check_choices(data.get("choices"))

    def _carry_out(self, interaction: Interaction, kind: int, data: Json, files: Mapping[int, Upload]) -> None:
        if kind in (SAY, DEFER):
            draft = draft_from(data, files)
            draft = as_deferred(draft) if kind == DEFER else draft
            interaction.deferred = kind == DEFER
            interaction.ephemeral = bool(draft.flags & MessageFlag.EPHEMERAL)
            interaction.original = self._say(interaction, draft)
        elif kind == DEFER_UPDATE:
            interaction.deferred, interaction.original = True, interaction.on_message
        elif kind == UPDATE:
            interaction.original = interaction.on_message
            self._edit(interaction, interaction.on_message, changes_from(data, files))
        elif kind == CHOICES:
            interaction.choices = [Choice(one["name"], one["value"]) for one in data["choices"]]
        elif kind == MODAL:
            parts = numbered(data["components"])
            interaction.modal = Modal(data["custom_id"], data["title"], tuple(parts), interaction)

    def _say(self, interaction: Interaction, draft: Draft) -> Message:
        guild = interaction.channel.guild
        on_message = interaction.on_message
        menu = interaction.kind == COMMAND and on_message is not None
        draft = replace(
            draft,
            kind=(MENU_REPLY if menu else SLASH_REPLY) if interaction.kind == COMMAND else 0,
            reply_to=on_message if interaction.kind == COMPONENT else None,
            origin=Origin(
                interaction.id,
                interaction.kind,
                interaction.user,
                interaction.name,
                guild.id if guild else None,
                on_message.id if on_message and interaction.kind == COMPONENT else None,
            ),
            seen_only_by=interaction.user.id if draft.flags & MessageFlag.EPHEMERAL else None,
        )
        message = self._post.send(interaction.channel, self._world.bot, draft)
        interaction.sent.append(message)
        return message

    def _edit(self, interaction: Interaction, message: Message | None, changes: Edit) -> None:
        assert message is not None
        self._post.edit(message, changes)
        if message is interaction.on_message:
            interaction.updated = message
        self._world.changes.notify()

    def _response(self, interaction: Interaction, kind: int) -> Json:
        about: Json = {"id": str(interaction.id), "type": interaction.kind}
        resource: Json = {"type": kind}
        message = interaction.original
        if message is not None:
            about |= {
                "response_message_id": str(message.id),
                "response_message_loading": message.loading,
                "response_message_ephemeral": message.ephemeral,
            }
            if kind in (SAY, DEFER, UPDATE):
                resource["message"] = message_json(message, self._world.bot)
        return {"interaction": about, "resource": resource}

    def follow_up(self, token: str, body: Json, files: Mapping[int, Upload]) -> Message:
        """Send a further message; the first one after "thinking…" takes its place.

        Raises:
            ApiError: 10015 when the token is unknown, unanswered or older than 15 min; 50035.
        """
        interaction = self.by_token(token)
        with _noting(interaction):
            limits.check_message(body, len(files))
        waiting = interaction.original
        if waiting is not None and waiting.loading and not waiting.deleted:
            self._edit(interaction, waiting, changes_from(body, files))
            return waiting
        draft = draft_from(body, files)
        message = self._say(interaction, replace(draft, flags=draft.flags & ~MessageFlag.LOADING))
        self._world.changes.notify()
        return message

    def by_token(self, token: str) -> Interaction:
        """The answered interaction that a token belongs to.

        Raises:
            ApiError: 10015.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.acknowledged_at is None:
            raise ApiError(Refusal.UNKNOWN_WEBHOOK)
        if self._world.clock() - interaction.created_at > TOKEN_LASTS:
            raise ApiError(Refusal.UNKNOWN_WEBHOOK)
        return interaction

    def message_of(self, token: str, which: str) -> Message:
        """The message `@original` or with that id among the answers to an interaction.

        Raises:
            ApiError: 10015, 10008.
        """
        interaction = self.by_token(token)
        original = [] if interaction.original is None else [interaction.original]
        known = {str(message.id): message for message in interaction.sent + original}
        if which == "@original" and original:
            which = str(original[0].id)
        if which not in known or known[which].deleted:
            raise ApiError(Refusal.UNKNOWN_MESSAGE)
        return known[which]

    def edit_answer(self, token: str, which: str, body: Json, files: Mapping[int, Upload]) -> Message:
        """Change one of the messages of `message_of`.

        Raises:
            ApiError: 10015, 10008, 50035.
        """
        message = self.message_of(token, which)
        with _noting(self.by_token(token)):
            limits.check_edit(message, body, len(files))
        self._edit(self.by_token(token), message, changes_from(body, files))
        return message

    def delete_answer(self, token: str, which: str) -> None:
        """Take away one of the messages of `message_of`.

        Raises:
            ApiError: 10015, 10008.
        """
        self._post.delete(self.message_of(token, which))


@contextmanager
def _noting(interaction: Interaction) -> Iterator[None]:
    """Write down at the interaction that its answer was refused."""
    try:
        yield
    except ApiError as error:
        interaction.refusals.append(str(error))
        raise
