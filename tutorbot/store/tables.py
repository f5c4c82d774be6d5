"""The tables, as SQLAlchemy describes them. A change here needs a migration beside it."""

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
    Column("host", BigInteger, nullable=False),
    Column("ending", String(32), nullable=False, server_default=""),
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
    Column("player", BigInteger, primary_key=True),
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
