"""Which bubbles of a chart get their name written beside them, and on which side, so that nothing covers a name."""

from collections.abc import Sequence
from dataclasses import dataclass

LINE_HEIGHT = 20
LETTER_WIDTH = 8.5
"""Roughly, in pixels; a Chinese character takes two."""
POSITIONS = (
    "top center",
    "middle right",
    "middle left",
    "bottom center",
    "top right",
    "top left",
    "bottom right",
    "bottom left",
)
"""Plotly's names for where a text stands, in the order in which they are tried."""


@dataclass(frozen=True)
class Box:
    """An area of the plot in pixels, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common, if only on their edges."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )


@dataclass(frozen=True)
class Bubble:
    """A circle's centre and radius in pixels, and its name."""

    x: float
    y: float
    radius: float
    name: str

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


def place_labels(bubbles: Sequence[Bubble], taken: Sequence[Box], *, most: int, lines: Sequence[Box] = ()) -> list[str]:
    """For each bubble where its name stands, or "" where it would cover, or be covered by, anything.

    The largest bubbles choose first, and at most `most` names are written. `taken`: what else is drawn. `lines`: thin
    lines, on which a name stands only where there is no other place.
    """
    boxes = list(taken)
    circles = [bubble.box for bubble in bubbles]
    placed = [""] * len(bubbles)
    for number in sorted(range(len(bubbles)), key=lambda number: -bubbles[number].radius)[:most]:
        others = circles[:number] + circles[number + 1 :]
        found = next(
            (
                (position, label)
                for avoided in ([*boxes, *others, *lines], [*boxes, *others])
                for position in POSITIONS
                if (label := label_box(bubbles[number], position)).left >= 0
                and label.bottom >= 0
                and not any(map(label.meets, avoided))
            ),
            None,
        )
        if found:
            placed[number] = found[0]
            boxes.append(found[1])
    return placed


def label_box(bubble: Bubble, position: str) -> Box:
    """What a name takes up; Plotly leaves a quarter of the radius between bubble and text."""
    upright, sideways = position.split()
    gap, wide = bubble.radius * 1.25 + 1, text_width(bubble.name)
    left = {"center": bubble.x - wide / 2, "right": bubble.x + gap, "left": bubble.x - gap - wide}[sideways]
    bottom = {"middle": bubble.y - LINE_HEIGHT / 2, "top": bubble.y + gap, "bottom": bubble.y - gap - LINE_HEIGHT}[
        upright
    ]
    return Box(left, bottom, left + wide, bottom + LINE_HEIGHT)


def text_width(text: str) -> float:
    """Roughly the pixels that a line of text takes."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text) * LETTER_WIDTH
