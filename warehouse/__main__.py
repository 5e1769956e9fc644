"""`python -m warehouse backup`: copy what people wrote in the app, while it runs."""

from pathlib import Path
from typing import Annotated

import typer

from warehouse.errors import PinyuError
from warehouse.records import back_up
from warehouse.settings import ROOT, load_settings

program = typer.Typer(no_args_is_help=True, add_completion=False)


@program.callback()
def main() -> None:
    """What people wrote in the app: launch plans."""


@program.command()
def backup(
    to: Annotated[Path, typer.Option(help="Folder that the copy goes to.")] = ROOT / "data" / "backups",
) -> None:
    """Copy the records safely, while others read and write."""
    try:
        typer.echo(f"Copied to {back_up(load_settings(), to)}")
    except PinyuError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from error


if __name__ == "__main__":
    program()
