"""A record as a draft: what a form changes, and what is given back to the services."""

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")


def draft_of(kind: type[D], record: D) -> D:
    """Give the fields of a record, which is a draft with an id, as that draft."""
    return kind(**{field.name: getattr(record, field.name) for field in fields(kind)})
