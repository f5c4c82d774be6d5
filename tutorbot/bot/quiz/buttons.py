"""The quiz's buttons: round, card, showing and option stand in the custom_id, so that they work after a restart."""

import re
from collections.abc import Sequence
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
        return cls(cast(Button, item).label or "", *(int(part) for part in match.groups() if part is not None))

    async def callback(self, interaction: Click) -> None:
        """Hand the click to the quiz's desk."""
        client = cast("TutorBot", interaction.client)
        if client.quiz is not None and client.once.first(interaction.id):
            await self.work(client.quiz, interaction)

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """What the click does."""
        raise NotImplementedError


class JoinButton(QuizButton, template=r"quiz-join:(\d+)(?::(\d+))?"):
    """Joins a round, or one of its teams."""

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
        await desk.answers.pick(click, *self.state)


class AnswerButton(QuizButton, template=r"quiz-answer:(\d+):(\d+):(\d+)"):
    """Opens the field for a typed answer: round, card, showing."""

    name = "quiz-answer"
    style = discord.ButtonStyle.primary

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Open the field."""
        await desk.answers.open_field(click, *self.state)


class VerdictButton(QuizButton, template=r"quiz-verdict:(\d+):(\d+)"):
    """Shows players privately what became of their typed answer: round, card."""

    name = "quiz-verdict"

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Show it."""
        await desk.appeals.verdict(click, *self.state)


class AppealButton(QuizButton, template=r"quiz-appeal:(\d+):(\d+)"):
    """Asks the moderators to look at a typed answer: round, card."""

    name = "quiz-appeal"

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Appeal."""
        await desk.appeals.ask(click, *self.state)


class GrantButton(QuizButton, template=r"quiz-grant:(\d+):(\d+):(\d+)"):
    """Grants an appeal: round, card, player."""

    name = "quiz-grant"
    style = discord.ButtonStyle.success

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Grant it."""
        await desk.appeals.grant(click, *self.state)


class DismissButton(QuizButton, template=r"quiz-dismiss:(\d+):(\d+):(\d+)"):
    """Dismisses an appeal: round, card, player."""

    name = "quiz-dismiss"

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Dismiss it."""
        await desk.appeals.dismiss(click, *self.state)


class ReportButton(QuizButton, template=r"quiz-report:(\d+)"):
    """Hands the host the round as a table."""

    name = "quiz-report"

    async def work(self, desk: "QuizDesk", click: Click) -> None:
        """Hand it out."""
        await desk.report(click, *self.state)


Menu = ui.Select[ui.LayoutView]


class CreditMenu(ui.DynamicItem[Menu], template=r"quiz-credit:(\d+):(\d+):(\d+)"):
    """Grants an appeal about a list: round, card, player; the items to credit are chosen."""

    def __init__(self, menu: Menu, *state: int) -> None:
        super().__init__(menu)
        self.state = state

    @classmethod
    def of(cls, prompt: str, items: Sequence[tuple[int, str]], *state: int) -> Self:
        """The menu of the items (number, text) that may be credited."""
        options = [discord.SelectOption(label=text, value=str(number)) for number, text in items]
        custom_id = ":".join(("quiz-credit", *map(str, state)))
        return cls(Menu(custom_id=custom_id, placeholder=prompt, max_values=len(options), options=options), *state)

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Click,  # noqa: ARG003 - the library's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The menu that was used."""
        return cls(cast(Menu, item), *map(int, match.groups()))

    async def callback(self, interaction: Click) -> None:
        """Hand the choice to the quiz's desk."""
        client = cast("TutorBot", interaction.client)
        if client.quiz is not None and client.once.first(interaction.id):
            await client.quiz.appeals.grant(interaction, *self.state, items=tuple(map(int, self.item.values)))


QUIZ_BUTTONS: tuple[type[QuizButton] | type[CreditMenu], ...] = (
    JoinButton,
    StartButton,
    PickButton,
    AnswerButton,
    VerdictButton,
    AppealButton,
    GrantButton,
    DismissButton,
    ReportButton,
    CreditMenu,
)
