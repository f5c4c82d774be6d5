"""Knowledge and settings of servers, questions, feedback, reviews; cards that players missed."""

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    """Make the tables."""
    _of_rounds()
    _of_servers()
    _of_questions()
    _of_reviews()
    op.create_table("leaving", sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False))
    op.create_table("forgotten", sa.Column("id", sa.Integer, primary_key=True, autoincrement=True))


def downgrade() -> None:
    """Take the tables away."""
    for name in (
        "forgotten",
        "leaving",
        "review_lines",
        "reviews",
        "opted_out",
        "feedback",
        "question_groups",
        "questions",
        "audit_events",
        "knowledge_sources",
        "knowledge_versions",
        "guilds",
        "round_misses",
    ):
        op.drop_table(name)


def _of_rounds() -> None:
    op.create_table(
        "round_misses",
        sa.Column("round", sa.Integer, sa.ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("player", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.create_index("misses_of_a_player", "round_misses", ["player"])


def _of_servers() -> None:
    op.create_table(
        "guilds",
        _guild_key(),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("settings", sa.Text, nullable=False, server_default="{}"),
    )
    op.create_table(
        "knowledge_versions",
        _guild_key(),
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("entry", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("laid", sa.Text, nullable=False),
        sa.Column("who", sa.BigInteger, nullable=False),
        _at(),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_table(
        "knowledge_sources",
        _guild_key(),
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("held", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("who", sa.BigInteger, nullable=False),
        _at(),
    )
    op.create_table(
        "audit_events",
        _id(),
        sa.Column("guild", sa.BigInteger, nullable=False),
        sa.Column("who", sa.BigInteger, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        _at(),
    )
    op.create_index("audit_of_a_guild", "audit_events", ["guild", "id"])


def _of_questions() -> None:
    op.create_table(
        "questions",
        _id(),
        sa.Column("guild", sa.BigInteger),
        sa.Column("channel", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("person", sa.BigInteger),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("entries", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float(53), nullable=False),
        _at(),
    )
    op.create_index("questions_of_a_guild", "questions", ["guild", "at"])
    op.create_index("questions_by_age", "questions", ["at"])
    op.create_index("questions_of_a_person", "questions", ["person"])
    op.create_table(
        "question_groups",
        _id(),
        sa.Column("guild", sa.BigInteger, nullable=False),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(64)),
        sa.Column("settled_by", sa.BigInteger),
        sa.Column("settled_at", sa.Float(53)),
        sa.Column("card_channel", sa.BigInteger),
        sa.Column("card_message", sa.BigInteger),
    )
    op.create_index("groups_of_a_guild", "question_groups", ["guild", "status"])
    op.create_table(
        "feedback",
        _id(),
        sa.Column("group", sa.Integer, sa.ForeignKey("question_groups.id", ondelete="CASCADE"), nullable=False),
        sa.Column("guild", sa.BigInteger, nullable=False),
        sa.Column("channel", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("wording", sa.String(64), nullable=False),
        sa.Column("entries", sa.Text, nullable=False),
        _at(),
        sa.Column("told", sa.Float(53)),
        sa.UniqueConstraint("guild", "person", "verdict", "digest", name="said_once"),
    )
    op.create_index("feedback_by_wording", "feedback", ["guild", "wording"])
    op.create_index("feedback_of_a_group", "feedback", ["group"])
    op.create_index("feedback_of_a_person", "feedback", ["person"])
    op.create_index("feedback_by_age", "feedback", ["at"])
    op.create_table("opted_out", sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False))


def _of_reviews() -> None:
    op.create_table(
        "reviews",
        _guild_key(),
        sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("card", sa.String(255), primary_key=True),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due", sa.Float(53), nullable=False),
    )
    op.create_index("reviews_by_due", "reviews", ["guild", "person", "due"])
    op.create_index("reviews_of_a_person", "reviews", ["person"])
    op.create_table(
        "review_lines",
        _id(),
        sa.Column("guild", sa.BigInteger, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("card", sa.String(255), nullable=False),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        _at(),
    )
    op.create_index("lines_of_a_person", "review_lines", ["person", "guild", "at"])


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _guild_key() -> sa.Column[int]:
    return sa.Column("guild", sa.BigInteger, primary_key=True, autoincrement=False)


def _at() -> sa.Column[float]:
    return sa.Column("at", sa.Float(53), nullable=False)
