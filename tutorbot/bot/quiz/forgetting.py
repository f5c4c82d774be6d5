"""Forgetting a person in the rounds that are kept in memory, too."""

from tutorbot.quiz.rounds import Rounds
from tutorbot.store.privacy import Forgotten, PersonalData, Privacy


class Forgetting:
    """A Privacy: what the database has forgotten, no round at hand for appeals writes back."""

    def __init__(self, privacy: Privacy, rounds: Rounds) -> None:
        self._privacy = privacy
        self._rounds = rounds

    async def data_of(self, person: int) -> PersonalData:
        """See Privacy."""
        return await self._privacy.data_of(person)

    async def forget(self, person: int) -> Forgotten:
        """See Privacy."""
        done = await self._privacy.forget(person)
        await self._rounds.let_go()
        return done
