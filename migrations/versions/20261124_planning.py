"""Planning a round: judgement rule, priorities, retention, data-protection notes, contacts."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "20261124planning"
down_revision = "20261124impact"
branch_labels = None
depends_on = None

_WORDS = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        for name, kind, empty in (
            ("judgement_rule", _WORDS(length=24), ""),
            ("judgement_words", _WORDS(), ""),
            ("priorities", sa.JSON(), "[]"),
            ("retention", sa.JSON(), "{}"),
            ("dpia", _WORDS(length=200), ""),
            ("lawful_basis", _WORDS(), ""),
        ):
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=empty))
    with op.batch_alter_table("round_agency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_round_agency_contact_id"), "person", ["contact_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("round_agency", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_round_agency_contact_id"), type_="foreignkey")
        batch_op.drop_column("contact_id")
    with op.batch_alter_table("round", schema=None) as batch_op:
        for name in (
            "lawful_basis",
            "dpia",
            "retention",
            "priorities",
            "judgement_words",
            "judgement_rule",
        ):
            batch_op.drop_column(name)
