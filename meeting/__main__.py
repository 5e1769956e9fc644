"""`python -m meeting`: what a weekly meeting needs, without a screen."""

import logging

import typer

from meeting.commands.digest import digest
from meeting.commands.export import export
from meeting.commands.freeze import freeze
from warehouse.streams import print_in_any_encoding

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="The weekly meeting, frozen."
)
app.command()(freeze)
app.command()(export)
app.command()(digest)


@app.callback()
def main() -> None:
    """The weekly meeting: frozen, taken away, sent."""
    logging.disable(logging.WARNING)  # Streamlit's notes on running without a browser are no news here


if __name__ == "__main__":
    print_in_any_encoding()
    app()
