"""Freezing in a process of its own, which can be watched: the very command that people type."""

import logging
import re
import subprocess
import sys
import threading

from warehouse.settings import ROOT

_STEP = re.compile(r"^(\d+)/(\d+) ")
_ERROR = "Error: "
_log = logging.getLogger("pinyu")


class FreezeJob:
    """The freezing of a meeting, under way from the moment it is made."""

    def __init__(self, meeting_id: str) -> None:
        self.meeting_id = meeting_id
        self._share = 0.0
        self._said: list[str] = []
        self._process = subprocess.Popen(  # noqa: S603 - our own command; the id is one argument
            [sys.executable, "-m", "meeting", "freeze", f"--meeting={meeting_id}"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self._share

    def problem(self) -> tuple[str, str] | None:
        """Waits for the end; then what went wrong and what to do, both empty where only the log knows; None if well."""
        code = self._process.wait()
        self._listener.join()
        if code == 0:
            return None
        place = next((place for place, line in enumerate(self._said) if line.startswith(_ERROR)), None)
        if place is None:
            _log.log(logging.ERROR, "freezing ended with %s: %s", code, "\n".join(self._said))
            return "", ""
        return self._said[place].removeprefix(_ERROR), " ".join(self._said[place + 1 :])

    def _listen(self) -> None:
        if self._process.stdout is None:
            return
        with self._process.stdout as lines:
            for line in lines:
                step = _STEP.match(line)
                if step:
                    self._share = int(step[1]) / max(int(step[2]), 1)
                else:
                    self._said.append(line.rstrip())
