"""Putting the moderators' side together."""

from collections.abc import Awaitable, Callable

from tutorbot.bot.curation.desk import CurationDesk
from tutorbot.bot.curation.noticing import Noticed
from tutorbot.bot.curation.outlet import Outlet
from tutorbot.bot.curation.parts import Parts
from tutorbot.bot.curation.texts import CurationTexts
from tutorbot.bot.desks import Desks
from tutorbot.store.stores import Stores
from tutorbot.wording import Wording


def open_curation(
    desks: Desks,
    stores: Stores,
    asked: Noticed,
    wording: Wording,
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
) -> CurationDesk:
    """The moderators' side, to be closed at the end; ``asked`` is the log that ``desks`` keep questions in."""
    parts = Parts(
        desks.tutors,
        stores.knowledge,
        stores.guilds,
        stores.unanswered,
        stores.audit,
        stores.privacy,
        CurationTexts(wording),
        Outlet(),
        clock,
    )

    def label(part: str) -> str:
        return wording.render("exporting/label.txt", part=part)

    desk = CurationDesk(parts, desks, label, sleep)
    asked.watch(desk.cards.changed)
    return desk
