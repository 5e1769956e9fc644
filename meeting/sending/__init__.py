"""Sending a digest by the channels that an installation has set, with nothing of its own to keep running."""

from warehouse.errors import PinyuError

SECONDS = 20
"""How long a server may take to answer."""


class SendingProblem(PinyuError):
    """A digest that was not sent, or not to everybody; says what the other side answered and never a secret."""
