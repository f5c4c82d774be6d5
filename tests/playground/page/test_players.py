"""Simulated players: they know Discord only."""

from random import Random

import discord
from discord import ui

from tests.playground.client import Bot, Connect
from tutorbot.playground import LocalDiscord, LocalGuild
from tutorbot.playground.page import Crowd


class _Round(ui.LayoutView):
    """A lobby or a card, as any quiz bot may show one."""

    row: ui.ActionRow["_Round"] = ui.ActionRow()

    def __init__(self, labels: list[str], pressed: list[tuple[str, str]]) -> None:
        super().__init__(timeout=None)
        for label in labels:
            self.row.add_item(_Press(label, pressed))


class _Press(ui.Button[_Round]):
    def __init__(self, label: str, pressed: list[tuple[str, str]]) -> None:
        super().__init__(label=label, custom_id=label)
        self._pressed = pressed

    async def callback(self, interaction: discord.Interaction) -> None:
        self._pressed.append((interaction.user.display_name, str(self.label)))
        if self.label == "Answer":
            await interaction.response.send_modal(_Typed(self._pressed))
        else:
            await interaction.response.defer()


class _Typed(ui.Modal, title="Answer"):
    text: ui.Label["_Typed"] = ui.Label(text="Text", component=ui.TextInput(custom_id="text", max_length=12))

    def __init__(self, pressed: list[tuple[str, str]]) -> None:
        super().__init__()
        self._pressed = pressed

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.text.component, ui.TextInput)
        self._pressed.append((interaction.user.display_name, f"typed {self.text.component.value}"))
        await interaction.response.defer()


async def _channel(bot: Bot, guild: LocalGuild, name: str) -> discord.TextChannel:
    state = next(one for one in guild.state.channels.values() if one.name == name)
    channel = bot.get_channel(state.id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_players_join_choose_and_type_and_leave_the_start_to_others(
    local_discord: LocalDiscord, study: LocalGuild, crowd: Crowd, connect: Connect
) -> None:
    bot = await connect(Bot())
    channel = await _channel(bot, study, "quiz")
    pressed: list[tuple[str, str]] = []
    crowd.invite(study.state.channels[channel.id], 3)
    await channel.send(view=_Round(["Join", "Start"], pressed))
    await local_discord.wait_for(lambda: len(pressed) == 3)
    assert {label for _, label in pressed} == {"Join"}
    assert len({name for name, _ in pressed}) == 3
    await channel.send(view=_Round(["A", "B", "C"], pressed))
    await local_discord.wait_for(lambda: len(pressed) == 6)
    assert {label for _, label in pressed[3:]} <= {"A", "B", "C"}
    await channel.send("The words perpetual alliance stood here.")
    await channel.send(view=_Round(["Answer"], pressed))
    await local_discord.wait_for(lambda: len(pressed) == 12)
    assert sum(label.startswith("typed ") for _, label in pressed) == 3


async def test_players_leave_answers_to_other_people_alone(
    local_discord: LocalDiscord, study: LocalGuild, crowd: Crowd, connect: Connect
) -> None:
    bot = await connect(Bot())
    channel = await _channel(bot, study, "quiz")
    place, pressed = study.state.channels[channel.id], list[tuple[str, str]]()
    crowd.invite(place, 2)
    asked = await study.people[0].say(place, "What is it?")
    target = discord.MessageReference(message_id=asked.id, channel_id=place.id)
    await channel.send(view=_Round(["Sources"], pressed), reference=target)
    await channel.send(view=_Round(["Join"], pressed))
    await local_discord.wait_for(lambda: len(pressed) == 2)
    assert {label for _, label in pressed} == {"Join"}


async def test_players_stay_in_the_channel_to_which_they_were_invited(study: LocalGuild, crowd: Crowd) -> None:
    quiz, lounge = [one for one in study.state.channels.values() if one.name in ("quiz", "lounge")]
    crowd.invite(quiz, 2)
    crowd.invite(lounge, 1)
    there = [person.name for channel in (quiz, lounge) for person in crowd.playing_in(channel)]
    assert len(set(there)) == 3
    crowd.dismiss(quiz)
    assert crowd.playing_in(quiz) == []
    assert len(crowd.playing_in(lounge)) == 1


async def test_the_same_seed_makes_the_same_players_do_the_same(
    local_discord: LocalDiscord, study: LocalGuild, connect: Connect
) -> None:
    bot = await connect(Bot())
    chosen = []
    for name in ("quiz", "lounge"):
        channel = await _channel(bot, study, name)
        pressed: list[tuple[str, str]] = []
        crowd = Crowd(study, Random(3), pace=0.0)
        crowd.invite(study.state.channels[channel.id], 1)
        for number in range(4):
            await channel.send(view=_Round(["A", "B", "C", "D"], pressed))
            await local_discord.wait_for(lambda: len(pressed) == number + 1)  # noqa: B023
        await crowd.close()
        chosen.append([label for _, label in pressed])
    assert chosen[0] == chosen[1]
