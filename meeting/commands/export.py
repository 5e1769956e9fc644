"""`python -m meeting export`: a frozen meeting as a file, without a screen."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from meeting.commands.choices import Language, Names
from meeting.commands.named import meeting_named
from meeting.commands.problems import ending_calmly
from meeting.decks import read_deck
from meeting.exports import EXPORTS
from warehouse.meetings import MeetingProblem
from warehouse.settings import load_settings


class Format(StrEnum):
    """What is written."""

    pptx = "pptx"
    xlsx = "xlsx"
    html = "html"


def export(
    day: Annotated[str, typer.Option("--date", metavar="D", help="Day of the meeting, YYYY-MM-DD.")] = "",
    meeting: Annotated[str, typer.Option(help="Which meeting, where several are held on a day.")] = "",
    kind: Annotated[Format, typer.Option("--format", help="What is written.")] = Format.pptx,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it.")] = None,
    language: Annotated[Language, typer.Option(help="Language of the file.")] = Language.zh,
    names: Annotated[Names, typer.Option(help="How people are called.")] = Names.names,
) -> None:
    """Write a frozen meeting as a presentation, a workbook or a page that opens offline.

    The file has its name only when it is whole. Exit code 0: written; 1: it could not be, and nothing was replaced;
    2: the command was misspelt.
    """
    with ending_calmly():
        settings = load_settings()
        found = meeting_named(settings, meeting, day)
        deck = read_deck(settings, found.meeting_id, language=language, names=names)
        path = out or Path(f"pinyu-{found.meeting_id}-{deck.version}.{kind}")
        write_whole(path, EXPORTS[kind](deck))
    typer.echo(f"Written: {path}")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all; MeetingProblem where the folder does not take it."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise MeetingProblem(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that is there and may be written."
        ) from error
