"""Rounds: their events, messages, results and cards."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("guild", sa.BigInteger, nullable=False),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created", sa.Float(53), nullable=False),
        sa.Column("ended", sa.Float(53)),
        sa.Column("host", sa.BigInteger, nullable=False),
        sa.Column("ending", sa.String(32), nullable=False, server_default=""),
    )
    running = sa.text("status = 'running'")
    op.create_index(
        "one_running_round_a_channel",
        "rounds",
        ["channel"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_index("rounds_of_a_guild", "rounds", ["guild", "ended"])
    op.create_table(
        "round_events",
        _of_a_round(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("event", sa.BigInteger),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("round", "event", name="an_event_once"),
    )
    op.create_table(
        "round_messages",
        _of_a_round(),
        sa.Column("effect", sa.String(64), primary_key=True),
        sa.Column("message", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "results",
        _of_a_round(),
        sa.Column("player", sa.BigInteger, primary_key=True),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("right", sa.Integer, nullable=False),
        sa.Column("team", sa.Integer),
        sa.Column("topic", sa.Text),
        sa.Column("at", sa.Float(53), nullable=False),
    )
    op.create_table(
        "round_cards",
        _of_a_round(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("void", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("right", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("round_cards", "results", "round_messages", "round_events", "rounds"):
        op.drop_table(name)


def _of_a_round() -> sa.Column[int]:
    return sa.Column("round", sa.Integer, sa.ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
