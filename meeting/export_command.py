"""`python -m meeting export`: a frozen meeting as a file, without a screen."""

from pathlib import Path
from typing import Annotated

import typer

from meeting.decks import read_deck
from meeting.exports import EXPORTS
from meeting.named import meeting_named
from meeting.problems import ending_calmly
from ui.disguise import WAYS
from ui.words import LANGUAGES
from warehouse.meetings import MeetingProblem
from warehouse.settings import load_settings


def export(
    day: Annotated[str, typer.Option("--date", metavar="D", help="Day of the meeting, YYYY-MM-DD.")] = "",
    meeting: Annotated[str, typer.Option(help="Which meeting, where several are held on a day.")] = "",
    kind: Annotated[str, typer.Option("--format", help=f"One of {', '.join(EXPORTS)}.")] = "pptx",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it.")] = None,
    language: Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")] = "zh",
    names: Annotated[str, typer.Option(help=f"How people are called: {', '.join(WAYS)}.")] = WAYS[0],
) -> None:
    """Write a frozen meeting as a presentation, a workbook or a page that opens offline.

    The file has its name only when it is whole. Exit code 0: written; 1: it could not be, and nothing was replaced;
    2: the command was misspelt.
    """
    with ending_calmly():
        settings = load_settings()
        for name, value, known in (
            ("format", kind, EXPORTS),
            ("language", language, LANGUAGES),
            ("names", names, WAYS),
        ):
            if value not in known:
                raise MeetingProblem(f"There is no {name} {value!r}.", f"Those there are: {', '.join(known)}.")
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
