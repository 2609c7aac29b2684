"""Papers: what people wrote for a section in place of its draft."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261124papers"
down_revision = "20261124meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("paper", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_paper_section_round_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_paper_section_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_section")),
        sa.UniqueConstraint(
            "round_id", "paper", "section", name=op.f("uq_paper_section_round_id_paper_section")
        ),
    )


def downgrade() -> None:
    op.drop_table("paper_section")
