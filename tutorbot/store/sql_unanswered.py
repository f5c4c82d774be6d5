"""Questions asked in vain, in a database."""

import json
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tutorbot.knowledge.text import squeezed
from tutorbot.store.feedback import Feedback, Verdict
from tutorbot.store.tables import feedback as sayings
from tutorbot.store.tables import opted_out, question_groups
from tutorbot.store.transactions import reading, writing
from tutorbot.store.unanswered import Group, GroupStatus, Telling
from tutorbot.store.upserting import put

_said, _groups = sayings.c, question_groups.c
_OPEN = GroupStatus.OPEN.value
_TOLD = (GroupStatus.ANSWERED.value, GroupStatus.POINTED.value)


class SqlUnanswered:
    """An UnansweredStore in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, feedback: Feedback) -> bool:
        """See FeedbackLog."""
        row = _row(feedback)
        same = tuple(_said[name] == row[name] for name in ("guild", "person", "verdict", "digest"))
        try:
            async with writing(self._engine) as connection:
                if (await connection.execute(select(_said.id).where(*same))).first() is not None:
                    return False
                row["group"] = await _group_of(connection, feedback.course, row)
                await connection.execute(insert(sayings).values(row))
        except IntegrityError:  # said twice at the same instant
            return False
        return True

    async def all(self, guild: int | None) -> Sequence[Feedback]:
        """See FeedbackLog."""
        wanted = (
            select(sayings, _groups.course)
            .join(question_groups)
            .where(_said.guild == (guild or 0))
            .order_by(_said.at, _said.id)
        )
        async with reading(self._engine) as connection:
            return [_feedback(row) for row in (await connection.execute(wanted)).mappings()]

    async def open(self, guild: int, course: str | None = None) -> Sequence[Group]:
        """See UnansweredStore."""
        which = (_groups.guild == guild) & (_groups.status == _OPEN)
        if course is not None:
            which &= _groups.course == course
        async with reading(self._engine) as connection:
            found = await _found(connection, which)
        return sorted(found, key=lambda group: (-group.people, -group.last_at, group.id))

    async def group(self, guild: int, group: int) -> Group | None:
        """See UnansweredStore."""
        async with reading(self._engine) as connection:
            return next(iter(await _found(connection, (_groups.guild == guild) & (_groups.id == group))), None)

    async def merge(self, guild: int, into: int, others: Sequence[int]) -> None:
        """See UnansweredStore."""
        which = (_groups.guild == guild) & (_groups.status == _OPEN)
        async with writing(self._engine) as connection:
            # locked in the order of their numbers, so that two who merge do not wait for each other
            rows = (
                select(_groups.id, _groups.course).where(which & _groups.id.in_([into, *others])).order_by(_groups.id)
            )
            courses = {row.id: row.course for row in await connection.execute(rows.with_for_update())}
            moved = [one for one in courses if one != into and courses[one] == courses.get(into)]
            if moved:
                await connection.execute(update(sayings).where(_said.group.in_(moved)).values(group=into))
                await connection.execute(delete(question_groups).where(_groups.id.in_(moved)))

    async def settle(
        self, guild: int, group: int, status: GroupStatus, *, entry: str | None = None, who: int, at: float
    ) -> Group | None:
        """See UnansweredStore."""
        if (status.value in _TOLD) != (entry is not None):
            raise ValueError("a group is answered by an entry, or dismissed without one")
        own = (_groups.guild == guild) & (_groups.id == group)
        values = {"status": status.value, "entry": entry, "settled_by": who, "settled_at": at}
        async with writing(self._engine) as connection:
            done = await connection.execute(
                update(question_groups).where(own & (_groups.status == _OPEN)).values(values)
            )
            return (await _found(connection, own))[0] if done.rowcount else None

    async def keep_card(self, guild: int, group: int, channel: int, message: int) -> bool:
        """See UnansweredStore."""
        own = (_groups.guild == guild) & (_groups.id == group)
        async with writing(self._engine) as connection:
            values = {"card_channel": channel, "card_message": message}
            done = await connection.execute(update(question_groups).where(own).values(values))
        return done.rowcount > 0

    async def to_tell(self, guild: int) -> Sequence[Telling]:
        """See UnansweredStore."""
        first = (
            select(func.min(_said.id))
            .join(question_groups)
            .where((_groups.guild == guild) & _groups.status.in_(_TOLD))
            .where((_said.person != 0) & _said.told.is_(None) & _said.channel.is_not(None))
            .where(_said.person.not_in(select(opted_out.c.person)))
            .group_by(_said.group, _said.person)
        )
        wanted = select(sayings, _groups.course, _groups.entry).join(question_groups).where(_said.id.in_(first))
        async with reading(self._engine) as connection:
            rows = (await connection.execute(wanted.order_by(_said.id))).mappings().all()
        return [
            Telling(
                id=row["id"],
                group=row["group"],
                guild=row["guild"],
                course=row["course"],
                person=row["person"],
                channel=row["channel"],
                message=row["message"],
                question=row["question"],
                entry=row[_groups.entry],
            )
            for row in rows
        ]

    async def tell(self, telling: int, at: float) -> bool:
        """See UnansweredStore."""
        async with writing(self._engine) as connection:
            row = (await connection.execute(select(_said.group, _said.person).where(_said.id == telling))).first()
            if row is None:
                return False
            theirs = (_said.group == row.group) & (_said.person == row.person) & _said.told.is_(None)
            return (await connection.execute(update(sayings).where(theirs).values(told=at))).rowcount > 0

    async def opt_out(self, person: int, out: bool) -> None:
        """See UnansweredStore. What was answered meanwhile is not told later."""
        async with writing(self._engine) as connection:
            if out:
                await put(connection, opted_out, {"person": person})
                return
            gone = await connection.execute(delete(opted_out).where(opted_out.c.person == person))
            if gone.rowcount:
                settled = select(_groups.id).where(_groups.status != _OPEN)
                missed = (_said.person == person) & _said.told.is_(None) & _said.group.in_(settled)
                await connection.execute(update(sayings).where(missed).values(told=0.0))

    async def opted_out(self, person: int) -> bool:
        """See UnansweredStore."""
        async with reading(self._engine) as connection:
            wanted = select(opted_out.c.person).where(opted_out.c.person == person)
            return (await connection.execute(wanted)).first() is not None


async def drop_empty_groups(connection: AsyncConnection) -> None:
    """Delete the groups that have no question any more."""
    await connection.execute(delete(question_groups).where(_groups.id.not_in(select(_said.group))))


async def _group_of(connection: AsyncConnection, course: str, row: dict[str, object]) -> int:
    """The open group that has the question word for word, or a new one."""
    known = (
        select(_groups.id)
        .join(sayings)
        .where((_groups.status == _OPEN) & (_groups.course == course))
        .where((_said.guild == row["guild"]) & (_said.wording == row["wording"]))
        .order_by(_groups.id)
    )
    held: int | None = await connection.scalar(known.limit(1))
    if held is not None:
        return held
    values = {"guild": row["guild"], "course": course, "status": _OPEN}
    made = (await connection.execute(insert(question_groups).values(values))).inserted_primary_key
    assert made is not None
    number: int = made[0]
    return number


async def _found(connection: AsyncConnection, which: ColumnElement[bool]) -> list[Group]:
    groups = (await connection.execute(select(question_groups).where(which))).mappings().all()
    said: dict[int, list[RowMapping]] = {row["id"]: [] for row in groups}
    rows = select(sayings).join(question_groups).where(which).order_by(_said.at, _said.id)
    for row in (await connection.execute(rows)).mappings():
        said[row["group"]].append(row)
    return [_group(row, said[row["id"]]) for row in groups if said[row["id"]]]


def _group(row: RowMapping, said: Sequence[RowMapping]) -> Group:
    wordings = tuple(dict.fromkeys(one["question"] for one in said))
    return Group(
        id=row["id"],
        guild=row["guild"],
        course=row["course"],
        question=wordings[0],
        questions=wordings,
        times=len(said),
        people=len({one["person"] for one in said}),
        first_at=said[0]["at"],
        last_at=said[-1]["at"],
        status=GroupStatus(row["status"]),
        entry=row["entry"],
        settled_by=row["settled_by"],
        settled_at=row["settled_at"],
        card=(row["card_channel"], row["card_message"]) if row["card_message"] else None,
    )


def _row(said: Feedback) -> dict[str, object]:
    return {
        "guild": said.guild or 0,
        "channel": said.channel,
        "message": said.message,
        "person": said.person or 0,
        "verdict": said.verdict.value,
        "question": said.question,
        "digest": _digest(f"{said.course}\n{said.question}"),
        "wording": _digest(squeezed(said.question) or said.question),
        "entries": json.dumps(said.entries),
        "at": said.at,
    }


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _feedback(row: RowMapping) -> Feedback:
    return Feedback(
        Verdict(row["verdict"]),
        row["question"],
        tuple(json.loads(row["entries"])),
        row["at"],
        guild=row["guild"] or None,
        channel=row["channel"],
        person=row["person"] or None,
        course=row["course"],
        message=row["message"],
    )
