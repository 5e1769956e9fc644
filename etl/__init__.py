"""Extracts in, a new version of the warehouse out."""

from etl.owners import resolve_owners
from etl.schema import create_tables

__all__ = ["create_tables", "resolve_owners"]
