"""Buttons, menus, modals and layouts."""

import io
from typing import Any

import discord
import pytest
from discord import ui

from tutorbot.playground import Channel, ImpossibleError, LocalDiscord, Message, Person

from .client import Bot, Connect

Interaction = discord.Interaction[Bot]


class Choices(ui.View):
    """Two buttons, a link and a menu."""

    @ui.button(label="True", custom_id="true", style=discord.ButtonStyle.green)
    async def true(self, interaction: Interaction, button: ui.Button["Choices"]) -> None:
        """Change the message itself, with the button gone grey."""
        button.disabled = True
        await interaction.response.edit_message(content=f"{interaction.user.display_name}: true", view=self)

    @ui.button(label="Why?", custom_id="why")
    async def why(self, interaction: Interaction, button: ui.Button["Choices"]) -> None:
        """Defer, then answer privately."""
        await interaction.response.defer()
        await interaction.followup.send("Because.", ephemeral=True)

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: Interaction, button: ui.Button["Choices"]) -> None:
        """Defer, then change the message."""
        await interaction.response.defer()
        await interaction.edit_original_response(content="changed later")

    @ui.select(
        placeholder="Pick two",
        custom_id="pick",
        min_values=1,
        max_values=2,
        options=[discord.SelectOption(label=label, value=label[:2]) for label in ("one", "two", "three")],
    )
    async def pick(self, interaction: Interaction, select: ui.Select["Choices"]) -> None:
        """Say what was picked."""
        await interaction.response.send_message(", ".join(select.values))

    @ui.select(cls=ui.UserSelect, placeholder="Pick somebody", custom_id="who")
    async def who(self, interaction: Interaction, select: ui.UserSelect["Choices"]) -> None:
        """Say who was picked."""
        await interaction.response.send_message(select.values[0].display_name)


class OldForm(ui.Modal, title="Import"):
    """A modal with its text inputs in action rows."""

    cards = ui.TextInput["OldForm"](label="Cards", style=discord.TextStyle.long, min_length=3)

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Say what was typed."""
        await interaction.response.send_message(f"{self.cards.value} from {interaction.message is not None}")


class NewForm(ui.Modal, title="Feedback"):
    """A modal with labels."""

    words = ui.TextDisplay[ui.LayoutView]("Tell us.")
    grade = ui.Label["NewForm"](
        text="Grade",
        description="How good",
        component=ui.Select(options=[discord.SelectOption(label="good"), discord.SelectOption(label="bad")]),
    )
    reason = ui.Label["NewForm"](text="Reason", component=ui.TextInput(required=False, max_length=10))

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Say what was chosen and typed."""
        assert isinstance(self.grade.component, ui.Select)
        assert isinstance(self.reason.component, ui.TextInput)
        await interaction.response.send_message(f"{self.grade.component.values} {self.reason.component.value}")


class More(ui.Button["Layout"]):
    """Changes the layout."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show a text instead of everything else."""
        view = ui.LayoutView()
        view.add_item(ui.TextDisplay("More of it"))
        await interaction.response.edit_message(view=view, attachments=[])


class Layout(ui.LayoutView):
    """Everything that Components V2 has."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        section = ui.Section["Layout"]("**Entrapment**", "is a fear", accessory=More(label="More", custom_id="more"))
        row = ui.ActionRow["Layout"](ui.Button(label="Source", url="https://example.org"))
        gallery = ui.MediaGallery["Layout"](discord.MediaGalleryItem("attachment://map.png"))
        picture = ui.Section["Layout"]("Map", accessory=ui.Thumbnail("attachment://map.png"))
        self.add_item(
            ui.Container(
                section,
                ui.Separator(),
                gallery,
                picture,
                ui.File("attachment://notes.txt"),
                row,
                accent_color=1,
            )
        )


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    """A bot that shows each of these."""
    bot = Bot()

    @bot.tree.command(description="View")
    async def view(interaction: Interaction) -> None:
        await interaction.response.send_message("Choose", view=Choices())

    @bot.tree.command(description="Old form")
    async def old(interaction: Interaction) -> None:
        await interaction.response.send_modal(OldForm())

    @bot.tree.command(description="New form")
    async def new(interaction: Interaction) -> None:
        await interaction.response.send_modal(NewForm())

    @bot.tree.command(description="Layout")
    async def layout(interaction: Interaction) -> None:
        files = [
            discord.File(io.BytesIO(b"what it holds"), "map.png"),
            discord.File(io.BytesIO(b"what it holds"), "notes.txt"),
        ]
        await interaction.response.send_message(view=Layout(), files=files)

    return await connect(bot)


@pytest.fixture
async def message(channel: Channel, alice: Person, bot: Bot) -> Message:
    """The message with the buttons and menus."""
    return (await alice.slash(channel, "view")).message


async def test_a_click_changes_the_message(bob: Person, message: Message) -> None:
    assert [button.label for button in message.buttons] == ["True", "Why?", "Later"]
    interaction = await bob.click(message, "True")
    assert interaction.updated is message
    assert interaction.text == "Bob: true"
    assert message.buttons[0].disabled
    assert message.edited_at is not None


async def test_a_click_is_found_by_custom_id_and_answered_privately(
    channel: Channel, alice: Person, bob: Person, message: Message
) -> None:
    interaction = await (await bob.click(message, "why")).answered()
    assert interaction.text == "Because."
    assert interaction.message in bob.sees(channel)
    assert interaction.message not in alice.sees(channel)


async def test_a_click_that_only_defers_is_answered_by_the_later_change(bob: Person, message: Message) -> None:
    interaction = await bob.click(message, "Later")
    await interaction.answered()
    assert interaction.updated is message
    assert message.content == "changed later"


async def test_disabled_and_absent_buttons_cannot_be_clicked_unless_late(
    alice: Person, bob: Person, message: Message
) -> None:
    await bob.click(message, "True")
    with pytest.raises(ImpossibleError, match="disabled"):
        await alice.click(message, "True")
    with pytest.raises(ImpossibleError, match="shows no 'False'; it shows: 'True'"):
        await alice.click(message, "False")
    assert (await alice.click(message, "True", late=True)).text == "Alice: true"


async def test_two_clicks_at_once_are_both_answered(alice: Person, bob: Person, message: Message) -> None:
    first, second = await alice.click(message, "why", wait=False), await bob.click(message, "why", wait=False)
    await first.answered()
    await second.answered()
    assert first.message.seen_only_by == alice.id
    assert second.message.seen_only_by == bob.id


async def test_menus_take_labels_values_and_people(alice: Person, bob: Person, message: Message) -> None:
    assert (await alice.select(message, "Pick two", ["one", "two"])).text == "on, tw"
    assert (await alice.select(message, "pick", "three")).text == "th"
    assert (await alice.select(message, "Pick somebody", [bob])).text == "Bob"
    with pytest.raises(ImpossibleError, match="takes 1 to 2"):
        await alice.select(message, "Pick two", ["one", "two", "three"])
    with pytest.raises(ImpossibleError, match="offers one, two, three"):
        await alice.select(message, "Pick two", "four")


async def test_an_old_modal_is_filled_in(channel: Channel, alice: Person, bob: Person, bot: Bot) -> None:
    modal = (await alice.slash(channel, "old")).modal
    assert modal is not None
    assert modal.title == "Import"
    with pytest.raises(ImpossibleError, match="must be filled in"):
        await alice.submit(modal, {})
    with pytest.raises(ImpossibleError, match="3 to 4000 characters, not 2"):
        await alice.submit(modal, {"Cards": "ab"})
    with pytest.raises(ImpossibleError, match="opened for Alice"):
        await bob.submit(modal, {"Cards": "abc"})
    assert (await alice.submit(modal, {"Cards": "a; b"})).text == "a; b from False"


async def test_a_modal_with_labels_is_filled_in(channel: Channel, alice: Person, bot: Bot) -> None:
    modal = (await alice.slash(channel, "new")).modal
    assert modal is not None
    assert modal.text == "Feedback\nTell us."
    with pytest.raises(ImpossibleError, match="does not offer 'fair'"):
        await alice.submit(modal, {"Grade": ["fair"]})
    with pytest.raises(ImpossibleError, match="no field 'Mood'; it has 'Grade'"):
        await alice.submit(modal, {"Mood": "fair"})
    submitted = await alice.submit(modal, {"Grade": ["good"], "Reason": "clear"})
    assert submitted.text == "['good'] clear"


async def test_a_layout_shows_its_text_and_files(
    channel: Channel, alice: Person, bot: Bot, local_discord: LocalDiscord
) -> None:
    message = (await alice.slash(channel, "layout")).message
    assert message.text == "**Entrapment**\nis a fear\nMap"
    assert [button.label for button in message.buttons] == ["More", "Source"]
    gallery = message.components[0]["components"][2]["items"][0]["media"]
    assert gallery["url"] == message.attachments[0].url
    with pytest.raises(ImpossibleError, match="is a link"):
        await alice.click(message, "Source")
    await alice.click(message, "More")
    assert message.text == "More of it"
    assert message.attachments == []


async def test_buttons_of_a_persistent_view_survive_a_restart(
    channel: Channel, alice: Person, connect: Connect, bot: Bot, message: Message
) -> None:
    class Again(ui.View):
        @ui.button(label="Why?", custom_id="why")
        async def why(self, interaction: Interaction, button: ui.Button["Again"]) -> None:
            await interaction.response.send_message("As before.")

    await bot.close()
    second = Bot()
    second.add_view(Again(timeout=None))
    await connect(second)
    assert (await alice.click(message, "why")).text == "As before."
    place = second.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    assert (await place.fetch_message(message.id)).content == "Choose"
