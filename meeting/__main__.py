"""`python -m meeting`: what a weekly meeting needs, without a screen."""

import typer

from meeting.freeze_command import freeze
from warehouse.streams import print_in_any_encoding

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="The weekly meeting, frozen."
)
app.command()(freeze)


@app.callback()
def main() -> None:
    """The weekly meeting: frozen, taken away, sent."""


if __name__ == "__main__":
    print_in_any_encoding()
    app()
