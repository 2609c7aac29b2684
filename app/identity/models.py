"""Partnerships, agencies, people, memberships, subgroups and sign-ins as stored."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import Instant, reference_column


class Partnership(SQLModel, table=True):
    """A safeguarding children partnership: the tenant."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    danger_advice: str = Field(max_length=500)
    """What to do at once if a child may be in danger now, in the partnership's own words."""


class Agency(SQLModel, table=True):
    """An organisation that audits its own files. It may belong to several partnerships."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    name: str = Field(max_length=120)
    kind: str = Field(max_length=40)
    """An `app.tools.AgencyKind`: which questions apply to it."""


class PartnershipAgency(SQLModel, table=True):
    """An agency's place in one partnership."""

    __tablename__ = "partnership_agency"

    partnership_id: int = Field(foreign_key="partnership.id", primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", primary_key=True)


class Person(SQLModel, table=True):
    """Somebody who signs in. One person, one e-mail address, whatever they are a member of."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    email: str = Field(max_length=254, unique=True)
    """Lower case: it is typed on phones."""
    name: str = Field(max_length=120)
    password_hash: str | None = Field(default=None, max_length=255)
    left_at: datetime | None = Field(default=None, sa_type=Instant)
    """When they left: from then on they cannot sign in, and open sessions are refused."""


class Membership(SQLModel, table=True):
    """A role that a person holds in a partnership, for an agency or for none."""

    __table_args__ = (UniqueConstraint("person_id", "partnership_id", "agency_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    person_id: int = Field(foreign_key="person.id", index=True)
    partnership_id: int = Field(foreign_key="partnership.id", index=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    role: str = Field(max_length=24)
    """An `app.access.Role`."""


class Subgroup(SQLModel, table=True):
    """A standing group of the partnership that receives findings and oversees actions."""

    __table_args__ = (UniqueConstraint("partnership_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = reference_column()
    partnership_id: int = Field(foreign_key="partnership.id", index=True)
    name: str = Field(max_length=120)


class SubgroupPerson(SQLModel, table=True):
    """A person's seat on a subgroup."""

    __tablename__ = "subgroup_person"

    subgroup_id: int = Field(foreign_key="subgroup.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class SignIn(SQLModel, table=True):
    """A signed-in browser. Only the digest of its cookie is kept."""

    __tablename__ = "sign_in"

    digest: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    started_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    confirmed_at: datetime = Field(sa_type=Instant)
    """When the password was last typed: what is final asks for it again after a while."""


class Link(SQLModel, table=True):
    """A single-use address by which a person sets a password: an invitation or a reset."""

    digest: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    partnership_id: int = Field(foreign_key="partnership.id", index=True)
    """Where it was made: a role given elsewhere withdraws it."""
    purpose: str = Field(max_length=12)
    """An `identity.links.Purpose`: invitation or reset."""
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class CalendarLink(SQLModel, table=True):
    """An address at which a calendar reads one person's dates in one partnership."""

    __tablename__ = "calendar_link"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    partnership_id: int = Field(foreign_key="partnership.id", primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    """Of its code, which is shown once and stored nowhere."""
    made_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    """When a calendar last read it."""


class Attempt(SQLModel, table=True):
    """A try at signing in that has not succeeded, counted against an account or an address.

    So are a calendar's readings, against its link, and tries of links that there are not.
    """

    id: int | None = Field(default=None, primary_key=True)
    against: str = Field(max_length=64, index=True)
    """A digest of the account, network address or link: none of them is kept in the clear."""
    at: datetime = Field(sa_type=Instant)
