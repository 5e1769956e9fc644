"""Errors made for people: what happened, where, and what to do next."""


class PinyuError(Exception):
    """An expected failure whose text may be shown as it is.

    `message` says what happened and where (file, line, column); `hint` says what to do next. `exit_code` is what a
    command ends with.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
