"""The review's buttons: what was shown stands in the custom_id, so that they work after a restart."""

import re
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

import discord
from discord import ui

from tutorbot.bot.review.asked import ASKED, SITTING, Asked, Sitting
from tutorbot.bot.views import shown

if TYPE_CHECKING:
    from tutorbot.bot.client import TutorBot
    from tutorbot.bot.review.desk import ReviewDesk

Button = ui.Button[ui.LayoutView]
Click = discord.Interaction[Any]


class ReviewButton(ui.DynamicItem[Button], template=r"nothing"):
    """A button of somebody's review. What a click does is in ``work``."""

    name: ClassVar[str]
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, label: str, *state: str) -> None:
        custom_id = ":".join((self.name, *state))
        super().__init__(Button(label=label, style=self.style, custom_id=custom_id))
        self.state = state

    @classmethod
    def of(cls, label: str, value: Asked | Sitting, *more: int) -> Self:
        """The button about a card that was shown, or about a review."""
        return cls(label, *value.packed().split(":"), *map(str, more))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Click,  # noqa: ARG003 - the library's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button that was clicked."""
        return cls(cast(Button, item).label or "", *match.groups())

    async def callback(self, interaction: Click) -> None:
        """Hand the click to the review's desk."""
        client = cast("TutorBot", interaction.client)
        if client.review is not None and client.once.first(interaction.id):
            await self.work(client.review, interaction)

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """What the click does."""
        raise NotImplementedError

    @property
    def asked(self) -> Asked:
        """The card that the button is about."""
        return Asked.unpacked(*self.state[:5])


class PickButton(ReviewButton, template=rf"review-pick:{ASKED}:(\d+)"):
    """Chooses an option of the card."""

    name = "review-pick"

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """Answer."""
        await desk.pick(click, self.asked, int(self.state[5]))


class AnswerButton(ReviewButton, template=rf"review-answer:{ASKED}:([01])"):
    """Opens the field for a typed answer: 1 at the end for a list."""

    name = "review-answer"
    style = discord.ButtonStyle.primary

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """Open it."""
        await desk.open_field(click, self.asked, listed=self.state[5] == "1")


class ShowButton(ReviewButton, template=rf"review-show:{ASKED}"):
    """Shows the answer; the student then says how well they knew it."""

    name = "review-show"

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """Show it."""
        await desk.show_answer(click, self.asked)


class GradeButton(ReviewButton, template=rf"review-grade:{ASKED}:([1-4])"):
    """Says how well the card was known: FSRS's rating."""

    name = "review-grade"

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """Keep it."""
        await desk.grade(click, self.asked, int(self.state[5]))


class RightButton(ReviewButton, template=rf"review-right:{ASKED}"):
    """Counts a typed answer as right that was marked wrong: nobody but the student is misled if it was not."""

    name = "review-right"

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """Count it."""
        await desk.count_as_right(click, self.asked)


class NextButton(ReviewButton, template=rf"review-next:{SITTING}"):
    """Leads to the next card."""

    name = "review-next"
    style = discord.ButtonStyle.primary

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """Show it."""
        await desk.go_on(click, Sitting.unpacked(*self.state))


class NewButton(NextButton, template=rf"review-new:{SITTING}"):
    """Leads to cards that the student was never asked."""

    name = "review-new"
    style = discord.ButtonStyle.secondary


class EnoughButton(ReviewButton, template=rf"review-enough:{SITTING}"):
    """Ends the review."""

    name = "review-enough"

    async def work(self, desk: "ReviewDesk", click: Click) -> None:
        """Say when the next card is due."""
        await desk.enough(click, Sitting.unpacked(*self.state))


REVIEW_BUTTONS: tuple[type[ReviewButton], ...] = (
    PickButton,
    AnswerButton,
    ShowButton,
    GradeButton,
    RightButton,
    NextButton,
    NewButton,
    EnoughButton,
)


async def click_again(click: Click) -> None:
    """Carry out a click that was on its way while its button was taken from the message: the library drops such clicks."""
    if click.type is not discord.InteractionType.component or click.message is None:
        return
    custom_id = cast(dict[str, Any], click.data)["custom_id"]
    if any(getattr(part, "custom_id", None) == custom_id for part in shown.components(click.message)):
        return
    for button in REVIEW_BUTTONS:
        match = button.__discord_ui_compiled_template__.fullmatch(custom_id)
        if match is not None:
            await button("", *match.groups()).callback(click)
