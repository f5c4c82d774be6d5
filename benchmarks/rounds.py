"""Many quiz rounds at once, every player answering in the last second of every card.

    python benchmarks/rounds.py [--rounds 50] [--players 20] [--cards 3] [--seconds 10]

The real bot plays over the local Discord, which runs with its people in a process of its own: the loop lag is the bot's alone.
Prints: how long it took until answers were acknowledged (p50, p99, greatest), how many answers were lost, whether all scores equal a
straight recomputation from the log, the bot's loop lag (p50, p99, greatest, sampled every 10 ms), and its memory for each round.
"""

import argparse
import asyncio
import gc
import json
import os
import re
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from tutorbot.bot import run_bot
from tutorbot.playground import Channel, Interaction, LocalDiscord, Message, Permission, Person
from tutorbot.playground.sights import MessageSeen, Sight
from tutorbot.quiz.round import Round, replay
from tutorbot.quiz.round.events import Answered, CardShown, Opened
from tutorbot.settings import Settings
from tutorbot.store.database import open_database
from tutorbot.store.sql_rounds import SqlRounds
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

_DEADLINE = re.compile(r"Closes <t:(\d+):R>")
_CARD = re.compile(r"Card (\d+) of")
_GUILD_OF = 10
"""Rounds in one server."""


class Table:
    """One round's channel and its players: whoever sees a new card answers it in its last second."""

    def __init__(self, channel: Channel, people: list[Person], rng: Random) -> None:
        self.channel = channel
        self.people = people
        self.clicks: list[Interaction] = []
        self.over = asyncio.Event()
        self.lobby = asyncio.Event()
        self._rng = rng
        self._seen: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._lobby: Message | None = None

    def see(self, message: Message) -> None:
        """What a player notices of a message."""
        text = message.text
        if "opened by" in text:
            self._lobby = message
            self.lobby.set()
        card, deadline = _CARD.search(text), _DEADLINE.search(text)
        if card and deadline and card[1] not in self._seen:
            self._seen.add(card[1])
            at = int(deadline[1])
            self._tasks += [asyncio.create_task(self._answer(person, message, at)) for person in self.people]
        if "The quiz is over" in text:
            self.over.set()

    async def begin(self, cards: int, seconds: int) -> None:
        """Open the round and wait for its lobby."""
        await self.people[0].slash(self.channel, "quiz start", cards=cards, seconds=seconds, kinds="buttons")
        await asyncio.wait_for(self.lobby.wait(), 60)

    async def start(self) -> None:
        """The host presses Start."""
        assert self._lobby is not None
        await self.people[0].click(self._lobby, "Start", wait=False)

    async def _answer(self, person: Person, message: Message, deadline: int) -> None:
        """Press any button between 1.4 and 0.4 s before the time that is shown, which is rounded to a second."""
        await asyncio.sleep(max(0.0, deadline - 0.4 - self._rng.random() - time.time()))
        button = self._rng.choice(message.buttons)
        self.clicks.append(await person.click(message, button.custom_id or "", wait=False))


async def people(rounds: int, players: int, cards: int, seconds: int) -> None:
    """The local Discord: its address goes to stdout, then how the rounds went."""
    rng = Random(7)
    async with LocalDiscord() as local:
        tables: dict[int, Table] = {}
        guild = local.add_guild("Course server", Permission.ADMINISTRATOR)
        for number in range(rounds):
            if number % _GUILD_OF == 0 and number:
                guild = local.add_guild(f"Course server {number}", Permission.ADMINISTRATOR)
            channel = guild.add_text_channel(f"quiz-{number}")
            members = [guild.add_member(f"Player {number}-{one}") for one in range(players)]
            tables[channel.id] = Table(channel, members, Random(rng.random()))

        def watch(sight: Sight) -> None:
            if isinstance(sight, MessageSeen) and sight.message.author is local.bot:
                tables[sight.message.channel.id].see(sight.message)

        local.world.watchers.append(watch)
        say({"api": local.api_url, "gateway": local.gateway_url, "token": local.token})
        await local.connected(120)
        await local.wait_for(lambda: "quiz" in local.commands, 60)
        for table in tables.values():
            await table.begin(cards, seconds)
        say({"lobbies": rounds})
        sys.stdin.readline()  # the bot's memory has been read
        await asyncio.gather(*(table.start() for table in tables.values()))
        await asyncio.gather(
            *(asyncio.wait_for(table.over.wait(), 60 + cards * (seconds + 60)) for table in tables.values())
        )
        await asyncio.sleep(1)
        clicks = [click for table in tables.values() for click in table.clicks]
        noted = sum("noted" in click.text or "Changed" in click.text for click in clicks)
        times = [click.acknowledged_after for click in clicks]
        say(
            {
                "cpu": time.process_time(),
                "clicks": len(clicks),
                "noted": noted,
                "times": times,
                "refused": len(local.refused),
            }
        )


def say(line: dict[str, object]) -> None:
    """Tell the other process."""
    print(json.dumps(line), flush=True)


async def lag(lags: list[float]) -> None:
    """Note how late a 10 ms timer fires, in milliseconds."""
    loop = asyncio.get_running_loop()
    while True:
        begun = loop.time()
        await asyncio.sleep(0.01)
        lags.append((loop.time() - begun - 0.01) * 1000)


def memory() -> float:
    """The process's resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def recomputed(events: list[Any]) -> dict[int, int]:
    """Every player's points by the rules as they are written, from the log alone: of the buttons pressed in time the last counts,
    and a right one is worth 1000 falling to 500 at the deadline, full under half a second.
    """
    opened = next(event for event in events if isinstance(event, Opened))
    points: dict[int, int] = {event.player: 0 for event in events if isinstance(event, Answered)}
    for number, card in enumerate(opened.cards):
        shown = [event.at for event in events if isinstance(event, CardShown) and event.card == number]
        limit, last = float(opened.settings.seconds or 0), {}
        for event in sorted((one for one in events if isinstance(one, Answered)), key=lambda one: (one.at, one.id)):
            if event.card == number and event.at <= shown[0] + limit + opened.settings.grace:
                last[event.player] = event
        for player, event in last.items():
            spent = max(0.0, event.at - shown[0])
            if event.choice == card.key:
                points[player] += 1000 if spent < 0.5 else round((1 - min(spent, limit) / limit / 2) * 1000)
    return points


async def checked(database: str, rounds: int) -> tuple[int, int, int]:
    """How many answers the logs hold, how many rounds have kept the recomputed scores, how many the replayed ones."""
    engine = await open_database(database)
    store, answers, equal, same = SqlRounds(engine), 0, 0, 0
    for number in range(1, rounds + 1):
        records = await store.records(number)
        events = [record.event for record in records]
        answers += sum(isinstance(event, Answered) for event in events)
        place = await store.place(number)
        assert place is not None
        kept = await kept_scores(engine, number)
        equal += kept == recomputed(events)
        same += kept == replayed(replay(records))
    await engine.dispose()
    return answers, equal, same


async def kept_scores(engine: Any, number: int) -> dict[int, int]:
    """The scores of a round as the leaderboards have them."""
    from sqlalchemy import select  # noqa: PLC0415 - a check of its own

    from tutorbot.store.tables import results  # noqa: PLC0415

    async with engine.connect() as connection:
        rows = await connection.execute(select(results.c.player, results.c.points).where(results.c.round == number))
        return {row.player: row.points for row in rows}


def replayed(state: Round) -> dict[int, int]:
    """The scores of the state that the log leads to."""
    from tutorbot.quiz.round.scoring import standing  # noqa: PLC0415

    return {score.player: score.points for score in standing(state)}


async def measure(given: argparse.Namespace) -> None:
    """Run both processes and print the table."""
    print(f"load before     {os.getloadavg()[0]:.2f}")
    sizes = [str(one) for one in (given.rounds, given.players, given.cards, given.seconds)]
    other = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        "--people",
        *sizes,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    assert other.stdout is not None
    assert other.stdin is not None
    address = json.loads(await other.stdout.readline())
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{folder}/rounds.sqlite3"
        settings = Settings(
            _env_file=None,
            discord_token=address["token"],
            discord_api=address["api"],
            discord_gateway=address["gateway"],
            database=database,
        )
        tutor = Tutor.open(settings)
        gc.collect()
        gc.freeze()  # as the command line does
        before = memory()
        lags: list[float] = []
        spent = time.process_time()
        bot = asyncio.create_task(run_bot(settings, tutor, Wording(settings.prompts), rng=Random(7)))
        await other.stdout.readline()
        opened, begun = memory(), time.time()
        watch = asyncio.create_task(lag(lags))
        other.stdin.write(b"\n")
        told = json.loads(await other.stdout.readline())
        watch.cancel()
        peak, took, spent = memory(), time.time() - begun, time.process_time() - spent
        bot.cancel()
        with suppress(asyncio.CancelledError):
            await bot
        await tutor.close()
        answers, equal, same = await checked(database, given.rounds)
    times = [one for one in told["times"] if one is not None]
    clicks, unheard = told["clicks"], told["clicks"] - len(times)
    print(
        f"rounds          {given.rounds} with {given.players} players, {given.cards} cards of {given.seconds} s, {took:.0f} s in all"
    )
    print(
        f"acknowledged    p50 {p(times, 0.5):.3f} s   p99 {p(times, 0.99):.3f} s   at most {max(times):.3f} s   never {unheard}"
    )
    print(f"answers         {clicks} given, {told['noted']} noted, {answers} in the log, {clicks - answers} lost")
    print(f"scores          {equal} of {given.rounds} rounds equal the recomputation, {same} the replay")
    print(f"loop lag        p50 {p(lags, 0.5):.1f} ms   p99 {p(lags, 0.99):.1f} ms   at most {max(lags):.1f} ms")
    print(
        f"memory          {(opened - before) / given.rounds:.2f} MB a round in its lobby, {(peak - before) / given.rounds:.2f} MB at its end"
    )
    print(f"CPU time        {spent:.1f} s of the bot, {told['cpu']:.1f} s of the local Discord and its people")
    print(f"load after      {os.getloadavg()[0]:.2f}; refused by Discord's rules: {told['refused']}")


def p(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    return statistics.quantiles(values, n=1000, method="inclusive")[min(998, round(share * 1000) - 1)]


def main() -> None:
    """Run the benchmark, or the other process of it."""
    if sys.argv[1:2] == ["--people"]:
        asyncio.run(people(*map(int, sys.argv[2:6])))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("rounds", 50), ("players", 20), ("cards", 3), ("seconds", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
