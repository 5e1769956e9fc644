"""Which encoding a file is in, and a UTF-8 copy of it where DuckDB could not read it as it is."""

import codecs
import shutil
from pathlib import Path
from typing import IO

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
NO_TEXTS = {
    b"PK\x03\x04": "a workbook (.xlsx) or an archive (.zip)",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls)",
    b"\x1f\x8b": "packed by gzip (.gz)",
    b"PAR1": "Parquet (.parquet)",
    b"%PDF": "a PDF",
    b"\xff\xd8\xff": "a picture (.jpg)",
    b"\x89PNG": "a picture (.png)",
    b"GIF8": "a picture (.gif)",
    b"7z\xbc\xaf": "an archive (.7z)",
    b"Rar!": "an archive (.rar)",
    b"SQLite format 3\0": "an SQLite database",
}
"""How files of other kinds begin."""
COMMON_SHARE = 0.9
DAMAGED_CANDIDATES = {"utf-8": 0.15, "gb18030": 0.3}
"""Shares of common Chinese characters, which chance would not give, that tell the encoding of a damaged file."""
CANDIDATES = ("gb18030", "big5", "cp1252")
"""What a file that is not Unicode is taken for, the likeliest first."""


def detect_encoding(name: str, path: Path) -> str:
    """The Python name of the file's encoding, judged by its byte order mark and by samples of its bytes."""
    try:
        with path.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
            later = _later_samples(path, file)
    except OSError as error:
        raise FileProblem(f"{name} cannot be read: {error}.", "Check its rights, then load it again.") from error
    for mark, kind in NO_TEXTS.items():
        if sample.startswith(mark):
            raise FileProblem(f"{name} is {kind}, though its name says it is text.", "Give it the name of its kind.")
    for mark, encoding in BOMS:
        if sample.startswith(mark):
            return encoding
    unmarked = _unmarked_utf16(sample)
    if unmarked:
        return unmarked
    if all(_decodes(part, "utf-8") for part in (sample, *later)):
        return "utf-8"
    parts = [part for part in (sample, *later) if not part.isascii()]
    if _is_common_chinese(parts):
        return "gb18030"
    # Text with damage in it stays what it is, so that the damage is seen and the rest is not read as gibberish.
    if not all(_decodes(part, "big5") for part in parts):
        for encoding, share in DAMAGED_CANDIDATES.items():
            if _share_of_chinese(parts, encoding) >= share:
                return encoding
    guess = charset_normalizer.from_bytes(parts[0], cp_isolation=list(CANDIDATES)).best()
    ranked = dict.fromkeys(([guess.encoding] if guess else []) + list(CANDIDATES))
    return next((name for name in ranked if all(_decodes(part, name) for part in parts)), CANDIDATES[0])


def _share_of_chinese(parts: list[bytes], encoding: str) -> float:
    """The share of common Chinese characters in what is no ASCII, read in the encoding."""
    signs = [sign for part in parts for sign in part.decode(encoding, errors="replace") if not sign.isascii()]
    common = "".join(sign for sign in signs if sign >= "\u2e80" and sign != "\ufffd")
    known = common.encode("gb2312", errors="ignore").decode("gb2312")
    return len(known) / max(1, len(signs))


def _is_common_chinese(parts: list[bytes]) -> bool:
    """Whether the parts, read as GB18030, hold hardly any but the common characters, which chance would not give."""
    if not all(_decodes(part, "gb18030") for part in parts):
        return False
    text = "".join(part.decode("gb18030", errors="ignore") for part in parts)
    signs = [sign for sign in text if not sign.isascii()]
    common = "".join(signs).encode("gb2312", errors="ignore").decode("gb2312")
    return len(common) >= COMMON_SHARE * len(signs)


def to_utf8(name: str, path: Path, encoding: str, target: Path, most: int = 0) -> Path:
    """A UTF-8 copy of the file, decoded strictly and as a stream; of its first lines where `most` characters will do.

    What is UTF-8 already keeps the damage that it has.
    """
    lines = 0
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    try:
        with (
            path.open(encoding=encoding, errors=errors, newline="") as text,
            target.open("w", encoding="utf-8", errors=errors, newline="") as copy,
        ):
            while chunk := text.read(most or CHUNK_CHARACTERS):
                if "\0" in chunk:
                    line = lines + chunk[: chunk.index("\0")].count("\n") + 1
                    raise FileProblem(
                        f"{name} holds a NUL character in line {line:,}: it is damaged, or no text.", "Export it again."
                    )
                if most:
                    copy.write(_whole_lines(chunk) if len(chunk) == most else chunk)
                    break
                copy.write(chunk)
                lines += chunk.count("\n")
    except LookupError as error:
        raise FileProblem(
            f"{encoding!r} is no encoding that is known.", "Name one, such as utf-8, gb18030 or big5."
        ) from error
    except UnicodeError as error:
        raise FileProblem(
            f"{name} is not {encoding} throughout: it cannot be read some way after line {lines + 1:,}.",
            "Export it again, or name its encoding (on the page, by --encoding, or in a mapping file).",
        ) from error
    return target


def _whole_lines(text: str) -> str:
    end = max(text.rfind("\n"), text.rfind("\r", 0, -1))
    return text[: end + 1] or text


def to_plain_lines(path: Path, target: Path) -> Path:
    """A copy of a UTF-8 file in which every line ends with a line feed alone."""
    with (
        path.open(encoding="utf-8", errors="surrogateescape") as text,
        target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as copy,
    ):
        shutil.copyfileobj(text, copy, CHUNK_CHARACTERS)
    return target


def _later_samples(path: Path, file: IO[bytes]) -> list[bytes]:
    """Parts from the middle and the end, of a file that is larger than one sample."""
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
    zeros = {"utf-16-be": head[0::2].count(0), "utf-16-le": head[1::2].count(0)}
    likely, other = sorted(zeros, key=lambda name: -zeros[name])
    is_certain = zeros[likely] >= max(4, len(head) // 40) and zeros[other] * 10 <= zeros[likely]
    return likely if is_certain else ""


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether the bytes are valid, a character cut off at the end aside."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True
