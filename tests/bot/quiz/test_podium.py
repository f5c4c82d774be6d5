"""The end of a round: the podium with its picture, and the report for the host."""

import csv
from io import BytesIO, StringIO

from PIL import Image

from tests.bot.house import labels
from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Message, Permission, Person

from .house import LONG, QuizHouse, right, told, wrong


async def over(quiz: QuizHouse, clock: Clock, channel: Channel, host: Person, other: Person) -> Message:
    """The podium of a round of one card that both answered, the host rightly."""
    card = await quiz.begin(host, channel, cards=1)
    asked = await quiz.asked(1)
    await told(await host.click(card, right(asked)))
    await told(await other.click(card, wrong(asked)))
    clock.forward(LONG)
    await quiz.message(channel, "Right (1 of 2)")
    clock.forward(9)
    podium = await quiz.message(channel, "The quiz is over")
    await quiz.finished()
    return podium


async def test_the_podium_has_a_picture_that_is_described(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    podium = await over(quiz, clock, channel, alice, bob)
    [picture] = podium.attachments
    assert Image.open(BytesIO(picture.data)).size[0] == 1100
    shown = str(podium.components)
    assert "attachment" in shown
    assert "The podium of 2 players" in shown
    assert labels(podium) == ["Report (CSV)"]


async def test_the_host_gets_the_report_as_a_table_and_others_do_not(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, moderator: Person, channel: Channel
) -> None:
    podium = await over(quiz, clock, channel, alice, bob)
    for person in (alice, moderator):
        handed = await (await person.click(podium, "Report (CSV)")).answered()
        assert handed.message.ephemeral
        [file] = handed.message.attachments
        rows = list(csv.reader(StringIO(file.data.decode("utf-8-sig"))))
        assert [row[:2] for row in rows[2:4]] == [["1", "Alice"], ["2", "Bob"]]
    assert "for the host" in await told(await bob.click(podium, "Report (CSV)"))


async def test_names_in_the_report_are_known_after_a_restart_and_are_no_formulas(
    quiz: QuizHouse, clock: Clock, guild: LocalGuild, alice: Person, channel: Channel
) -> None:
    nasty = guild.add_member('=HYPERLINK("https://example.com")')
    podium = await over(quiz, clock, channel, alice, nasty)
    await quiz.restart()
    handed = await (await alice.click(podium, "Report (CSV)")).answered()
    [file] = handed.message.attachments
    rows = list(csv.reader(StringIO(file.data.decode("utf-8-sig"))))
    assert [row[1] for row in rows[2:4]] == ["Alice", "'" + nasty.name]


async def test_where_files_are_not_allowed_the_podium_comes_without_a_picture(
    quiz: QuizHouse, clock: Clock, guild: LocalGuild, alice: Person, bob: Person, channel: Channel
) -> None:
    guild.set_permissions(guild.bot_role, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
    guild.deny(channel, guild.everyone, Permission.ATTACH_FILES)
    podium = await over(quiz, clock, channel, alice, bob)
    assert podium.attachments == []
    assert f"🥇 {alice.mention}" in podium.text


async def test_a_round_that_nobody_answered_has_no_picture(
    quiz: QuizHouse, local: LocalDiscord, clock: Clock, alice: Person, channel: Channel
) -> None:
    await quiz.begin(alice, channel, cards=1)
    clock.forward(LONG + 2)
    await quiz.message(channel, "Nobody answered.")
    clock.forward(9)
    podium = await quiz.message(channel, "The quiz is over")
    assert podium.attachments == []
