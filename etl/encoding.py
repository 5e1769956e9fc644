"""Which encoding a file is in, and a UTF-8 copy of it where DuckDB could not read it as it is."""

import codecs
import gzip
import io
from pathlib import Path
from typing import IO, cast

import charset_normalizer

from etl.errors import FileProblem

SAMPLE_BYTES = 256 * 1024
CHUNK_CHARACTERS = 1 << 20
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "big5", "cp1252")
"""What a file that is not Unicode is taken for, the likeliest first."""


def open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked where its name ends in .gz."""
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix.lower() == ".gz" else path.open("rb")


def detect_encoding(path: Path) -> str:
    """The Python name of the file's encoding, judged by its byte order mark and by samples of its bytes."""
    try:
        with open_bytes(path) as file:
            sample = file.read(SAMPLE_BYTES)
            later = _later_samples(path, file)
    except (OSError, EOFError) as error:
        raise FileProblem(
            f"{path.name} cannot be read: {error}.", "Check that it is complete, then load it again."
        ) from error
    for mark, encoding in BOMS:
        if sample.startswith(mark):
            return encoding
    unmarked = _unmarked_utf16(sample)
    if unmarked:
        return unmarked
    if all(_decodes(part, "utf-8") for part in (sample, *later)):
        return "utf-8"
    guess = charset_normalizer.from_bytes(sample, cp_isolation=list(CANDIDATES)).best()
    ranked = dict.fromkeys(([guess.encoding] if guess else []) + list(CANDIDATES))
    return next((name for name in ranked if all(_decodes(part, name) for part in (sample, *later))), "gb18030")


def to_utf8(path: Path, encoding: str, target: Path) -> Path:
    """A UTF-8 copy of the file, decoded strictly and as a stream."""
    lines = 0
    try:
        with (
            open_bytes(path) as raw,
            io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="") as text,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while chunk := text.read(CHUNK_CHARACTERS):
                copy.write(chunk)
                lines += chunk.count("\n")
    except (UnicodeError, LookupError, EOFError, OSError) as error:
        raise FileProblem(
            f"{path.name} is not {encoding} throughout: it cannot be read some way after line {lines + 1}.",
            "Export it again, or name its encoding in a mapping file.",
        ) from error
    return target


def _later_samples(path: Path, file: IO[bytes]) -> list[bytes]:
    """Parts from the middle and the end, where the file can be skipped through cheaply."""
    if path.suffix.lower() == ".gz":
        return []
    size = path.stat().st_size
    parts = []
    for place in (size // 3, 2 * size // 3, size - SAMPLE_BYTES):
        if place > SAMPLE_BYTES:
            file.seek(place)
            file.readline()
            parts.append(file.read(SAMPLE_BYTES))
    return parts


def _unmarked_utf16(sample: bytes) -> str:
    """UTF-16 without a mark shows in the zero bytes of its delimiters and line ends."""
    head = sample[:4096]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 20:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether the bytes are valid, a character cut off at the end aside."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True
