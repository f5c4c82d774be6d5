"""The bot as a process of its own, killed at any moment of a round (SIGKILL) and started again."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from tests.store import postgres
from tutorbot.playground import Channel, Interaction, LocalDiscord, LocalGuild, Message, Person
from tutorbot.quiz.round import Phase, Round, replay
from tutorbot.quiz.round.events import Answered
from tutorbot.quiz.round.scoring import marks, standing
from tutorbot.settings import Settings
from tutorbot.store.database import open_database
from tutorbot.store.sql_rounds import SqlRounds

CARDS, SECONDS, KILLS = 3, 8, 2
CARD = re.compile(r"Card (\d+) of")


class Child:
    """A bot that can be killed. What it logs is in ``log``."""

    def __init__(self, local: LocalDiscord, database: str, folder: Path, settings: Settings) -> None:
        self.log = folder / "bot.log"
        self._local = local
        self._environment = {
            **os.environ,
            "TUTORBOT_DISCORD_TOKEN": local.token,
            "TUTORBOT_DISCORD_API": local.api_url,
            "TUTORBOT_DISCORD_GATEWAY": local.gateway_url,
            "TUTORBOT_DATABASE": database,
            "TUTORBOT_CACHE": str(settings.cache),
            "TUTORBOT_LOG_LEVEL": "WARNING",
        }
        self._process: Process | None = None

    async def start(self) -> None:
        """Start it and wait until it listens."""
        with self.log.open("ab") as log:
            command = (sys.executable, "-m", "tutorbot", "run")
            self._process = await asyncio.create_subprocess_exec(
                *command, env=self._environment, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )
        await self._local.connected(90)

    async def kill(self) -> None:
        """Kill it, as a machine does that loses its power."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()
            await self._local.wait_for(lambda: not self._local.gateway.connected)


class Player:
    """Somebody who presses a button of every card that they see, and again when nothing comes of it."""

    def __init__(self, person: Person, rng: Random) -> None:
        self.noted: dict[int, int] = {}
        """For each card (from 0), the click that was noted last."""
        self._person = person
        self._rng = rng

    async def play(self, channel: Channel) -> None:
        """Play until the round is over."""
        done: set[int] = set()
        while not any("The quiz is over" in one.text for one in channel.messages):
            for message in channel.messages:
                card = CARD.search(message.text)
                if card and "Closes <t:" in message.text and message.id not in done:
                    await asyncio.sleep(self._rng.uniform(0, 2))
                    if await self._press(message, int(card[1]) - 1):
                        done.add(message.id)
            await asyncio.sleep(0.05)

    async def _press(self, message: Message, card: int) -> bool:
        buttons = [button for button in message.buttons if not button.disabled]
        if not buttons or message.deleted:
            return True
        wanted = self._rng.choice(buttons).custom_id
        assert wanted is not None
        click = await self._person.click(message, wanted, wait=False)
        for _look in range(70):
            if click.is_answered:
                if _taken(click):
                    self.noted[card] = click.id
                return True
            await asyncio.sleep(0.05)
        return False


def _taken(click: Interaction) -> bool:
    return "noted. You can change it" in click.text or "Changed to" in click.text


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/rounds.sqlite3"
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    return cluster.url(cluster.database())


@pytest.fixture
async def child(local: LocalDiscord, database: str, tmp_path: Path, settings: Settings) -> AsyncIterator[Child]:
    """The bot, started, with a database of its own."""
    child = Child(local, database, tmp_path, settings)
    await child.start()
    yield child
    await child.kill()


async def kept(database: str) -> tuple[Round, list[Answered], dict[int, int]]:
    """The round as its log leads to, the answers in the log, and the scores that were kept."""
    engine = await open_database(database)
    try:
        store = SqlRounds(engine)
        records = await store.records(1)
        place = await store.place(1)
        assert place is not None
        [result] = await store.results(place.guild)
        scores = {score.player: score.points for score in result.scores}
    finally:
        await engine.dispose()
    return replay(records), [one.event for one in records if isinstance(one.event, Answered)], scores


@pytest.mark.timeout(180)
async def test_a_bot_that_is_killed_at_any_moment_loses_no_point_and_gives_none_twice(
    child: Child, local: LocalDiscord, guild: LocalGuild, channel: Channel, database: str
) -> None:
    rng = Random(1)
    people = [guild.add_member(f"Player {number}") for number in range(4)]
    host, players = people[0], [Player(person, Random(rng.random())) for person in people]
    options = {"cards": CARDS, "seconds": SECONDS, "kinds": "buttons", "scoring": "accuracy"}
    await local.wait_for(lambda: "quiz" in local.commands, 10)
    await host.slash(channel, "quiz start", **options)
    await local.wait_for(lambda: any("opened by" in one.text for one in channel.messages))
    [lobby] = [one for one in channel.messages if "opened by" in one.text]
    for person in people:
        await (await person.click(lobby, "Join")).answered()
    await (await host.click(lobby, "Start")).answered()
    playing = asyncio.gather(*(player.play(channel) for player in players))
    for _kill in range(KILLS):
        await asyncio.sleep(rng.uniform(0.5, 5))
        await child.kill()
        await child.start()
    await asyncio.wait_for(playing, 120)
    await asyncio.sleep(1)  # the result is kept after the podium is shown
    state, answers, scores = await kept(database)
    assert state.phase is Phase.FINISHED
    assert Counter(answer.id for answer in answers).most_common(1)[0][1] == 1
    noted = {click for player in players for click in player.noted.values()}
    assert len(noted) >= CARDS
    assert noted <= {answer.id for answer in answers}  # who was told that it was noted, was not told in vain
    choices = {answer.id: answer.choice for answer in answers}
    for player, person in zip(players, people, strict=True):
        for card, click in player.noted.items():
            if not state.plays[card].void:
                assert marks(state, card)[person.id].right >= (choices[click] == state.cards[card].key)
    assert scores == {score.player: score.points for score in standing(state)}
    told = [one for one in channel.messages if "The quiz is over" in one.text]
    assert len(told) == 1
    assert all(f"<@{player}> {points:,} · " in told[0].text for player, points in scores.items() if points)
    assert len([one for one in channel.messages if "opened by" in one.text]) == 1
    shown = Counter(one.text.splitlines()[0] for one in channel.messages if "Closed." in one.text)
    assert sum(shown.values()) <= CARDS + KILLS  # each kill shows a card again at most once
    assert "Traceback" not in child.log.read_text(encoding="utf-8")
