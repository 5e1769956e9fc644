"""Extracts in, a new version of the warehouse out."""

from etl.load import load, publish_empty
from etl.report import FileReport, Report
from etl.tables.owners import resolve_owners
from etl.tables.schema import create_tables

__all__ = ["FileReport", "Report", "create_tables", "load", "publish_empty", "resolve_owners"]
