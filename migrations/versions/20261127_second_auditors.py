"""An agency may have two auditors on one subject, each blind to the other."""

import sqlalchemy as sa
from alembic import op

revision = "20261127secondauditors"
down_revision = "20261127minutetaker"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="1"))
        batch_op.drop_constraint(batch_op.f("uq_assignment_subject_id_agency_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_assignment_subject_id_agency_id_place"),
            ["subject_id", "agency_id", "place"],
        )


def downgrade() -> None:
    # What a second auditor answered has no place in what was there before.
    second = "(SELECT id FROM assignment WHERE place > 1)"
    responses = f"(SELECT id FROM response WHERE assignment_id IN {second})"  # noqa: S608
    for table in (
        "nil_return", "query", "sent_version", "saved_page", "answer_change", "answer_text",
        "answer",
    ):  # fmt: skip
        op.execute(f"DELETE FROM {table} WHERE response_id IN {responses}")  # noqa: S608
    files = f"(SELECT id FROM attachment WHERE assignment_id IN {second})"  # noqa: S608
    op.execute(f"DELETE FROM attachment_content WHERE attachment_id IN {files}")  # noqa: S608
    op.execute(f"DELETE FROM attachment WHERE assignment_id IN {second}")  # noqa: S608
    op.execute(f"DELETE FROM response WHERE assignment_id IN {second}")  # noqa: S608
    op.execute(f"DELETE FROM conflict_of_interest WHERE assignment_id IN {second}")  # noqa: S608
    op.execute("DELETE FROM assignment WHERE place > 1")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_assignment_subject_id_agency_id_place"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_assignment_subject_id_agency_id"), ["subject_id", "agency_id"]
        )
        batch_op.drop_column("place")
