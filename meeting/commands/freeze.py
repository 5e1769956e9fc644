"""`python -m meeting freeze`: freeze a meeting's slides to the version that is current."""

from typing import Annotated

import typer

from meeting.commands.named import day_of
from meeting.commands.problems import ending_calmly
from meeting.freezing import freeze as freeze_meeting
from meeting.freezing import meeting_to_freeze
from warehouse.meetings import meeting_of
from warehouse.settings import load_settings


def freeze(
    day: Annotated[str, typer.Option("--date", metavar="D", help="Day of the meeting, YYYY-MM-DD.")] = "",
    meeting: Annotated[str, typer.Option(help="Which meeting, where several are held on a day.")] = "",
    title: Annotated[str, typer.Option(help="Title of a meeting that is made anew.")] = "",
) -> None:
    """Freeze every slide in both languages, with names, initials and codes, in place of what was frozen before.

    Where no meeting is held on the day, one is made with the default agenda. Each slide is told on a line of standard
    output. Exit code 0: frozen; 1: it could not be, and what was frozen before stands; 2: the command was misspelt.
    """
    with ending_calmly():
        settings = load_settings()
        found = meeting_of(settings, meeting) if meeting else meeting_to_freeze(settings, day_of(day), title)
        frozen = freeze_meeting(settings, found, told=_tell)
    typer.echo(f"Frozen: {frozen.meeting_id} to {frozen.frozen_version}")


def _tell(done: int, all_slides: int, what: str) -> None:
    typer.echo(f"{done}/{all_slides} {what}")
