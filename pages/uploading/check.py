"""The check: a load of the files into the session's own layer, and what became of every row."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from etl.job import start
from etl.mapping.written import mapping_text
from etl.progress import Step
from pages.uploading.state import Upload, keep, rules_of, upload
from ui.installation import shared_settings
from ui.page import no_data
from ui.private import leave, own_layer, unmark_own_files
from ui.told import in_words
from ui.upload.progress import progress
from ui.words import _
from warehouse.private import begin_anew
from warehouse.versions import current_version

EVERYTHING = 1.0
"""Rejected rows do not stop a check: they are what it is for."""


def begin_check(given: Upload) -> None:
    """Load the files into the session's own layer, which is emptied first."""
    leave()
    layer, shared = own_layer(), shared_settings().warehouse
    begin_anew(layer, shared, current_version(shared) if given.is_over else None)
    fresh = replace(given, mended=(), told=())
    _begin(fresh, _files(fresh), layer.warehouse, purpose="check", reject_share=EVERYTHING)


def load_mended(given: Upload) -> None:
    """Load the newest file of mended rows on top of what came in."""
    told = given.outcome.report["files"] if given.outcome and given.outcome.report else ()
    _begin(
        replace(given, told=(*given.told, *told)),
        [given.mended[-1].path],
        own_layer().warehouse,
        purpose="mend",
        reject_share=EVERYTHING,
    )


def begin_publish(given: Upload) -> None:
    """Load all of it into the warehouse that everybody sees.

    Where nothing was mended its own rule holds: too many rejects stop it. Of mended files the original's rejects were
    looked at one by one.
    """
    share = EVERYTHING if given.mended else None
    _begin(replace(given, told=()), _files(given), shared_settings().warehouse, purpose="publish", reject_share=share)


def _files(given: Upload) -> list[Path]:
    return [*dict.fromkeys(table.path for table in given.taken), *(each.path for each in given.mended)]


def _begin(given: Upload, files: Sequence[Path], warehouse: Path, *, purpose: str, reject_share: float | None) -> None:
    """Start the load as a process of its own, told by a mapping file what a person chose."""
    mapping = own_layer().folder / "mapping.toml"
    mapping.write_text(mapping_text(rules_of(given)), encoding="utf-8")
    settings = shared_settings()
    job = start(files, warehouse, mapping, memory=settings.upload_memory, reject_share=reject_share, settings=settings)
    keep(replace(given, job=job, outcome=None, purpose=purpose))


def wait_for_it(given: Upload) -> None:
    """Draw how far the load is; once it has ended, keep what came of it and draw the page anew."""
    job = given.job
    if job is None:
        return
    if job.is_running:
        progress(lambda: _told(job.step), lambda: job.is_running, job.cancel)
        return
    outcome = job.outcome()
    if given.purpose == "publish" and outcome.report is not None:
        unmark_own_files()
    keep(replace(upload(), job=None, outcome=outcome))
    st.rerun()


def tell_failure(given: Upload) -> bool:
    """Whether the load came to nothing, which is told in the load's own words."""
    outcome = given.outcome
    if outcome is None or outcome.report is not None:
        return False
    no_data(in_words(outcome.message, outcome.hint) if outcome.message else _("The load was stopped."))
    return True


def _told(step: Step | None) -> tuple[str, str, float, int] | None:
    return None if step is None else (step.file, step.stage, step.share, step.rows)
