"""A Discord channel as the stage of a round."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import aiohttp
import discord
from discord.ui import LayoutView

from tutorbot.bot.quiz.clock import time_of
from tutorbot.bot.quiz.handouts import Handouts
from tutorbot.bot.quiz.looks import PICTURE, QuizLooks
from tutorbot.bot.quiz.servers import Servers
from tutorbot.bot.quiz.texts import QuizTexts
from tutorbot.quiz.round import Round
from tutorbot.quiz.round.effects import ShowAppeal, ShowPodium, ShowStanding
from tutorbot.quiz.stage import MessageGoneError, PlaceGoneError, Sent, ShowError, Shown
from tutorbot.store.rounds import Place

_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE, _NO_ACCESS, _NO_PERMISSION = 10003, 10008, 50001, 50013
_THREAD_ARCHIVED, _THREAD_EXISTS = 50083, 160004
_GONE = frozenset({_UNKNOWN_CHANNEL, _NO_ACCESS, _NO_PERMISSION, _THREAD_ARCHIVED})
_NONCE_ROOM = 25

_log = logging.getLogger(__name__)


class DiscordStage:
    """Shows rounds in their channels through ``client``, which is set before the first round."""

    def __init__(self, looks: QuizLooks, texts: QuizTexts, handouts: Handouts, servers: Servers) -> None:
        self._looks = looks
        self._texts = texts
        self._handouts = handouts
        self._servers = servers
        self.client: discord.Client | None = None

    async def show(
        self, place: Place, state: Round, effect: Shown, standing: ShowStanding | None, message: int | None
    ) -> Sent:
        """See Stage. A message that is sent again because the first try's answer was lost is sent once: its nonce is the same."""
        with _told_apart():
            if isinstance(effect, ShowPodium):
                sent = await self._podium(place, state, effect, message)
            else:
                view = self._looks.of(place.round, state, effect, standing)
                if isinstance(effect, ShowAppeal):
                    sent = await self._appeal(place, effect, view, message)
                else:
                    sent = await self._put(self._channel(place.channel, place), place, effect, view, message)
        return Sent(sent, time_of(sent))

    async def close_card(self, place: Place, state: Round, index: int, showing: int, message: int) -> None:
        """See Stage."""
        with _told_apart():
            view = self._looks.closed(place.round, state, index, showing)
            await self._channel(place.channel, place).get_partial_message(message).edit(view=view)

    async def open_thread(self, place: Place, state: Round, message: int) -> int | None:
        """See Stage. A thread has the number of the message that it hangs on."""
        lobby = self._channel(place.channel, place).get_partial_message(message)
        try:
            return (await lobby.create_thread(name=self._texts.thread(state))).id
        except discord.HTTPException as error:
            if error.code == _THREAD_EXISTS:
                return message
            _log.info("A round has no thread: it could not be opened (%s).", error)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            _log.info("A round has no thread: it could not be opened (%s).", error)
        return None

    async def _podium(self, place: Place, state: Round, effect: ShowPodium, message: int | None) -> int:
        """The podium with its picture; without it where files are not allowed or the picture cannot be drawn."""
        channel = self._channel(place.channel, place)
        try:
            picture = await self._handouts.picture(place.guild, state)
        except Exception:
            _log.exception("The picture of a podium could not be drawn.")
            picture = None
        if picture is not None:
            view = self._looks.of(place.round, state, effect, None, picture=True)
            try:
                return await self._put(channel, place, effect, view, message, discord.File(BytesIO(picture), PICTURE))
            except discord.Forbidden:
                _log.info("A podium has no picture: files are not allowed in its channel.")
        return await self._put(channel, place, effect, self._looks.of(place.round, state, effect, None), message)

    async def _appeal(self, place: Place, effect: ShowAppeal, view: LayoutView, message: int | None) -> int:
        """An appeal, in the moderators' channel if they have one that can be written to, else where the round is."""
        preferred = (await self._servers.of(place.guild)).moderator_channel
        if preferred is not None and preferred != place.channel:
            try:
                return await self._put(self._channel(preferred, place), place, effect, view, message)
            except (discord.Forbidden, discord.NotFound) as error:
                _log.info("An appeal is shown where its round is: the moderators' channel is closed (%s).", error)
        return await self._put(self._channel(place.channel, place), place, effect, view, message)

    async def _put(
        self,
        channel: discord.PartialMessageable,
        place: Place,
        effect: Shown,
        view: LayoutView,
        message: int | None,
        file: discord.File | None = None,
    ) -> int:
        """Send it, or change the message; the message's number."""
        if message is not None:
            shown = channel.get_partial_message(message)
            await (shown.edit(view=view) if file is None else shown.edit(view=view, attachments=[file]))
            return message
        nonce = f"{place.round}-{effect.id}"[:_NONCE_ROOM]
        if file is not None:
            return (await channel.send(view=view, nonce=nonce, file=file)).id
        return (await channel.send(view=view, nonce=nonce)).id

    def _channel(self, number: int, place: Place) -> discord.PartialMessageable:
        assert self.client is not None
        return self.client.get_partial_messageable(number, guild_id=place.guild)


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
