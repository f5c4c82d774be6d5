"""Other websites do not reach the page."""

import json

import aiohttp
import pytest

from tutorbot.playground import LocalDiscord
from tutorbot.playground.page import Room, Site


async def _get(site: Site, path: str, **headers: str) -> aiohttp.ClientResponse:
    async with aiohttp.ClientSession() as session, session.get(site.address + path, headers=headers) as answer:
        await answer.read()
        return answer


async def test_the_page_is_served_to_whoever_opens_it(site: Site) -> None:
    answer = await _get(site, "/", **{"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"})
    assert answer.status == 200
    assert answer.content_type == "text/html"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:1", ""])
async def test_a_name_that_is_not_the_pages_own_is_refused(site: Site, host: str) -> None:
    assert (await _get(site, "/", Host=host)).status in (400, 403)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"])
async def test_a_foreign_origin_is_refused(site: Site, origin: str) -> None:
    assert (await _get(site, "/", Origin=origin.format(port=site.port))).status == 403


async def test_a_foreign_website_cannot_embed_a_part_of_the_page(site: Site) -> None:
    asked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    assert (await _get(site, "/built/icon.svg", **asked)).status == 403


async def test_a_link_from_another_website_opens_the_page(site: Site) -> None:
    asked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (await _get(site, "/", **asked)).status == 200


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
async def test_a_foreign_website_cannot_open_a_tab(site: Site, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{site.address}/tab", headers=headers)
    assert refused.value.status == 403


async def test_a_foreign_website_cannot_hand_in_a_file(site: Site) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{site.address}/uploads", data=b"x", headers={"Origin": "http://evil.example"}) as answer,
    ):
        assert answer.status == 403


@pytest.mark.parametrize("path", ["/", "/built/page.js", "/built/page.css"])
async def test_nothing_inline_and_nothing_from_elsewhere_may_run(site: Site, path: str) -> None:
    policy = dict(
        part.split(" ", 1) for part in (await _get(site, path)).headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    "path", ["/built/..%2fsite.py", "/built/site.py", "/built/%2e%2e/guard.py", "/site.py", "/web/"]
)
async def test_only_the_built_files_are_served(site: Site, path: str) -> None:
    assert (await _get(site, path)).status == 404


async def test_the_bots_side_is_closed_to_websites(site: Site, local_discord: LocalDiscord) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(local_discord.gateway_url, headers={"Origin": site.address})
        headers = {"Authorization": f"Bot {local_discord.token}", "Origin": site.address}
        async with session.get(f"{local_discord.api_url}/users/@me", headers=headers) as answer:
            assert answer.status == 403


async def test_a_taken_port_gives_way_to_the_next(site: Site, room: Room) -> None:
    async with Site(room, site.port) as second:
        assert second.port > site.port
        assert (await _get(second, "/")).status == 200


async def test_it_listens_on_this_machine_only(site: Site) -> None:
    assert site.address == f"http://127.0.0.1:{site.port}"
    assert site.listens == [("127.0.0.1", site.port)]


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "{}", '{"n": 1}', '{"n": 1, "do": "rule"}', '{"n": "1", "do": "restart"}',
     '{"n": 1, "do": "be", "person": "1 OR 1"}', '{"n": 1, "do": "say", "channel": "1", "text": "x", "more": 1}',
     json.dumps({"n": 1, "do": "say", "channel": "1", "text": "x" * 7000})],
)  # fmt: skip
async def test_what_is_no_wish_is_refused_and_the_tab_lives_on(site: Site, text: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{site.address}/tab", headers={"Origin": site.address}) as tab,
    ):
        await tab.send_str(text)
        told = [await tab.receive_json(timeout=2) for _ in range(3)]
        assert next(one for one in told if one["t"] == "answer")["refused"]
        assert not tab.closed
