"""Curves with fewer points and no pixel changed: what a screen cannot show need not be sent to it."""

import numpy as np
import numpy.typing as npt

SCREEN = (1280, 720)
"""Pixels across and down of the largest area that a curve is drawn on."""
TOLERANCE = 0.45
"""Pixels by which the thinned curve may pass a point it leaves out: below half a pixel nothing is seen of it."""


def thinned(x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Positions of the points to keep of a curve, both ends included, drawn over the whole screen.

    Each point left out lies less than half a pixel from the line between the kept points on both sides of it
    (U. Ramer 1972; D. Douglas and T. Peucker 1973).
    """
    across, down = (_in_pixels(values, pixels) for values, pixels in zip((x, y), SCREEN, strict=True))
    kept = {0, len(across) - 1} if len(across) else set()
    spans = [(0, len(across) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distances = _distances(across, down, first, last)
        farthest = int(np.argmax(distances))
        if distances[farthest] > TOLERANCE:
            middle = first + 1 + farthest
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    return np.array(sorted(kept), dtype=np.int64)


def _in_pixels(values: npt.ArrayLike, pixels: int) -> npt.NDArray[np.float64]:
    numbers = np.asarray(values, dtype=np.float64)
    span = np.ptp(numbers) if len(numbers) else 0.0
    return (numbers - numbers.min()) / span * pixels if span else np.zeros(len(numbers))


def _distances(
    across: npt.NDArray[np.float64], down: npt.NDArray[np.float64], first: int, last: int
) -> npt.NDArray[np.float64]:
    """Of the points between two, how far each is from the stretch that joins them."""
    right, below = across[last] - across[first], down[last] - down[first]
    from_left, from_top = across[first + 1 : last] - across[first], down[first + 1 : last] - down[first]
    length = right * right + below * below
    along = np.clip((from_left * right + from_top * below) / length, 0, 1) if length else np.zeros(last - first - 1)
    distances: npt.NDArray[np.float64] = np.hypot(from_left - along * right, from_top - along * below)
    return distances
