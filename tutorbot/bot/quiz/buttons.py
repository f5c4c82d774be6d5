"""The quiz's buttons: round, card, showing and option stand in the custom_id, so that they work after a restart."""

import re
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

import discord
from discord import ui

if TYPE_CHECKING:
    from tutorbot.bot.client import TutorBot
    from tutorbot.bot.quiz.desk import QuizDesk

Button = ui.Button[ui.LayoutView]
Click = discord.Interaction[Any]


class QuizButton(ui.DynamicItem[Button], template=r"nothing"):
    """A button of a round. What a click does is in ``work``."""

    name: ClassVar[str]
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, label: str, *state: int, closed: bool = False) -> None:
        custom_id = ":".join((self.name, *map(str, state)))
        super().__init__(Button(label=label, style=self.style, custom_id=custom_id, disabled=closed))
        self.state = state

    @classmethod
    def of(cls, label: str, *state: int, closed: bool = False) -> Self:
        """The button of a round, and what else its state holds."""
        return cls(label, *state, closed=closed)

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Click,  # noqa: ARG003 - the library's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button that was clicked."""
        return cls(cast(Button, item).label or "", *map(int, match.groups()))

    async def callback(self, interaction: Click) -> None:
        """Hand the click to the quiz's desk."""
        client = cast("TutorBot", interaction.client)
        if client.quiz is not None and client.once.first(interaction.id):
            await self.work(client.quiz, interaction)

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """What the click does."""
        raise NotImplementedError


class JoinButton(QuizButton, template=r"quiz-join:(\d+)"):
    """Joins."""

    name = "quiz-join"

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Join."""
        await desk.join(click, *self.state)


class StartButton(QuizButton, template=r"quiz-start:(\d+)"):
    """Starts the round."""

    name = "quiz-start"
    style = discord.ButtonStyle.primary

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Start."""
        await desk.begin(click, *self.state)


class PickButton(QuizButton, template=r"quiz-pick:(\d+):(\d+):(\d+):(\d+)"):
    """Chooses an option: round, card, showing, option."""

    name = "quiz-pick"

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Answer."""
        await desk.pick(click, *self.state)


class AnswerButton(QuizButton, template=r"quiz-answer:(\d+):(\d+):(\d+)"):
    """Opens the field for a typed answer: round, card, showing."""

    name = "quiz-answer"
    style = discord.ButtonStyle.primary

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Open the field."""
        await desk.open_field(click, *self.state)


QUIZ_BUTTONS: tuple[type[QuizButton], ...] = (JoinButton, StartButton, PickButton, AnswerButton)
