"""Problems as the commands tell them: what happened and what to do, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from warehouse.errors import PinyuError


def tell(problem: PinyuError) -> None:
    """Say what happened and what to do."""
    typer.echo(f"Error: {problem.message}", err=True)
    typer.echo(problem.hint, err=True)


@contextmanager
def ending_calmly() -> Iterator[None]:
    """Tell an expected problem and end the command with its exit code; no traceback is seen."""
    try:
        yield
    except PinyuError as problem:
        tell(problem)
        raise typer.Exit(problem.exit_code) from problem
