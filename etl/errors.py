"""What can go wrong with a load, in words for the person who started it."""

from warehouse.errors import PinyuError


class FileProblem(PinyuError):
    """A file cannot be read, or cannot be understood."""


class NotRecognised(FileProblem):
    """A file, or a sheet of one, is none of the extracts that are known."""


class MissingColumns(FileProblem):
    """A file lacks columns that its extract requires."""


class TooManyRows(FileProblem):
    """Files have more rows than may be loaded at a time."""


class MappingProblem(PinyuError):
    """A mapping file says something that cannot be done."""


class TooManyRejects(PinyuError):
    """So many rows of a file were refused that nothing is published."""

    exit_code = 3


class LoadFailed(PinyuError):
    """The machine gave up on a load: no room on the disk or in memory, or a file that went away."""

    exit_code = 5


class LoadInterrupted(KeyboardInterrupt):
    """Somebody stopped a load (Ctrl-C) before anything of it was published."""


class AccountingError(PinyuError):
    """Rows or sums went missing or were counted twice; nothing is published."""

    exit_code = 6
