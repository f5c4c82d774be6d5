"""The bot's own account, its application and its commands."""

from typing import Any

from tutorbot.playground import limits
from tutorbot.playground.commands import Scope
from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.flags import Intent
from tutorbot.playground.render import channel_json, guild_json, user_json
from tutorbot.playground.rest.routing import NOTHING, Answer, Call, Route
from tutorbot.playground.sights import PlaceChanged
from tutorbot.playground.world import World

GRANT_FLAGS = {
    Intent.GUILD_PRESENCES: 1 << 13,
    Intent.GUILD_MEMBERS: 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 19,
}
"""The application flag that tells of each granted intent, for applications in fewer than 100 guilds."""


def application_flags(world: World) -> int:
    """The flags of the bot's application: which privileged intents it was granted."""
    return sum(flag for intent, flag in GRANT_FLAGS.items() if intent & world.application.granted)


class ApplicationRoutes:
    """/users/@me, /applications, /gateway."""

    def __init__(self, world: World, gateway_url: str, shards: int) -> None:
        self._world = world
        self._gateway_url = gateway_url
        self._shards = shards

    def routes(self) -> list[Route]:
        """What is answered here."""
        everywhere = "/applications/{application_id}/commands"
        in_guild = "/applications/{application_id}/guilds/{guild_id}/commands"
        made = [
            Route("GET", "/users/@me", self.me),
            Route("GET", "/users/{user_id}", self.user),
            Route("GET", "/users/@me/guilds", self.my_guilds),
            Route("POST", "/users/@me/channels", self.open_dm),
            Route("GET", "/oauth2/applications/@me", self.application),
            Route("GET", "/applications/@me", self.application),
            Route("GET", "/applications/{application_id}", self.application),
            Route("GET", "/gateway", self.gateway, open=True),
            Route("GET", "/gateway/bot", self.gateway_for_bot),
        ]
        for base in (everywhere, in_guild):
            made += [
                Route("GET", base, self.list_commands),
                Route("PUT", base, self.replace_commands),
                Route("POST", base, self.add_command),
                Route("GET", base + "/{command_id}", self.get_command),
                Route("PATCH", base + "/{command_id}", self.edit_command),
                Route("DELETE", base + "/{command_id}", self.delete_command),
            ]
        return made

    def me(self, _call: Call) -> Answer:
        """The bot's account."""
        return Answer(body=user_json(self._world.bot) | {"verified": True, "mfa_enabled": False})

    def user(self, call: Call) -> Answer:
        """Anybody's account."""
        user = self._world.users.get(call.id("user_id"))
        if user is None:
            raise ApiError(Refusal.UNKNOWN_USER)
        return Answer(body=user_json(user))

    def my_guilds(self, _call: Call) -> Answer:
        """The guilds that the bot is in."""
        return Answer(body=[guild_json(guild) for guild in self._world.guilds.values()])

    def open_dm(self, call: Call) -> Answer:
        """The channel of direct messages with a user."""
        user = self._world.users.get(int(call.form.get("recipient_id") or 0))
        if user is None or user is self._world.bot:
            raise ApiError(Refusal.UNKNOWN_USER)
        return Answer(body=channel_json(self._world.dm_with(user)))

    def application(self, call: Call) -> Answer:
        """The bot's application."""
        application = self._world.application
        if call.names.get("application_id", str(application.id)) != str(application.id):
            raise ApiError(Refusal.UNKNOWN_APPLICATION)
        return Answer(
            body={
                "id": str(application.id),
                "name": application.user.name,
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": user_json(application.owner),
                "team": None,
                "verify_key": "0" * 64,
                "flags": application_flags(self._world),
                "summary": "",
                "hook": True,
                "rpc_origins": [],
                "approximate_guild_count": len(self._world.guilds),
                "approximate_user_install_count": 0,
                "integration_types_config": {"0": {}},
                "bot": user_json(application.user),
            }
        )

    def gateway(self, _call: Call) -> Answer:
        """Where the gateway is."""
        return Answer(body={"url": self._gateway_url})

    def gateway_for_bot(self, _call: Call) -> Answer:
        """Where the gateway is, and how many shards are good."""
        starts = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 16}
        return Answer(body={"url": self._gateway_url, "shards": self._shards, "session_start_limit": starts})

    def _scope(self, call: Call) -> Scope:
        if call.id("application_id") != self._world.application.id:
            raise ApiError(Refusal.UNKNOWN_APPLICATION)
        if "guild_id" not in call.names:
            return None
        if call.id("guild_id") not in self._world.guilds:
            raise ApiError(Refusal.MISSING_ACCESS)
        return call.id("guild_id")

    def list_commands(self, call: Call) -> Answer:
        """The commands of one scope."""
        return Answer(body=self._world.commands.all(self._scope(call)))

    def replace_commands(self, call: Call) -> Answer:
        """Register exactly these."""
        scope = self._scope(call)
        bodies: list[dict[str, Any]] = call.body or []
        limits.check_commands(bodies)
        stored = self._world.commands.replace(scope, bodies)
        self._world.show(PlaceChanged())
        self._world.changes.notify()
        return Answer(body=stored)

    def add_command(self, call: Call) -> Answer:
        """Register one more."""
        scope = self._scope(call)
        limits.check_command(call.form)
        return Answer(201, self._world.commands.add(scope, call.form))

    def get_command(self, call: Call) -> Answer:
        """One command."""
        return Answer(body=self._world.commands.get(self._scope(call), call.names["command_id"]))

    def edit_command(self, call: Call) -> Answer:
        """Change one command."""
        scope = self._scope(call)
        command = self._world.commands.get(scope, call.names["command_id"])
        limits.check_command({**command, **call.form})
        return Answer(body=self._world.commands.edit(scope, call.names["command_id"], call.form))

    def delete_command(self, call: Call) -> Answer:
        """Forget one command."""
        self._world.commands.remove(self._scope(call), call.names["command_id"])
        return NOTHING
