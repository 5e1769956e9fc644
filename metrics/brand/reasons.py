"""Why a customer stands where it does: the features that speak most for it, each with the share of handlers there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.brand.features import NUMBERS, Feature, Features, Matrix

MOST_REASONS = 3


@dataclass(frozen=True)
class Reason:
    """A feature that speaks for a customer, and the share of handlers among the customers it has that in common with.

    `kind` is tier, channel, area, size, breadth or sku; `value` is the area, channel or product, else empty. The share
    is counted among those of the same tier band, channel or area, the same fifth by size or breadth, or the buyers of
    the product.
    """

    kind: str
    value: str
    share: float


@dataclass(frozen=True)
class Reasons:
    """The reasons of many customers, row by row: places of features, strongest first, and shares; -1 where none."""

    columns: tuple[Feature, ...]
    places: NDArray[np.int64]
    shares: NDArray[np.float64]

    def of(self, row: int) -> tuple[Reason, ...]:
        """The reasons of the customer in that row, strongest first."""
        found = zip(self.places[row], self.shares[row], strict=True)
        return tuple(
            Reason(self.columns[place].kind, self.columns[place].value, float(share))
            for place, share in found
            if place >= 0
        )


def find_reasons(
    features: Features, weights: NDArray[np.float32], carries: NDArray[np.bool_], rows: NDArray[np.int64]
) -> Reasons:
    """For each of the rows, places in `features`, the at most MOST_REASONS features that raise its odds most.

    A feature raises them by its weight × how far the customer is above the mean customer in it. Only what the handlers
    bear out is a reason: where the share of them is above that of all eligible customers. That a customer is not of an
    area, or does not buy a product, is none.
    """
    matrix, count, mean_share = features.matrix, len(NUMBERS), carries.mean()
    means, own = matrix.mean(axis=0), matrix[rows]
    level_shares = np.column_stack([_shares_of_levels(levels, carries)[rows] for levels in features.levels.T])
    flag_shares = _shares_of_flags(matrix[:, count:], carries)
    # Whoever has a flag is as far above the mean as everybody who has it.
    raised_by_flag = np.where(flag_shares > mean_share, (1 - means[count:]) * weights[count:], 0).astype(np.float32)
    raised_by_level = np.where(level_shares > mean_share, (own[:, :count] - means[:count]) * weights[:count], 0)
    strength = np.column_stack([raised_by_level.astype(np.float32), own[:, count:] * raised_by_flag])
    strongest = _largest(strength, MOST_REASONS)
    is_reason = np.take_along_axis(strength, strongest, 1) > 0
    of_levels = np.take_along_axis(level_shares, np.minimum(strongest, count - 1), 1)
    of_flags = np.append(flag_shares, np.nan)[strongest - count]  # the last where there is no flag at all
    shares = np.where(strongest < count, of_levels, of_flags)
    return Reasons(features.columns, np.where(is_reason, strongest, -1), shares)


def _largest(strength: NDArray[np.floating], count: int) -> NDArray[np.int64]:
    """The places of the largest values of each row, largest first, of equals the first: a sort's without the sort."""
    left, every = strength.copy(), np.arange(len(strength))
    places = np.empty((len(strength), count), dtype=np.int64)
    for number in range(count):
        places[:, number] = left.argmax(axis=1)
        left[every, places[:, number]] = -np.inf
    return places


def _shares_of_flags(flags: Matrix, carries: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each flag the share of handlers among the customers that have it."""
    return np.asarray((carries @ flags) / np.maximum(flags.sum(axis=0), 1))


def _shares_of_levels(levels: NDArray[np.int64], carries: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each customer the share of handlers among those of its level; nothing where that is unknown."""
    counts = np.bincount(levels + 1)
    shares = np.bincount(levels + 1, weights=carries) / np.maximum(counts, 1)
    shares[0] = np.nan
    return shares[levels + 1]
