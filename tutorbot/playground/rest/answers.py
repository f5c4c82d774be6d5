"""How the bot answers interactions: callbacks and follow-ups."""

from tutorbot.playground.desk import Desk
from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.render import message_json
from tutorbot.playground.rest.routing import NOTHING, Answer, Call, Route
from tutorbot.playground.world import World


class AnswerRoutes:
    """/interactions/…/callback and /webhooks/…; the token in the path is all the authority they need."""

    def __init__(self, world: World, desk: Desk) -> None:
        self._world = world
        self._desk = desk

    def routes(self) -> list[Route]:
        """What is answered here."""
        hook = "/webhooks/{application_id}/{token}"
        one = hook + "/messages/{which}"
        return [
            Route("POST", "/interactions/{interaction_id}/{token}/callback", self.callback, open=True),
            Route("POST", hook, self.follow_up, open=True),
            Route("GET", one, self.get, open=True),
            Route("PATCH", one, self.edit, open=True),
            Route("DELETE", one, self.delete, open=True),
        ]

    def _token(self, call: Call) -> str:
        if call.id("application_id") != self._world.application.id:
            raise ApiError(Refusal.UNKNOWN_WEBHOOK)
        return call.names["token"]

    def callback(self, call: Call) -> Answer:
        """The first answer."""
        shown = self._desk.answer(call.id("interaction_id"), call.names["token"], call.form, call.files)
        return Answer(body=shown) if call.query.get("with_response") in ("1", "true") else NOTHING

    def follow_up(self, call: Call) -> Answer:
        """A further message."""
        message = self._desk.follow_up(self._token(call), call.form, call.files)
        return Answer(body=message_json(message, self._world.bot))

    def get(self, call: Call) -> Answer:
        """One of the messages of an interaction."""
        message = self._desk.message_of(self._token(call), call.names["which"])
        return Answer(body=message_json(message, self._world.bot))

    def edit(self, call: Call) -> Answer:
        """Change one of the messages of an interaction."""
        message = self._desk.edit_answer(self._token(call), call.names["which"], call.form, call.files)
        return Answer(body=message_json(message, self._world.bot))

    def delete(self, call: Call) -> Answer:
        """Take away one of the messages of an interaction."""
        self._desk.delete_answer(self._token(call), call.names["which"])
        return NOTHING
