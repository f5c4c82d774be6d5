"""A round of three cards that two players and a host play, kept as it goes."""

from tests.quiz.table import Table, choice, typed
from tutorbot.quiz.result import RoundResult
from tutorbot.store.rounds import Place, RoundStore


class KeptTable(Table):
    """A round that is played on a table and kept."""

    def __init__(self, ann: int, ben: int, **settings: object) -> None:
        """Ann is right, then wrong, then right; Ben is right, passes, and types rubbish."""
        self.ann, self.ben = ann, ben
        super().__init__([choice("a"), choice("b"), typed("c")], **settings)

    def play(self) -> RoundResult:
        """Play it to the end."""
        self.join(self.ann, self.ben)
        self.start()
        self.answer(self.ann, 1)
        self.answer(self.ben, 1)
        self._go_on()
        self.answer(self.ann, 0)
        self._go_on()
        self.answer(self.ann, text="two", correct=True)
        self.answer(self.ben, text="something that Ben made up", correct=False)
        self._go_on()
        return self.result()

    def _go_on(self) -> None:
        if self.state.phase == "open":
            self.time_up()
        self.next()

    async def keep(self, store: RoundStore, guild: int, channel: int) -> Place:
        """Keep all of it that was played, as a round that runs."""
        place = await store.open(guild, channel, self.log[0])
        assert place is not None
        for number, record in enumerate(self.log[1:], 1):
            assert await store.append(place.round, number, record)
        return place
