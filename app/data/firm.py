"""The firm's own rows: settings, tiers with their promises, and the cadence table."""

from dataclasses import asdict

from sqlalchemy import Connection, select

from app.data import schema
from app.data.recorder import Recorder
from app.data.rows import fetch, values_of
from app.domain.firm import Firm
from app.domain.service_levels import CadenceRule, TierLevel


def read(connection: Connection) -> Firm:
    """Read the firm; a book always has exactly one."""
    return fetch(connection, Firm, schema.firm)[0]


def holds_money(connection: Connection) -> bool:
    """Tell whether any fee or cost is in the book."""
    return any(connection.execute(select(table.c.id).limit(1)).first() for table in (schema.fee, schema.cost))


def update(recorder: Recorder, firm: Firm) -> None:
    """Write what differs of the firm's settings."""
    row_id = recorder.connection.execute(select(schema.firm.c.id)).scalar_one()
    recorder.update(schema.firm, row_id, asdict(firm))


def tiers(connection: Connection) -> list[TierLevel]:
    """Read the tiers, highest first."""
    return fetch(connection, TierLevel, schema.tier_level)


def update_tier(recorder: Recorder, level: TierLevel) -> None:
    """Write what differs of one tier."""
    recorder.update(schema.tier_level, level.id, values_of(level, schema.tier_level))


def cadence(connection: Connection) -> list[CadenceRule]:
    """Read the cadence table."""
    return fetch(connection, CadenceRule, schema.cadence_rule)


def update_cadence(recorder: Recorder, rule: CadenceRule) -> None:
    """Write what differs of one cell of the cadence table."""
    recorder.update(schema.cadence_rule, rule.id, values_of(rule, schema.cadence_rule))
