"""The tables, as SQLAlchemy describes them. A change here needs a migration beside it.

A column that holds a person's id says what is done when the person is to be forgotten (see ``Forgetting``); a test finds those that
do not. Ids that may be unknown and stand in a unique constraint are 0 then, since NULLs all differ.
"""

from enum import Enum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

RUNNING, FINISHED = "running", "finished"
"""The statuses of a round."""


class Forgetting(Enum):
    """What becomes of a row when the person in one of its columns is forgotten."""

    DELETED = "deleted"
    """The row is theirs alone."""
    NUMBERED = "numbered"
    """A negative number stands for them, so that totals and histories stay."""
    BLANKED = "blanked"
    """The row stays for the server's counts, with nothing of what they wrote."""


def _person(name: str, forgetting: Forgetting, **kind: Any) -> Column[int]:
    return Column(name, BigInteger, info={"forgetting": forgetting}, **{"nullable": False, **kind})


metadata = MetaData()

rounds = Table(
    "rounds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild", BigInteger, nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created", Float(53), nullable=False),
    Column("ended", Float(53)),
    _person("host", Forgetting.NUMBERED),
    Column("ending", String(32), nullable=False, server_default=""),
    Column("course", String(64), nullable=False, server_default=""),
    Index(
        "one_running_round_a_channel",
        "channel",
        unique=True,
        sqlite_where=text("status = 'running'"),
        postgresql_where=text("status = 'running'"),
    ),
    Index("rounds_of_a_guild", "guild", "ended"),
)

round_events = Table(
    "round_events",
    metadata,
    Column("round", Integer, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("event", BigInteger),
    Column("record", Text, nullable=False),
    UniqueConstraint("round", "event", name="an_event_once"),
)

round_messages = Table(
    "round_messages",
    metadata,
    Column("round", Integer, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("effect", String(64), primary_key=True),
    Column("message", BigInteger, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("round", Integer, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    _person("player", Forgetting.NUMBERED, primary_key=True),
    Column("points", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("right", Integer, nullable=False),
    Column("team", Integer),
    Column("topic", Text),
    Column("at", Float(53), nullable=False),
)

round_cards = Table(
    "round_cards",
    metadata,
    Column("round", Integer, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("card", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("void", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("right", Integer, nullable=False),
)

round_misses = Table(
    "round_misses",
    metadata,
    Column("round", Integer, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _person("player", Forgetting.DELETED, primary_key=True, autoincrement=False),
    Index("misses_of_a_player", "player"),
)
"""Cards of a round, by their number, that a player missed."""

guilds = Table(
    "guilds",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("settings", Text, nullable=False, server_default="{}"),
)

knowledge_versions = Table(
    "knowledge_versions",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("course", String(64), primary_key=True),
    Column("entry", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("action", String(16), nullable=False),
    Column("laid", Text, nullable=False),
    _person("who", Forgetting.NUMBERED),
    Column("at", Float(53), nullable=False),
    Column("why", Text, nullable=False),
)

knowledge_sources = Table(
    "knowledge_sources",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("course", String(64), primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("held", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    _person("who", Forgetting.NUMBERED),
    Column("at", Float(53), nullable=False),
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild", BigInteger, nullable=False),
    _person("who", Forgetting.NUMBERED),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Float(53), nullable=False),
    Index("audit_of_a_guild", "guild", "id"),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild", BigInteger),
    Column("channel", BigInteger),
    Column("message", BigInteger),
    _person("person", Forgetting.BLANKED, nullable=True),
    Column("course", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("entries", Text, nullable=False),
    Column("confidence", Float(53), nullable=False),
    Column("at", Float(53), nullable=False),
    Index("questions_of_a_guild", "guild", "at"),
    Index("questions_by_age", "at"),
    Index("questions_of_a_person", "person"),
)

question_groups = Table(
    "question_groups",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild", BigInteger, nullable=False),
    Column("course", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("entry", String(64)),
    _person("settled_by", Forgetting.NUMBERED, nullable=True),
    Column("settled_at", Float(53)),
    Column("card_channel", BigInteger),
    Column("card_message", BigInteger),
    Index("groups_of_a_guild", "guild", "status"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("group", Integer, ForeignKey("question_groups.id", ondelete="CASCADE"), nullable=False),
    Column("guild", BigInteger, nullable=False),
    Column("channel", BigInteger),
    Column("message", BigInteger),
    _person("person", Forgetting.DELETED),
    Column("verdict", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("wording", String(64), nullable=False),
    Column("entries", Text, nullable=False),
    Column("at", Float(53), nullable=False),
    Column("told", Float(53)),
    UniqueConstraint("guild", "person", "verdict", "digest", name="said_once"),
    Index("feedback_by_wording", "guild", "wording"),
    Index("feedback_of_a_group", "group"),
    Index("feedback_of_a_person", "person"),
    Index("feedback_by_age", "at"),
)
"""``digest`` is of the course and the question as it was written, ``wording`` of its letters and digits: texts are too long for an index."""

opted_out = Table("opted_out", metadata, _person("person", Forgetting.DELETED, primary_key=True, autoincrement=False))

reviews = Table(
    "reviews",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    _person("person", Forgetting.DELETED, primary_key=True, autoincrement=False),
    Column("card", String(255), primary_key=True),
    Column("entry", String(64), nullable=False),
    Column("state", Text, nullable=False),
    Column("due", Float(53), nullable=False),
    Index("reviews_by_due", "guild", "person", "due"),
    Index("reviews_of_a_person", "person"),
)

review_lines = Table(
    "review_lines",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guild", BigInteger, nullable=False),
    _person("person", Forgetting.DELETED),
    Column("card", String(255), nullable=False),
    Column("entry", String(64), nullable=False),
    Column("rating", Integer, nullable=False),
    Column("at", Float(53), nullable=False),
    Index("lines_of_a_person", "person", "guild", "at"),
)

leaving = Table("leaving", metadata, _person("person", Forgetting.DELETED, primary_key=True, autoincrement=False))
"""People who are to be forgotten when the rounds that they play end."""

forgotten = Table("forgotten", metadata, Column("id", Integer, primary_key=True, autoincrement=True))
"""One row for each number that stands for somebody; nothing is known of whom."""
