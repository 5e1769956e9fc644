"""What a command prints, on terminals of any encoding."""

import io
import sys


def print_in_any_encoding() -> None:
    """Let standard output and error write what their encoding lacks as escapes, rather than fail half-way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
