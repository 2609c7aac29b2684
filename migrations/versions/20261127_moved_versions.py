"""An open round may move to a newer version of its tool, and keeps what is no longer asked."""

import sqlalchemy as sa
from alembic import op

revision = "20261127movedversions"
down_revision = "20261127sharedsections"
branch_labels = None
depends_on = None

_AS_WRITTEN = sa.text("earlier_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("tool_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("earlier_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_tool_version_earlier_id"), "tool_version", ["earlier_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("uq_tool_version_slug_version"), type_="unique")
    op.create_index(
        "uq_tool_version_as_written", "tool_version", ["slug", "version"], unique=True,
        sqlite_where=_AS_WRITTEN, postgresql_where=_AS_WRITTEN,
    )  # fmt: skip
    op.create_index(
        "uq_tool_version_moved", "tool_version", ["slug", "version", "earlier_id"], unique=True
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tool_version_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_response_tool_version_id"), "tool_version", ["tool_version_id"], ["id"]
        )


def downgrade() -> None:
    # A round that moved stays on the version it moved to; what it no longer asks has no page then.
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_response_tool_version_id"), type_="foreignkey")
        batch_op.drop_column("tool_version_id")
    op.execute(
        "UPDATE round SET tool_version_id = (SELECT plain.id FROM tool_version AS moved "
        "JOIN tool_version AS plain ON plain.slug = moved.slug AND plain.version = moved.version "
        "AND plain.earlier_id IS NULL WHERE moved.id = round.tool_version_id)"
    )
    op.drop_index("uq_tool_version_moved", table_name="tool_version")
    op.drop_index("uq_tool_version_as_written", table_name="tool_version")
    op.execute(
        "UPDATE tool_version SET earlier_id = NULL, version = -id WHERE earlier_id IS NOT NULL"
    )
    op.execute("DELETE FROM tool_version WHERE version < 0")
    with op.batch_alter_table("tool_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_tool_version_earlier_id"), type_="foreignkey")
        batch_op.drop_column("earlier_id")
        batch_op.create_unique_constraint(
            batch_op.f("uq_tool_version_slug_version"), ["slug", "version"]
        )
