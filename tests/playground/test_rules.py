"""The times and states that Discord insists on."""

import discord
import pytest

from tutorbot.playground import Channel, Clock, LocalDiscord, Person, TooLateError

from .client import Bot, Connect


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    """A bot whose only command keeps its interactions and answers nothing by itself."""
    return await connect(Silent())


class Silent(Bot):
    """Keeps interactions for the test to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[discord.Interaction] = []

        @self.tree.command(description="Keep")
        async def keep(interaction: discord.Interaction) -> None:
            self.kept.append(interaction)


async def kept(local: LocalDiscord, bot: Bot) -> discord.Interaction:
    """The interaction that reached the bot last."""
    assert isinstance(bot, Silent)
    await local.wait_for(lambda: bot.kept)
    return bot.kept[-1]


async def test_an_interaction_fails_after_three_seconds(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot, clock: Clock
) -> None:
    interaction = alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    clock.forward(3.1)
    assert interaction.failed
    assert interaction.acknowledged_after is None
    with pytest.raises(TooLateError, match=r"Alice's 'keep' was not answered: nobody acknowledged it in 3 s"):
        await interaction.answered()
    with pytest.raises(discord.NotFound, match="10062"):
        await at_bot.response.send_message("too late")
    assert channel.messages == []


async def test_an_interaction_is_acknowledged_once(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    interaction = alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    await at_bot.response.defer()
    at_bot.response._response_type = None
    with pytest.raises(discord.HTTPException, match="40060"):
        await at_bot.response.defer()
    assert interaction.deferred
    assert not interaction.is_answered
    with pytest.raises(TooLateError, match=r"waited 0\.02 s"):
        await interaction.answered(timeout=0.02)


async def test_a_token_ends_after_fifteen_minutes(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot, clock: Clock
) -> None:
    alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    await at_bot.response.send_message("first")
    clock.forward(14 * 60)
    await at_bot.followup.send("still")
    clock.forward(61)
    with pytest.raises(discord.NotFound, match="10015"):
        await at_bot.followup.send("too late")
    with pytest.raises(discord.NotFound, match="10015"):
        await at_bot.edit_original_response(content="too late")
    assert [message.content for message in channel.messages] == ["first", "still"]


async def test_follow_ups_need_a_first_answer(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    with pytest.raises(discord.NotFound, match="10015"):
        await at_bot.followup.send("too early")


async def test_answers_are_changed_fetched_and_deleted(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    interaction = alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    await at_bot.response.send_message("first", ephemeral=True)
    second = await at_bot.followup.send("second", wait=True)
    await second.edit(content="second, mended")
    original = await at_bot.original_response()
    assert original.content == "first"
    assert original.flags.ephemeral
    assert [message.content for message in interaction.messages] == ["first", "second, mended"]
    await second.delete()
    await at_bot.delete_original_response()
    assert interaction.messages == []
    with pytest.raises(discord.NotFound, match="10008"):
        await second.edit(content="third")


async def test_a_private_message_can_be_dismissed(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    interaction = alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    await at_bot.response.send_message("first", ephemeral=True)
    await interaction.answered()
    await alice.dismiss(interaction.message)
    assert alice.sees(channel) == []
    with pytest.raises(discord.NotFound, match="10008"):
        await at_bot.edit_original_response(content="gone")


async def test_a_refused_answer_is_told_with_its_reason(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot, clock: Clock
) -> None:
    interaction = alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    with pytest.raises(discord.HTTPException, match="Must be 2000 or fewer in length"):
        await at_bot.response.send_message("x" * 2001)
    clock.forward(4)
    with pytest.raises(TooLateError, match=r"refused: 400 50035 Invalid Form Body"):
        await interaction.answered()
    local_discord.violations.clear()


async def test_a_deferred_layout_counts_as_the_answer_and_not_as_an_edit(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    interaction = alice.begin_slash(channel, "keep")
    at_bot = await kept(local_discord, bot)
    await at_bot.response.defer(ephemeral=True)
    assert interaction.ephemeral
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("in a layout"))
    await at_bot.edit_original_response(view=view)
    await interaction.answered()
    assert interaction.text == "in a layout"
    assert interaction.message.edited_at is None
    assert interaction.message.ephemeral
    assert bob.sees(channel) == []
