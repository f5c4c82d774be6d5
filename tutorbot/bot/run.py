"""Runs the bot until it is stopped."""

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from random import Random, SystemRandom

import aiohttp
import discord

from tutorbot.bot.client import TutorBot
from tutorbot.bot.curation.noticing import Noticed
from tutorbot.bot.curation.opening import open_curation
from tutorbot.bot.desks import Desks
from tutorbot.bot.endpoints import point_at
from tutorbot.bot.insight.desk import InsightDesk
from tutorbot.bot.insight.texts import InsightTexts
from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.quiz.forgetting import Forgetting
from tutorbot.bot.quiz.opening import open_quiz
from tutorbot.bot.renewing import Renewal
from tutorbot.bot.review.decks import Decks
from tutorbot.bot.review.desk import ReviewDesk
from tutorbot.bot.review.texts import ReviewTexts
from tutorbot.courses import Courses
from tutorbot.errors import SettingsError, TutorbotError
from tutorbot.quiz.session import Sleep
from tutorbot.repeating import repeated
from tutorbot.settings import Settings
from tutorbot.store.stores import open_stores
from tutorbot.tutor import Tutor
from tutorbot.tutors import Tutors
from tutorbot.wording import Wording

_BAD_TOKEN_CLOSE = 4004
_PURGE_EVERY = 6 * 3_600.0  # seconds
_REFUSED = (
    "The token was refused by Discord; copy it anew from the developer portal (your application, Bot, "
    "Reset Token) into TUTORBOT_DISCORD_TOKEN."
)
_NO_INTENT = (
    "Discord has not granted the message content intent; switch on “Message Content Intent” in the developer "
    "portal (your application, Bot, Privileged Gateway Intents) or set TUTORBOT_MESSAGE_CONTENT=false."
)


class DiscordError(TutorbotError):
    """Discord cannot be reached, or does not work."""


async def run_bot(
    settings: Settings,
    tutor: Tutor,
    wording: Wording,
    *,
    clock: Callable[[], float] = time.time,
    sleep: Sleep = asyncio.sleep,
    rng: Random | None = None,
    renewals: asyncio.Queue[None] | None = None,
) -> None:
    """Run until cancelled, or stopped by Ctrl-C or SIGTERM.

    ``tutor`` answers private messages, and servers that chose no course. ``clock`` gives unix seconds, ``sleep`` waits for some of
    them, ``rng`` draws quiz cards (the system's if None).
    Whenever ``renewals`` has something, the courses' files are taken up anew.

    Raises SettingsError if Discord refuses the token or the intents, DiscordError if it cannot be reached.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError("There is no token; set TUTORBOT_DISCORD_TOKEN to your bot's.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise SettingsError(_REFUSED)
    point_at(settings)
    # The bot never speaks; without this the library warns at each start that it could not.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    async with open_stores(settings.database) as stores:
        tutors = Tutors(Courses(settings, tutor), stores.knowledge, stores.guilds)
        asked = Noticed(stores.unanswered)
        desks = Desks(tutors, wording, clock, feedback=asked, questions=stores.questions)
        rng = rng or SystemRandom()
        quiz_desk, stage = open_quiz(
            settings, stores, wording, clock=clock, sleep=sleep, rng=rng, course_of=tutors.course_of
        )
        kept = replace(stores, privacy=Forgetting(stores.privacy, quiz_desk.rounds))
        curation = open_curation(desks, kept, asked, wording, clock=clock, sleep=sleep)
        decks = Decks()
        review = ReviewDesk(
            tutors.course_of,
            decks,
            stores.reviews,
            ReviewTexts(wording),
            quiz_desk.marking,
            clock=DiscordClock(clock),
            rng=rng,
        )
        insight = InsightDesk(
            tutors.course_of,
            decks,
            stores.questions,
            stores.unanswered,
            stores.rounds,
            InsightTexts(wording),
            moderates=curation.parts.moderates,
            clock=clock,
        )
        client = TutorBot(
            desks,
            quiz=quiz_desk,
            review=review,
            curation=curation,
            insight=insight,
            message_content=settings.message_content,
        )
        stage.client = client
        purging = repeated(
            lambda: stores.questions.purge(clock(), settings.question_days),
            _PURGE_EVERY,
            trouble="Old questions cannot be deleted now",
        )
        async with tutors.kept_fresh(), purging, Renewal(settings, tutors).whenever(renewals):
            with _told_apart():
                async with client:
                    try:
                        await _until_stopped(client, token)
                    finally:
                        await quiz_desk.close()  # while its messages can still be sent
                        await review.close()
                        await curation.close()


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn what the library raises into a sentence for the person who can mend it."""
    try:
        yield
    except discord.LoginFailure:
        raise SettingsError(_REFUSED) from None
    except discord.PrivilegedIntentsRequired:
        raise SettingsError(_NO_INTENT) from None
    except discord.ConnectionClosed as error:
        if error.code == _BAD_TOKEN_CLOSE:
            raise SettingsError(_REFUSED) from None
        said = f"Discord closed the connection for good (code {error.code}); try again later."
        raise DiscordError(said) from error
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        said = f"Discord cannot be reached ({error}); check the network and try again."
        raise DiscordError(said) from error


async def _until_stopped(client: TutorBot, token: str) -> None:
    stopped = asyncio.Event()
    with _signals(stopped.set):
        running = asyncio.ensure_future(client.start(token))
        waiting = asyncio.ensure_future(stopped.wait())
        try:
            await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
        finally:
            waiting.cancel()
            running.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await running


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` at Ctrl-C or SIGTERM, where the event loop can."""
    loop = asyncio.get_running_loop()
    handled = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop)
            handled.append(number)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)
