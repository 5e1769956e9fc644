"""Private layers: what one person looks at alone, in a folder that nobody else may read and that goes with the session.

A layer is a warehouse like the shared one: either of the person's files alone, or of these over a copy of what
everybody sees. Beside it lie the files themselves.
"""

import logging
import shutil
import tempfile
import time
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import IO

from warehouse.errors import PinyuError
from warehouse.versions import MAPPINGS, Version, point_to

PREFIX, WAREHOUSE = "pinyu-private-", "warehouse-"
MOST_HOURS = 12
"""A layer that was made longer ago than this is removed, whatever became of its session."""
CHUNK_BYTES = 1 << 20
MOST_NAME, MOST_ENDING = 60, 12


@dataclass(frozen=True)
class PrivateLayer:
    """The folder of one session's private layer, open to its owner alone."""

    folder: Path

    @property
    def warehouse(self) -> Path:
        """Where its versions lie; another folder whenever it was begun anew."""
        return next(self.folder.glob(f"{WAREHOUSE}*"), self.folder / WAREHOUSE)

    @property
    def incoming(self) -> Path:
        """Where the person's files lie."""
        return self.folder / "incoming"


def make_layer() -> PrivateLayer:
    """A new, empty layer; what crashed sessions left behind for too long is removed on the way."""
    _sweep()
    layer = PrivateLayer(Path(tempfile.mkdtemp(prefix=PREFIX)))
    layer.incoming.mkdir(mode=0o700)
    return layer


def begin_anew(layer: PrivateLayer, shared: Path, over: Version | None) -> None:
    """Empty the layer's warehouse, and put a copy of a shared version under what will come where `over` names one.

    Mappings that the shared warehouse remembers are known in it too, and those of the layer before. Its folder has a
    name that none had before: what is kept in memory of a version goes by the version's path.
    """
    before, made = layer.warehouse, Path(tempfile.mkdtemp(prefix=WAREHOUSE, dir=layer.folder))
    (made / MAPPINGS).mkdir()
    remembered = [path for warehouse in (shared, before) for path in (warehouse / MAPPINGS).glob("*")]
    for path in sorted(remembered, key=lambda path: path.stat().st_mtime_ns):
        shutil.copy2(path, made / MAPPINGS)  # of two for the same headers the newest stays
    shutil.rmtree(before, ignore_errors=True)
    if over is not None:
        copy = Version("v000001", made / "v000001.duckdb")
        shutil.copyfile(over.path, copy.path)
        point_to(made, copy)


def keep_file(layer: PrivateLayer, name: str, content: IO[bytes], most_bytes: int) -> Path:
    """Copy what somebody dropped into the layer; PinyuError where it is too large.

    The name is data: it keeps its words, and loses all that could lead elsewhere. A second file of a name is numbered.
    """
    path = new_path(layer, name)
    with path.open("wb") as file:
        while chunk := content.read(CHUNK_BYTES):
            if file.tell() + len(chunk) > most_bytes:
                shutil.rmtree(path.parent)
                raise PinyuError(
                    f"{name} is larger than {most_bytes / 1e6:,.0f} MB.",
                    "Load it with python -m etl load, or raise the setting upload_limit.",
                )
            file.write(chunk)
    return path


def new_path(layer: PrivateLayer, name: str) -> Path:
    """Where a file of that name may be kept: in a folder of its own, called as no other kept file is.

    Rules for reading know files by their names.
    """
    safe = safe_name(name)
    stem, dot, ending = safe.partition(".")
    taken = {path.name.casefold() for path in layer.incoming.glob("*/*")}
    names = chain([safe], (f"{stem} ({number}){dot}{ending}" for number in count(2)))
    folder = Path(tempfile.mkdtemp(dir=layer.incoming))
    return folder / next(each for each in names if each.casefold() not in taken)


def forget_files(layer: PrivateLayer) -> None:
    """Delete what was dropped into the layer so far."""
    shutil.rmtree(layer.incoming, ignore_errors=True)
    layer.incoming.mkdir(mode=0o700, exist_ok=True)


def safe_name(name: str) -> str:
    """The last part of a file's name without what systems refuse, short enough for any system."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*')
    stem, dot, ending = shown.lstrip(".~ ").strip().partition(".")
    return f"{stem[:MOST_NAME] or 'file'}{dot}{ending[-MOST_ENDING:]}"


def remove_layer(layer: PrivateLayer) -> None:
    """Delete the layer's folder with everything in it."""
    shutil.rmtree(layer.folder, ignore_errors=True)


def _sweep() -> None:
    """Remove layers of this account that are older than they may be."""
    oldest = time.time() - MOST_HOURS * 3600
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if folder.is_dir() and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder)
        except OSError:
            # Somebody else's, or in use: not ours to remove.
            logging.getLogger(__name__).info("a private layer could not be removed", exc_info=True)
