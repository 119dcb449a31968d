"""The tables of a book, revision 2; private to app.data.

AUTOINCREMENT, so that ids never return; no ON DELETE CASCADE and no triggers, for the recorder would not see them.
Text is stored as '' rather than NULL, so that equal rows compare equal.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from app.data.columns import ExactNumber, Word
from app.domain.vocabulary import (
    Began,
    Channel,
    CostKind,
    Direction,
    EngagementKind,
    FeedbackKind,
    FeeKind,
    Influence,
    PromiseBy,
    Purpose,
    RankingWindow,
    Sentiment,
    Stage,
    StartRule,
    Tier,
)

APPLICATION_ID = 0x52415050  # "RAPP"
VERSION = 2

metadata = MetaData()

_Type = type[TypeEngine[Any]] | TypeEngine[Any]


def _table(name: str, *columns: Column[Any] | Index) -> Table:
    return Table(name, metadata, Column("id", Integer, primary_key=True), *columns, sqlite_autoincrement=True)


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False, server_default="")


def _must(name: str, kind: _Type) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _may(name: str, kind: _Type) -> Column[Any]:
    return Column(name, kind)


def _link(name: str, target: str, *, must: bool = False, belongs: bool = False) -> Column[Any]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=not must, info={"belongs": belongs})


firm = _table(
    "firm",
    _must("name", Text),
    _must("currency", Text),
    _must("year_starts", Integer),
    _may("hourly_cost", Integer),
    _must("discount_basis_points", Integer),
    _must("start_rule", Word(StartRule)),
    _must("ranking_window", Word(RankingWindow)),
    _must("years_cap", Integer),
    _must("horizon_months", Integer),
)
colleague = _table("colleague", _must("name", Text), _text("initials"), _text("email"), _must("active", Boolean))
hourly_cost = _table(
    "hourly_cost",
    _link("colleague_id", "colleague", must=True),
    _must("since", Date),
    _must("amount", Integer),
    Index("hourly_cost_colleague", "colleague_id"),
)
tier_level = _table(
    "tier_level",
    _must("tier", Word(Tier)),
    _must("name", Text),
    _may("share_until", Integer),
    _may("contact_days", Integer),
    _may("reply_days", Integer),
    _may("reviews_a_year", Integer),
)
cadence_rule = _table("cadence_rule", _must("stage", Word(Stage)), _must("column", Text), _may("days", Integer))
client = _table(
    "client",
    _must("name", Text),
    _text("code"),
    _link("owner_id", "colleague"),
    _may("tier", Word(Tier)),
    _text("tier_reason"),
    _may("tier_since", Date),
    _may("first_contact", Date),
    _may("won", Date),
    _may("last_contact", Date),
    _text("sector"),
    _text("source"),
    _text("currency"),
    _may("cadence_days", Integer),
    _may("preferred_cadence_days", Integer),
    _text("preferred_channel"),
    _must("do_not_contact", Boolean),
    _may("snoozed_until", Date),
    _text("snooze_reason"),
    _text("notes"),
    Index("client_owner", "owner_id"),
)
client_tag = _table(
    "client_tag", _link("client_id", "client", must=True), _must("tag", Text), Index("client_tag_client", "client_id")
)
client_alias = _table(
    "client_alias",
    _link("client_id", "client", must=True),
    _must("name", Text),
    Index("client_alias_client", "client_id"),
)
stage = _table(
    "stage",
    _link("client_id", "client", must=True),
    _must("stage", Word(Stage)),
    _must("since", Date),
    _text("reason"),
    Index("stage_client", "client_id"),
)
person = _table(
    "person",
    _link("client_id", "client", must=True),
    _must("name", Text),
    _text("role"),
    _text("level"),
    _must("influence", Word(Influence)),
    _must("sentiment", Word(Sentiment)),
    _text("email"),
    _text("phone"),
    _text("channel"),
    _text("drivers"),
    _may("left_on", Date),
    _text("notes"),
    Index("person_client", "client_id"),
)
plan = _table(
    "plan",
    _link("client_id", "client", must=True),
    _must("title", Text),
    _must("starts", Date),
    _must("ends", Date),
    _text("goals"),
    _text("risks"),
    _text("opportunities"),
    _may("expected_fee", Integer),
    _may("reviewed_on", Date),
    Index("plan_client", "client_id"),
)
objective = _table(
    "objective",
    _link("plan_id", "plan", must=True),
    _must("title", Text),
    _text("measure"),
    _text("baseline"),
    _text("target"),
    Index("objective_plan", "plan_id"),
)
action = _table(
    "action",
    _link("plan_id", "plan", must=True),
    _must("title", Text),
    _link("objective_id", "objective"),
    _link("owner_id", "colleague"),
    _may("due", Date),
    _may("minutes", Integer),
    _may("cost", Integer),
    _may("done_on", Date),
    Index("action_plan", "plan_id"),
    Index("action_objective", "objective_id"),
    Index("action_owner", "owner_id"),
)
engagement = _table(
    "engagement",
    _link("client_id", "client", must=True),
    _must("name", Text),
    _must("kind", Word(EngagementKind)),
    _may("starts", Date),
    _may("ends", Date),
    _may("billed_every_months", Integer),
    _may("fee", Integer),
    Index("engagement_client", "client_id"),
)
fee = _table(
    "fee",
    _link("client_id", "client", must=True),
    _must("on", Date),
    _must("original", Integer),
    _must("currency", Text),
    _may("amount", Integer),
    _may("rate", ExactNumber),
    _text("document"),
    _must("kind", Word(FeeKind)),
    _link("linked_fee_id", "fee"),
    _link("engagement_id", "engagement"),
    _text("service"),
    _must("disbursement", Boolean),
    _may("delivery_cost", Integer),
    # Every figure of P1 to P9 is one read through this index, without touching a row.
    Index(
        "fee_figures", "client_id", "on", "amount", "disbursement", "linked_fee_id", "delivery_cost", "engagement_id"
    ),
    Index("fee_linked", "linked_fee_id"),
    Index("fee_engagement", "engagement_id"),
)
cost = _table(
    "cost",
    _must("on", Date),
    _must("amount", Integer),
    _must("kind", Word(CostKind)),
    # Without a client it is the firm's general spend; with one it goes where the client goes.
    _link("client_id", "client", belongs=True),
    _link("engagement_id", "engagement"),
    _text("note"),
    Index("cost_client", "client_id", "on"),
    Index("cost_engagement", "engagement_id"),
)
contact = _table(
    "contact",
    _link("client_id", "client", must=True),
    _must("on", Date),
    _must("direction", Word(Direction)),
    _must("channel", Word(Channel)),
    _text("at"),
    _may("began", Word(Began)),
    _may("purpose", Word(Purpose)),
    _may("minutes", Integer),
    _text("summary"),
    _text("note"),
    _must("counts", Boolean),
    _must("planned", Boolean),
    Index("contact_figures", "client_id", "on", "direction", "purpose", "minutes", "counts", "planned"),
)
contact_person = _table(
    "contact_person",
    _link("contact_id", "contact", must=True),
    _link("person_id", "person", must=True),
    Index("contact_person_contact", "contact_id"),
    Index("contact_person_person", "person_id"),
)
contact_colleague = _table(
    "contact_colleague",
    _link("contact_id", "contact", must=True),
    _link("colleague_id", "colleague", must=True),
    Index("contact_colleague_contact", "contact_id"),
    Index("contact_colleague_colleague", "colleague_id"),
)
promise = _table(
    "promise",
    _link("client_id", "client", must=True),
    _must("what", Text),
    _must("by", Word(PromiseBy)),
    _may("due", Date),
    _link("contact_id", "contact"),
    _link("person_id", "person"),
    _link("colleague_id", "colleague"),
    _may("kept_on", Date),
    _may("broken_on", Date),
    Index("promise_client", "client_id"),
    Index("promise_contact", "contact_id"),
    Index("promise_person", "person_id"),
    Index("promise_colleague", "colleague_id"),
)
feedback = _table(
    "feedback",
    _link("client_id", "client", must=True),
    _must("on", Date),
    _must("verbatim", Text),
    _link("person_id", "person"),
    _must("kind", Word(FeedbackKind)),
    _must("channel", Word(Channel)),
    _may("work_score", Integer),
    _may("service_score", Integer),
    _may("nps", Integer),
    _link("owner_id", "colleague"),
    _may("owned_on", Date),
    _text("action"),
    _may("acted_on", Date),
    _may("told_on", Date),
    _link("told_contact_id", "contact"),
    Index("feedback_client", "client_id"),
    Index("feedback_person", "person_id"),
    Index("feedback_owner", "owner_id"),
    Index("feedback_contact", "told_contact_id"),
)

# What follows is the recorder's own and the book's; it is never recorded itself.
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
# Alembic's; the header's user_version says the same and is what decides.
revision = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
change_set = _table(
    "change_set",
    _must("at", Text),
    _must("who", Text),
    _must("what", Text),
    # done, undone, or dropped (undone, then something else was done: it can no longer be redone)
    _must("state", Text),
)
change = _table(
    "change",
    _link("change_set_id", "change_set", must=True),
    _must("table", Text),
    _must("operation", Text),
    _must("first_id", Integer),
    _must("last_id", Integer),
    _must("row_count", Integer),
    _must("checksum", Integer),
    _may("rows", LargeBinary),
    Index("change_change_set", "change_set_id"),
)

OWN = frozenset({"meta", "alembic_version", "change_set", "change"})
DATA = tuple(table for table in metadata.sorted_tables if table.name not in OWN)
