"""The course of each round; it is not known of those that were played before."""

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("rounds", sa.Column("course", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("rounds", "course")
