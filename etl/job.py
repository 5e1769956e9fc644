"""A load in a process of its own: its memory is its own, it can be watched, and a cancel really stops it.

It is the very command that people type (python -m etl load), with its progress and its errors as JSON.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from etl.errors import FileProblem
from etl.progress import Step
from warehouse.settings import ROOT, SETTINGS_FILE_VARIABLE, Settings, in_bytes, load_settings
from warehouse.versions import Version, current_version

STEP_KEYS = {"file", "number", "files", "stage", "share", "rows"}
PATIENCE_SECONDS = 5.0
STOPPED = 130
KEPT_LINES = 40


@dataclass(frozen=True)
class Outcome:
    """How a load ended: its exit code (README), 130 where it was stopped; the report of one that went well.

    `message` and `hint` say for people what went wrong and what to do; `message` is empty where nothing did.
    """

    code: int
    report: Mapping[str, Any] | None = None
    message: str = ""
    hint: str = ""


def start(
    files: Sequence[Path],
    warehouse: Path,
    mapping: Path | None = None,
    *,
    memory: str = "1GB",
    reject_share: float | None = None,
    publish_as: str = "",
    settings: Settings | None = None,
) -> "Job":
    """Begin a load of the files into a warehouse's folder, within so much memory, and give it to be watched.

    `reject_share` 1 lets any number of rejects stand, to be shown; None is the setting's. `publish_as` is who the books
    say loaded it. Raises FileProblem where the files are larger than the setting upload_limit.
    """
    settings = settings or load_settings()
    require_small(files, settings)
    command = [sys.executable, "-m", "etl", "load", "--warehouse", str(warehouse.absolute())]
    command += ["--report", "json-in-full", "--progress", "json", "--most-rows", str(settings.upload_rows)]
    command += ["--mapping", str(mapping.absolute())] if mapping else []
    command += ["--reject-share", str(reject_share)] if reject_share is not None else []
    command += ["--loaded-by", publish_as] if publish_as else []
    return Job([*command, "--", *(str(file.absolute()) for file in files)], warehouse, _environment(memory))


def require_small(files: Sequence[Path], settings: Settings) -> None:
    """Raise FileProblem where files are together larger than the setting upload_limit."""
    size, most = sum(file.stat().st_size for file in files), in_bytes(settings.upload_limit)
    if size > most:
        raise FileProblem(
            f"{', '.join(file.name for file in files)}: {size / 1e6:,.1f} MB are more than the {most / 1e6:,.1f} MB"
            " that may be uploaded at a time.",
            "Bring it in parts, packed (.zip, .gz), or raise the setting upload_limit.",
        )


def _environment(memory: str) -> dict[str, str]:
    """Ours, with the settings in it, and what the load needs to find and to write its words."""
    environment = {**os.environ, "PINYU_MEMORY_LIMIT": memory, "PYTHONIOENCODING": "utf-8"}
    if os.environ.get(SETTINGS_FILE_VARIABLE):
        environment[SETTINGS_FILE_VARIABLE] = str(Path(os.environ[SETTINGS_FILE_VARIABLE]).absolute())
    return environment


@dataclass
class _Said:
    """What a load has said on standard error: its latest step, its error, and the last lines of anything else."""

    step: Step | None = None
    error: Mapping[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def hear(self, stream: IO[str]) -> None:
        """Listen to the end."""
        for line in stream:
            words = _parsed(line)
            if set(words) == STEP_KEYS:
                self.step = Step(**words)
            elif "message" in words:
                self.error = words
            else:
                self.lines = [*self.lines, line.rstrip()][-KEPT_LINES:]


class Job:
    """A load under way, in a process group of its own."""

    def __init__(self, command: Sequence[str], warehouse: Path, environment: Mapping[str, str]) -> None:
        self._warehouse = warehouse
        self._before = _version(warehouse)
        self._is_cancelled = False
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the load runs
        self._process = subprocess.Popen(  # noqa: S603 - our own command; files are given as whole paths behind --
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=self._printed,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._said = _Said()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._outcome: Outcome | None = None

    @property
    def step(self) -> Step | None:
        """How far it is, as it last said; None where it has said nothing yet."""
        return self._said.step

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def cancel(self, patience: float = PATIENCE_SECONDS) -> None:
        """Stop it, and wait until it has ended: as Ctrl-C does, then less and less politely."""
        for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            if not self.is_running:
                return
            self._is_cancelled = True
            self._send(number)
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                logging.getLogger(__name__).info("a load did not end on %s", number.name)
        self._process.wait()

    def outcome(self) -> Outcome:
        """How it ended; waits until it has."""
        if self._outcome is None:
            code = self._process.wait()
            self._listener.join()
            self._printed.seek(0)
            self._outcome = self._told(code, _parsed(self._printed.read().decode("utf-8", errors="replace")))
            self._printed.close()
        return self._outcome

    def _told(self, code: int, report: Mapping[str, Any]) -> Outcome:
        if code == 0 and report:
            return Outcome(0, report)
        if self._is_cancelled:
            now = _version(self._warehouse)
            is_untouched = (now and now.name) == (self._before and self._before.name)
            if is_untouched:
                return Outcome(STOPPED, None, "Stopped; nothing was published.")
            return Outcome(STOPPED, None, f"Stopped; {now.name if now else 'no version'} is current now.")
        if self._said.error:
            return Outcome(code, None, str(self._said.error["message"]), str(self._said.error.get("hint", "")))
        logging.getLogger(__name__).error("a load ended with %s: %s", code, "\n".join(self._said.lines))
        if code < 0:
            return Outcome(
                code,
                None,
                f"The system ended the load (signal {-code}), most likely for want of memory.",
                "Bring the file in parts.",
            )
        return Outcome(code, None, f"The load ended unexpectedly (exit code {code}).", "The app's log has the details.")

    def _listen(self) -> None:
        if self._process.stderr is not None:
            self._said.hear(self._process.stderr)
            self._process.stderr.close()

    def _send(self, number: signal.Signals) -> None:
        try:
            if os.name == "nt":
                self._process.terminate()
            else:
                os.killpg(self._process.pid, number)
        except ProcessLookupError:
            # It ended by itself in between.
            return


def _version(warehouse: Path) -> Version | None:
    return current_version(warehouse) if warehouse.is_dir() else None


def _parsed(text: str) -> dict[str, Any]:
    """The object that a text is in JSON; nothing where it is none."""
    try:
        words = json.loads(text)
    except ValueError:
        return {}
    return words if isinstance(words, dict) else {}
