"""The panel's meetings: who was there, what was said, judgements, dissent and what was put off."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261124meetings"
down_revision = "20261124purging"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("began_at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("began_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", app.db.columns.Instant(timezone=True), nullable=True),
        sa.Column("others", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["began_by"], ["person.id"], name=op.f("fk_meeting_began_by")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_meeting_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_ref"), ["ref"], unique=True)
        batch_op.create_index(batch_op.f("ix_meeting_round_id"), ["round_id"], unique=False)

    op.create_table(
        "meeting_person",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_person_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_person_person_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_person")),
    )
    op.create_table(
        "dissent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_dissent_agency_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_dissent_question_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_dissent_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent")),
    )
    with op.batch_alter_table("dissent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dissent_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "judgement",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_judgement_person_id")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_judgement_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_judgement")),
    )
    op.create_table(
        "learning_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_learning_point_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_learning_point_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_learning_point_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_point")),
    )
    with op.batch_alter_table("learning_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_point_ref"), ["ref"], unique=True)
        batch_op.create_index(
            batch_op.f("ix_learning_point_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "meeting_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("dissent", sa.JSON(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_entry_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_entry_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_meeting_entry_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_meeting_entry_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_entry")),
    )
    with op.batch_alter_table("meeting_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_entry_meeting_id"), ["meeting_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meeting_entry_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "put_off",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_put_off_person_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_put_off_question_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_put_off_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", "question_id", name=op.f("pk_put_off")),
    )


def downgrade() -> None:
    op.drop_table("put_off")
    with op.batch_alter_table("meeting_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_entry_subject_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_entry_meeting_id"))

    op.drop_table("meeting_entry")
    with op.batch_alter_table("learning_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_point_subject_id"))
        batch_op.drop_index(batch_op.f("ix_learning_point_ref"))

    op.drop_table("learning_point")
    op.drop_table("judgement")
    with op.batch_alter_table("dissent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dissent_subject_id"))

    op.drop_table("dissent")
    op.drop_table("meeting_person")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_round_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_ref"))

    op.drop_table("meeting")
