"""Typed answers after the reveal: what became of them, and appeals."""

from discord.ui import LayoutView

from tutorbot.bot.quiz.buttons import AppealButton
from tutorbot.bot.quiz.people import Interaction, People
from tutorbot.bot.quiz.texts import QuizTexts
from tutorbot.bot.views.layout import card, notice
from tutorbot.quiz.card import Mode
from tutorbot.quiz.marking import Marking
from tutorbot.quiz.round.events import AppealDismissed, Appealed, AppealGranted
from tutorbot.quiz.round.scoring import counted_answers, marks
from tutorbot.quiz.rounds import Rounds


class Appeals:
    """What players ask about their answers, and what moderators decide; rounds that are over included."""

    def __init__(self, rounds: Rounds, texts: QuizTexts, marking: Marking, people: People) -> None:
        self._rounds = rounds
        self._texts = texts
        self._marking = marking
        self._people = people

    async def verdict(self, click: Interaction, round_id: int, index: int) -> None:
        """Tell a player privately what became of their answer and why; one that was not right can be appealed from there."""

        async def work() -> LayoutView:
            session = await self._rounds.recall(round_id)
            if session is None or index >= len(session.state.plays):
                return notice(self._texts.notice("over"))
            state, player = session.state, click.user.id
            given = [one for one, _elapsed in counted_answers(state, index).get(player, ())]
            if not given:
                return notice(self._texts.notice("no_answer"))
            asked, mark = state.cards[index], marks(state, index).get(player)
            last = given[-1].text or ""
            marked = await self._marking.mark(asked, last)
            text = self._texts.verdict(asked, last, mark, marked.reason, granted=player in state.plays[index].appeals)
            content = mark is not None and mark.right and asked.mode is Mode.TYPED
            if content or mark is None or player in state.plays[index].appealed:
                return notice(text)
            return card(text, [AppealButton.of(self._texts.label("appeal"), round_id, index)])

        await self._people.respond(click, work)

    async def ask(self, click: Interaction, round_id: int, index: int) -> None:
        """Put an answer before the moderators."""
        session = await self._rounds.recall(round_id)
        await self._people.act(click, session, "appeal", Appealed, card=index)

    async def grant(
        self, click: Interaction, round_id: int, index: int, player: int, *, items: tuple[int, ...] = ()
    ) -> None:
        """Let an answer count."""
        session = await self._rounds.recall(round_id)
        await self._people.act(click, session, "grant", AppealGranted, card=index, of=player, items=items)

    async def dismiss(self, click: Interaction, round_id: int, index: int, player: int) -> None:
        """Leave an answer as it is."""
        session = await self._rounds.recall(round_id)
        await self._people.act(click, session, "dismiss", AppealDismissed, card=index, of=player)
