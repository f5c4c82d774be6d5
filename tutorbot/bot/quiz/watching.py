"""What happens around a round: its messages deleted, its channel or thread closed."""

import discord

from tutorbot.bot.quiz.workload import Workload
from tutorbot.quiz.round.events import CardLost, ChannelLost
from tutorbot.quiz.rounds import Rounds


class Watch:
    """Tells rounds what happened to the place where they are shown."""

    def __init__(self, rounds: Rounds, workload: Workload) -> None:
        self._rounds = rounds
        self._workload = workload

    async def message_deleted(self, channel: int, message: int) -> None:
        """Show a deleted card again."""
        self._workload.enter()
        session = self._rounds.in_channel(channel)
        effect = session.effect_of(message) if session is not None else None
        if session is not None and effect is not None and effect.startswith("card:"):
            _, card, showing = effect.split(":")
            await session.happened(CardLost(card=int(card), showing=int(showing)))

    async def channel_deleted(self, channel: int) -> None:
        """End the round that was played there; one in a thread that is deleted goes on in the channel."""
        self._workload.enter()
        session = self._rounds.in_channel(channel)
        if session is None:
            return
        if channel == session.thread:
            await session.thread_lost()
        else:
            await session.happened(ChannelLost())

    async def thread_changed(self, change: discord.RawThreadUpdateEvent) -> None:
        """In a thread that was archived or locked nobody can answer: the round goes on in the channel."""
        state = change.data["thread_metadata"]
        if state.get("archived") or state.get("locked"):
            await self.channel_deleted(change.thread_id)
