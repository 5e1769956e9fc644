"""The check: a load of the files into the session's own layer, and what became of every row."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from etl.job import start
from etl.progress import Step
from pages.uploading.state import Upload, keep, upload, written_mapping
from ui.installation import shared_settings
from ui.page import no_data
from ui.private import leave, own_layer
from ui.upload.progress import progress
from ui.words import _, plain
from warehouse.private import begin_anew
from warehouse.versions import current_version

EVERYTHING = 1.0
"""Rejected rows do not stop a check: they are what it is for."""


def begin_check(given: Upload) -> None:
    """Load the files, and what was mended of them, into the session's own layer, which is emptied first."""
    leave()
    layer, shared = own_layer(), shared_settings().warehouse
    begin_anew(layer, shared, current_version(shared) if given.is_over else None)
    begin_load(given, layer.warehouse, purpose="check", reject_share=EVERYTHING)


def begin_publish(given: Upload) -> None:
    """Load the same into the warehouse that everybody sees, by its own rules: too many rejects stop it."""
    begin_load(given, shared_settings().warehouse, purpose="publish", reject_share=None)


def begin_load(given: Upload, warehouse: Path, *, purpose: str, reject_share: float | None) -> None:
    """Start the load as a process of its own, told by a mapping file what a person chose."""
    mapping = own_layer().folder / "mapping.toml"
    mapping.write_text(written_mapping(given.taken), encoding="utf-8")
    files = [*dict.fromkeys(table.path for table in given.taken), *given.corrected]
    job = start(files, warehouse, mapping, memory=shared_settings().upload_memory, reject_share=reject_share)
    keep(replace(given, job=job, outcome=None, purpose=purpose))


def wait_for_it(given: Upload) -> None:
    """Draw how far the load is; once it has ended, keep what came of it and draw the page anew."""
    job = given.job
    if job is None:
        return
    if job.is_running:
        progress(lambda: _told(job.step), lambda: job.is_running, job.cancel)
        return
    keep(replace(upload(), job=None, outcome=job.outcome()))
    st.rerun()


def tell_failure(given: Upload) -> bool:
    """Whether the load came to nothing, which is told in the load's own words."""
    outcome = given.outcome
    if outcome is None or outcome.report is not None:
        return False
    no_data(f"{plain(outcome.message)}\n\n{plain(outcome.hint)}" if outcome.message else _("The load was stopped."))
    return True


def _told(step: Step | None) -> tuple[str, str, float, int] | None:
    return None if step is None else (step.file, step.stage, step.share, step.rows)
