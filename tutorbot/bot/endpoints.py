"""Which Discord the bot talks to."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tutorbot.errors import SettingsError
from tutorbot.settings import Settings


def point_at(settings: Settings) -> None:
    """Point discord.py, for this process, at the Discord that the settings name, if they name one.

    Raises SettingsError unless both addresses are given and on this machine: the token is sent to them.
    """
    api, gateway = settings.discord_api, settings.discord_gateway
    if not api and not gateway:
        return
    if not api or not gateway:
        raise SettingsError("Set TUTORBOT_DISCORD_API and TUTORBOT_DISCORD_GATEWAY together, or neither.")
    _insist_on_this_machine("TUTORBOT_DISCORD_API", api, ("http", "https"))
    _insist_on_this_machine("TUTORBOT_DISCORD_GATEWAY", gateway, ("ws", "wss"))
    Route.BASE = api.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


def _insist_on_this_machine(name: str, address: str, schemes: tuple[str, ...]) -> None:
    try:
        parts = urlsplit(address)
        fits = parts.scheme in schemes and _is_loopback(parts.hostname or "")
    except ValueError:
        fits = False
    if not fits:
        example = f"{schemes[0]}://127.0.0.1:8080"
        raise SettingsError(f"{name} must be an address on this machine, like {example}: the token is sent there.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
