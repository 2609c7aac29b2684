"""Whoever has left a partnership is on no round of it: nobody has one back when they come back."""

from alembic import op

revision = "20261128leavers"
down_revision = "20261127movedversions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "DELETE FROM round_person WHERE NOT EXISTS (SELECT 1 FROM membership JOIN round "
        "ON round.partnership_id = membership.partnership_id "
        "WHERE round.id = round_person.round_id AND membership.person_id = round_person.person_id)"
    )


def downgrade() -> None:
    """Nothing: who left before is not known any more, but to the trail."""
