"""`python -m meeting digest`: the week's digest as a file, or sent."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from meeting.commands.choices import Language, Names
from meeting.commands.export import write_whole
from meeting.commands.named import meeting_named
from meeting.commands.problems import ending_calmly, tell
from meeting.decks import read_deck
from meeting.digest import Digest, html_page, markdown
from meeting.digest import digest as digest_of
from meeting.sending.mail import send_mail
from meeting.sending.webhooks import send_to_group
from warehouse.errors import PinyuError
from warehouse.settings import Settings, load_settings

STANDARD_OUTPUT = "-"


class Format(StrEnum):
    """What is written."""

    html = "html"
    markdown = "markdown"


class Channel(StrEnum):
    """By what it is sent."""

    smtp = "smtp"
    webhook = "webhook"


WRITTEN: Mapping[Format, Callable[[Digest], str]] = {Format.html: html_page, Format.markdown: markdown}


def digest(
    day: Annotated[str, typer.Option("--date", metavar="D", help="Day of the meeting, YYYY-MM-DD.")] = "",
    meeting: Annotated[str, typer.Option(help="Which meeting, where several are held on a day.")] = "",
    language: Annotated[Language, typer.Option(help="Language of the digest.")] = Language.zh,
    names: Annotated[Names, typer.Option(help="How people are called.")] = Names.names,
    format: Annotated[Format, typer.Option(help="What is written.")] = Format.markdown,
    out: Annotated[str, typer.Option(metavar="FILE", help="File to write; - is standard output.")] = "",
    send: Annotated[list[Channel] | None, typer.Option(help="Send it by mail or to the chat group as well.")] = None,
) -> None:
    """Write the digest of a frozen meeting, or send it by what the settings name; both may be asked for at once.

    Where one way fails the others are gone all the same. Exit code 0: all was done; 1: something was not; 2: the
    command was misspelt.
    """
    with ending_calmly():
        settings = load_settings()
        found = meeting_named(settings, meeting, day)
        of = digest_of(read_deck(settings, found.meeting_id, language=language, names=names))
    done = [_sent(of, channel, settings) for channel in dict.fromkeys(send or [])]
    if out or not send:
        done.append(_written(WRITTEN[format](of), out or STANDARD_OUTPUT))
    if not all(done):
        raise typer.Exit(1)


def _sent(of: Digest, channel: Channel, settings: Settings) -> bool:
    try:
        whom = send_mail(of, settings.smtp) if channel is Channel.smtp else send_to_group(of, settings.webhook)
    except PinyuError as error:
        tell(error)
        return False
    typer.echo(f"Sent: {whom}", err=True)
    return True


def _written(text: str, out: str) -> bool:
    if out == STANDARD_OUTPUT:
        typer.echo(text, nl=False)
        return True
    try:
        write_whole(Path(out), text.encode())
    except PinyuError as error:
        tell(error)
        return False
    return True
