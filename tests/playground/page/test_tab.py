"""What people do in a tab, and what they see there."""

import asyncio
import json

import aiohttp
import pytest

from tests.playground.client import Bot
from tutorbot.playground import LocalGuild
from tutorbot.playground.page import Room, Site

from .tabs import OpenTab, RefusedError


async def test_what_one_person_writes_the_others_see_at_once(open_tab: OpenTab) -> None:
    ada, ben = await open_tab("Ada"), await open_tab("Ben")
    await ada.ask("say", channel=ada.channel("questions"), text="Hello <b>you</b>")
    await asyncio.sleep(0.05)
    assert [one["message"]["content"] for one in ben.seen("message")] == ["Hello <b>you</b>"]


async def test_a_private_answer_reaches_nobody_else(open_tab: OpenTab, parrot: Bot) -> None:
    ada, ben = await open_tab("Ada"), await open_tab("Ben")
    channel = ada.channel("questions")
    await ada.ask("slash", channel=channel, command="say", options={"text": "secret", "private": True})
    await asyncio.sleep(0.05)
    assert [one["content"] for one in await ada.messages("questions")] == ["secret"]
    assert ben.seen("message") == []
    assert await ben.messages("questions") == []


async def test_a_private_answer_can_be_dismissed_by_its_owner_only(open_tab: OpenTab, parrot: Bot) -> None:
    ada, ben = await open_tab("Ada"), await open_tab("Ben")
    channel = ada.channel("questions")
    await ada.ask("slash", channel=channel, command="say", options={"text": "secret", "private": True})
    message = (await ada.messages("questions"))[0]["id"]
    with pytest.raises(RefusedError):
        await ben.ask("delete", channel=channel, message=message)
    await ada.ask("delete", channel=channel, message=message)
    assert await ada.messages("questions") == []


async def test_students_see_neither_the_moderators_channel_nor_their_commands(open_tab: OpenTab, parrot: Bot) -> None:
    ada, morgan = await open_tab("Ada"), await open_tab("Morgan")
    staff = morgan.channel("moderators")
    assert staff not in json.dumps(ada.place)
    with pytest.raises(RefusedError):
        await ada.ask("say", channel=staff, text="let me in")
    assert (await ada.ask("open", channel=staff))["messages"] == []
    await morgan.ask("say", channel=staff, text="among us")
    await asyncio.sleep(0.05)
    assert ada.seen("message") == []
    offered = {
        tab: {one["name"] for one in (await tab.ask("open", channel=tab.channel("questions")))["commands"]}
        for tab in (ada, morgan)
    }
    assert offered[morgan] - offered[ada] == {"ban"}
    with pytest.raises(RefusedError):
        await ada.ask("slash", channel=ada.channel("questions"), command="ban", options={"who": ada.person("Ben")})


async def test_a_person_is_named_to_a_command_by_id(open_tab: OpenTab, parrot: Bot) -> None:
    morgan = await open_tab("Morgan")
    ben = morgan.person("Ben")
    await morgan.ask("slash", channel=morgan.channel("questions"), command="ban", options={"who": ben})
    assert [one["content"] for one in await morgan.messages("questions")] == [f"{ben} is banned"]


async def test_what_an_option_may_hold_is_suggested_as_it_is_typed(open_tab: OpenTab, parrot: Bot) -> None:
    ada = await open_tab("Ada")
    found = await ada.ask(
        "complete", channel=ada.channel("questions"), command="say", option="text", typed="x", options={}
    )
    assert [one["name"] for one in found["choices"]] == ["xa", "xb"]


async def test_a_form_is_opened_filled_in_and_sent(open_tab: OpenTab, parrot: Bot) -> None:
    ada = await open_tab("Ada")
    form = await ada.ask("slash", channel=ada.channel("questions"), command="form", options={})
    assert form["title"] == "A form"
    with pytest.raises(RefusedError):
        await ada.ask("submit", form=form["form"], values={"answer": "far too long a text"})
    await ada.ask("submit", form=form["form"], values={"answer": "short"})
    assert [one["content"] for one in await ada.messages("questions")] == ["You wrote short"]


async def test_buttons_and_menus_are_pressed_and_chosen_from(open_tab: OpenTab, parrot: Bot) -> None:
    ada = await open_tab("Ada")
    channel = ada.channel("questions")
    await ada.ask("slash", channel=channel, command="buttons", options={})
    message = (await ada.messages("questions"))[0]["id"]
    await ada.ask("click", channel=channel, message=message, button="press")
    await ada.ask("select", channel=channel, message=message, menu="pick", values=["Two"])
    assert [one["content"] for one in await ada.messages("questions")][1:] == ["Pressed", "Picked Two"]
    with pytest.raises(RefusedError):
        await ada.ask("click", channel=channel, message=message, button="other")


async def test_a_message_is_handed_to_the_bot_from_its_menu(open_tab: OpenTab, parrot: Bot) -> None:
    ada = await open_tab("Ada")
    channel = ada.channel("questions")
    said = await ada.ask("say", channel=channel, text="again")
    await ada.ask("menu", channel=channel, message=said["message"], command="Repeat")
    assert [one["content"] for one in await ada.messages("questions")] == ["again", "again"]


async def test_a_command_that_nobody_answers_has_failed_after_three_seconds(
    open_tab: OpenTab, parrot: Bot, room: Room
) -> None:
    ada = await open_tab("Ada")
    await parrot.close()
    channel = ada.channel("questions")
    assert await ada.ask("slash", channel=channel, command="say", options={"text": "x"}) == {"failed": True}


async def test_an_own_message_can_be_changed_and_deleted_and_no_other(open_tab: OpenTab) -> None:
    ada, ben = await open_tab("Ada"), await open_tab("Ben")
    channel = ada.channel("questions")
    message = (await ada.ask("say", channel=channel, text="one"))["message"]
    for wish, more in (("edit", {"text": "mine"}), ("delete", {})):
        with pytest.raises(RefusedError):
            await ben.ask(wish, channel=channel, message=message, **more)
    await ada.ask("edit", channel=channel, message=message, text="two")
    await ada.ask("delete", channel=channel, message=message)
    await asyncio.sleep(0.05)
    assert [one["fate"] for one in ben.seen("message")] == ["new", "changed", "gone"]


async def test_a_picture_is_shown_and_any_other_file_only_saved(open_tab: OpenTab, site: Site) -> None:
    ada = await open_tab("Ada")
    png = b"\x89PNG\r\n\x1a\n"
    async with aiohttp.ClientSession(site.address) as session:

        async def handed_in(name: str, data: bytes) -> str:
            path, headers = f"/uploads?name={name}", {"Origin": site.address}
            async with session.post(path, data=data, headers=headers) as answer:
                key: str = (await answer.json())["id"]
                return key

        files = [await handed_in("a.png", png), await handed_in("b.svg", b"<svg onload='alert(1)'/>")]
        files.append(await handed_in("../c.html", b"<script>alert(1)</script>"))
        await ada.ask("say", channel=ada.channel("questions"), text="", files=files)
        attachments = (await ada.messages("questions"))[0]["attachments"]
        assert all(one["url"].startswith("/attachments/") for one in attachments)
        served = []
        for one in attachments:
            async with session.get(one["url"]) as answer:
                served.append((answer.content_type, answer.headers["Content-Disposition"]))
                assert "sandbox" in answer.headers["Content-Security-Policy"]
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert served == [("image/png", "inline"), *[("application/octet-stream", "attachment")] * 2]


async def test_somebody_new_joins_and_all_see_them(open_tab: OpenTab, study: LocalGuild) -> None:
    ada, ben = await open_tab("Ada"), await open_tab("Ben")
    await ben.ask("join", name="Zoe", moderator=True)
    await asyncio.sleep(0.1)
    zoe = next(one for one in ada.seen("place")[-1]["people"] if one["name"] == "Zoe")
    assert zoe["moderator"]
    with pytest.raises(RefusedError):
        await ada.ask("join", name="zoe", moderator=False)


async def test_nobody_can_be_the_bot_or_the_owner(open_tab: OpenTab, study: LocalGuild) -> None:
    ada = await open_tab("Ada")
    for name in ("TutorBot", "Owner"):
        with pytest.raises(RefusedError):
            await ada.ask("be", person=ada.person(name))


async def test_whoever_types_is_shown_to_the_others(open_tab: OpenTab) -> None:
    ada, ben = await open_tab("Ada"), await open_tab("Ben")
    await ada.ask("types", channel=ada.channel("questions"))
    await asyncio.sleep(0.05)
    assert [one["person"] for one in ben.seen("typing")] == [ada.person("Ada")]
    assert ada.seen("typing") == []


async def test_long_channels_are_shown_page_by_page(open_tab: OpenTab, study: LocalGuild) -> None:
    ada = await open_tab("Ada")
    channel = ada.channel("lounge")
    for number in range(60):
        await ada.ask("say", channel=channel, text=str(number))
    first = await ada.ask("open", channel=channel)
    before = await ada.ask("open", channel=channel, before=first["messages"][0]["id"])
    assert (first["more"], before["more"]) == (True, False)
    shown = [one["content"] for one in before["messages"] + first["messages"]]
    assert shown == [str(number) for number in range(60)]


async def test_what_is_wrong_with_the_files_is_told_in_every_tab(open_tab: OpenTab, room: Room) -> None:
    ada = await open_tab("Ada")
    room.status.tell(problems=("entries/a.yaml:3: a citation is missing",))
    await asyncio.sleep(0.05)
    assert ada.seen("status")[-1]["problems"] == ["entries/a.yaml:3: a citation is missing"]
