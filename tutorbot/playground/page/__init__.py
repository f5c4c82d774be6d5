"""The page that shows the local Discord in a browser, for one or more people at once."""

from tutorbot.playground.page.players import Crowd
from tutorbot.playground.page.room import Room
from tutorbot.playground.page.site import PORT, NoPortError, Site
from tutorbot.playground.page.status import BotStatus
from tutorbot.playground.page.study import open_study_server

__all__ = ["PORT", "BotStatus", "Crowd", "NoPortError", "Room", "Site", "open_study_server"]
