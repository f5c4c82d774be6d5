"""A local Discord is still there at the next start."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from tutorbot.playground import Channel, LocalDiscord, LocalGuild, Upload
from tutorbot.playground.page import open_study_server
from tutorbot.playground.saving import SavedFile, SavedFileError


def _channel(guild: LocalGuild, name: str) -> Channel:
    return next(one for one in guild.state.channels.values() if one.name == name)


async def test_people_channels_messages_and_files_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "discord.sqlite3"
    async with SavedFile(path) as saved, LocalDiscord() as local:
        assert await saved.accounts() is None
        assert await saved.restore(local) is None
        guild = open_study_server(local)
        saved.follow(local, guild)
        ada, ben = guild.people[:2]
        first = await ada.say(_channel(guild, "lounge"), "one", files=[Upload("a.txt", b"bytes")])
        await ben.say(_channel(guild, "lounge"), "two", reply_to=first)
        await ben.react(first, "👍")
        gone = await ada.say(_channel(guild, "lounge"), "gone")
        await saved.flush()
        await ada.delete(gone)
        await ada.edit(first, "one!")
        await ada.say(ada.dm, "to the bot")
        await ben.leave()
        before = (local.bot.id, guild.id, ada.id, first.id)
    async with SavedFile(path) as saved, LocalDiscord(accounts=await saved.accounts()) as local:
        restored = await saved.restore(local)
        assert restored is not None
        lounge = _channel(restored, "lounge")
        one, two = lounge.messages
        assert (local.bot.id, restored.id, restored.people[0].id, one.id) == before
        assert (one.content, two.content, two.reply_to) == ("one!", "two", one)
        assert [(file.filename, file.text) for file in one.attachments] == [("a.txt", "bytes")]
        assert one.attachments[0].url.startswith(local.api_url.removesuffix("/api/v10"))
        assert one.reactions == {"👍": [two.author.id]}
        assert [message.content for message in restored.people[0].dm.messages] == ["to the bot"]
        names = [person.name for person in restored.people]
        assert names == ["Ada", "Chiara", "Deniz", "Morgan"]
        staff = _channel(restored, "moderators")
        assert restored.people[0].sees(staff) == []
        assert (await restored.people[-1].say(staff, "still a moderator")).id > one.id


@pytest.mark.parametrize("milliseconds", range(96, 112, 2))
async def test_nothing_is_lost_if_it_ends_while_it_writes(tmp_path: Path, milliseconds: int) -> None:
    path = tmp_path / "discord.sqlite3"
    async with SavedFile(path) as saved, LocalDiscord() as local:
        guild = open_study_server(local)
        saved.follow(local, guild)
        await saved.flush()
        await guild.people[0].say(_channel(guild, "lounge"), "the last word")
        await asyncio.sleep(milliseconds / 1000)
    async with SavedFile(path) as saved, LocalDiscord(accounts=await saved.accounts()) as local:
        restored = await saved.restore(local)
        assert restored is not None
        assert [message.content for message in _channel(restored, "lounge").messages] == ["the last word"]


async def test_a_file_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "discord.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(SavedFileError, match="newer version"):
        async with SavedFile(path):
            pass


async def test_what_is_no_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "discord.sqlite3"
    path.write_bytes(b"something else" * 100)
    with pytest.raises(SavedFileError, match="--fresh"):
        async with SavedFile(path):
            pass
