"""The report as moderators see it."""

import csv
import io

import pytest
from PIL import Image

from tests.bot.quiz.house import LONG, QuizHouse, told, wrong
from tests.bot.review.house import PATIENCE
from tutorbot.playground import Channel, Clock, ImpossibleError, LocalGuild, Permission, Person


async def test_a_moderator_sees_what_was_asked_and_played_here_as_a_picture_and_a_table(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, moderator: Person, channel: Channel
) -> None:
    nothing = await told(await moderator.slash(channel, "knowledge report"))
    assert "Nothing was asked and no round was played here yet." in nothing
    asked = await (await alice.slash(channel, "ask", question="what is a coalition?")).answered(PATIENCE)
    await told(await bob.click(asked.message, "Not helpful"))
    await (await alice.slash(channel, "ask", question="how do I bake a sourdough bread?")).answered(PATIENCE)
    card = await quiz.begin(alice, channel, cards=1)
    await told(await alice.click(card, wrong(await quiz.asked(1))))
    clock.forward(LONG + 2)
    await quiz.message(channel, "nobody was right")
    clock.forward(9)
    await quiz.finished()

    shown = await (await moderator.slash(channel, "knowledge report")).answered(PATIENCE)
    assert shown.message.ephemeral
    assert "**2** questions: 1 answered" in shown.text
    assert "1 answer was called not helpful." in shown.text
    picture, table = shown.message.attachments
    assert Image.open(io.BytesIO(picture.data)).format == "PNG"
    assert picture.description is not None
    assert "2 in all, 1 answered" in picture.description
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")))}
    assert rows["coalition"]["questions"] == "1"
    assert rows[(await quiz.asked(1)).entry]["quiz_answers"] == "1"


async def test_another_servers_questions_are_not_in_the_report(
    quiz: QuizHouse, guild: LocalGuild, alice: Person, channel: Channel
) -> None:
    await (await alice.slash(channel, "ask", question="what is a coalition?")).answered(PATIENCE)
    other = quiz.local.add_guild("Another", Permission.ADMINISTRATOR)
    elsewhere, mo = other.add_text_channel("questions"), other.add_moderator("Mo")
    assert "Nothing was asked" in await told(await mo.slash(elsewhere, "knowledge report"))


async def test_the_report_is_for_moderators(quiz: QuizHouse, alice: Person, channel: Channel) -> None:
    with pytest.raises(ImpossibleError):
        await alice.slash(channel, "knowledge report")


async def test_who_lacks_the_servers_moderator_role_is_refused_politely(
    house: QuizHouse, guild: LocalGuild, channel: Channel
) -> None:
    await house.set_up(guild, moderator_role=guild.add_role("Tutors").id)
    await house.start()
    moderator = guild.add_member("Mo", [guild.add_role("Messages", Permission.MANAGE_MESSAGES)])
    refused = await (await moderator.slash(channel, "knowledge report")).answered(PATIENCE)
    assert refused.message.ephemeral
    assert refused.message.attachments == []
    assert "moderator" in refused.text
