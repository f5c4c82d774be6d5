"""A Discord channel as the stage of a round."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from tutorbot.bot.quiz.clock import time_of
from tutorbot.bot.quiz.looks import QuizLooks
from tutorbot.quiz.round import Round
from tutorbot.quiz.round.effects import ShowStanding
from tutorbot.quiz.stage import MessageGoneError, PlaceGoneError, Sent, ShowError, Shown
from tutorbot.store.rounds import Place

_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE, _NO_ACCESS, _NO_PERMISSION = 10003, 10008, 50001, 50013
_GONE = frozenset({_UNKNOWN_CHANNEL, _NO_ACCESS, _NO_PERMISSION})


class DiscordStage:
    """Shows rounds in their channels through ``client``, which is set before the first round."""

    def __init__(self, looks: QuizLooks) -> None:
        self._looks = looks
        self.client: discord.Client | None = None

    async def show(
        self, place: Place, state: Round, effect: Shown, standing: ShowStanding | None, message: int | None
    ) -> Sent:
        """See Stage. A message that is sent again because the first try's answer was lost is sent once: its nonce is the same."""
        view = self._looks.of(place.round, state, effect, standing)
        with _told_apart():
            channel = self._channel(place)
            if message is None:
                message = (await channel.send(view=view, nonce=f"{place.round}-{effect.id}")).id
            else:
                await channel.get_partial_message(message).edit(view=view)
        return Sent(message, time_of(message))

    async def close_card(self, place: Place, state: Round, index: int, showing: int, message: int) -> None:
        """See Stage."""
        with _told_apart():
            view = self._looks.closed(place.round, state, index, showing)
            await self._channel(place).get_partial_message(message).edit(view=view)

    def _channel(self, place: Place) -> discord.PartialMessageable:
        assert self.client is not None
        return self.client.get_partial_messageable(place.channel, guild_id=place.guild)


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        if error.code == _UNKNOWN_MESSAGE:
            raise MessageGoneError from error
        if error.code in _GONE:
            raise PlaceGoneError from error
        raise ShowError(str(error)) from error
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise ShowError(str(error)) from error
