"""A thinned curve is the same picture: no point left out lies half a pixel from the line that is drawn."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.thinning import SCREEN, thinned

HALF_A_PIXEL = 0.5


def farthest(x: np.ndarray, y: np.ndarray, kept: np.ndarray) -> float:
    """Pixels, on the whole screen, between the drawn line and the point that lies farthest from it.

    Worked out another way than thinning does: each point against the nearest of many points set along the line.
    """
    across, down = (
        (values - values.min()) / (np.ptp(values) or 1) * size for values, size in zip((x, y), SCREEN, strict=True)
    )
    worst = 0.0
    for first, last in pairwise(kept):
        steps = np.linspace(0, 1, 20_001)
        line_x = across[first] + steps * (across[last] - across[first])
        line_y = down[first] + steps * (down[last] - down[first])
        inner = np.unique(np.linspace(first, last, 60).astype(int))
        for point in inner:
            worst = max(worst, float(np.hypot(line_x - across[point], line_y - down[point]).min()))
    return worst


@pytest.mark.parametrize("spread", [0.3, 1.5, 3.0])
def test_two_hundred_thousand_customers_are_drawn_with_few_points_and_no_pixel_moves(spread: float) -> None:
    amounts = np.sort(np.random.default_rng(7).lognormal(8, spread, 200_000))
    x, y = np.arange(200_000) / 200_000, np.cumsum(amounts) / amounts.sum()
    kept = thinned(x, y)
    assert kept[0] == 0 and kept[-1] == 199_999
    assert len(kept) < 500
    assert farthest(x, y, kept) < HALF_A_PIXEL


def test_a_corner_is_kept() -> None:
    x = np.arange(1001.0)
    y = np.where(x < 500, 0, x - 500)
    assert list(thinned(x, y)) == [0, 500, 1000]


def test_steps_keep_their_edges() -> None:
    assert list(thinned([0, 1, 1, 2, 2, 3], [9, 9, 5, 5, 1, 1])) == [0, 1, 2, 3, 4, 5]


def test_short_and_flat_curves_are_left_alone() -> None:
    assert list(thinned([], [])) == []
    assert list(thinned([1.0], [2.0])) == [0]
    assert list(thinned([1.0, 2.0, 3.0], [5.0, 5.0, 5.0])) == [0, 2]
    assert list(thinned([1.0, 1.0], [5.0, 5.0])) == [0, 1]


@given(st.lists(st.floats(0, 1e9), min_size=2, max_size=60))
def test_no_curve_moves_by_half_a_pixel(amounts: list[float]) -> None:
    y = np.cumsum(np.sort(np.array(amounts))[::-1])
    x = np.arange(len(y), dtype=float)
    assert farthest(x, y, thinned(x, y)) < HALF_A_PIXEL
