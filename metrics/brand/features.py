"""What a customer is, as numbers that a model may learn from: tier, size, breadth, channel, area, products bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
BITS = 64
FIFTHS = 5


NUMBERS = ("tier", "size", "breadth")


class Feature(NamedTuple):
    """What a column of the matrix tells: its kind (tier, size, breadth, channel, area, sku), and which of them."""

    kind: str
    value: str


@dataclass(frozen=True)
class Features:
    """A row a customer in the order of the list given, a column a feature.

    The first columns are the NUMBERS, with mean 0 and variance 1; the others are 1 for customers of the channel or area
    or that bought the product, else 0. `levels` has a column for each of the NUMBERS with the group, from 0, among
    which a share of handlers can be counted: the tier band, the fifth by size or by breadth; -1 where it is unknown.
    """

    columns: tuple[Feature, ...]
    matrix: Matrix
    levels: NDArray[np.int64]


def build_features(eligible: pd.DataFrame, bought: pd.DataFrame, skus: Sequence[str], sku: str) -> Features:
    """The features of the rows of `eligible_list`, for a model of who carries `sku`.

    `bought` are rows of `products_bought`, `skus` all products in the order of their numbers. Neither the product
    itself nor what was paid for it enters: size is the net amount of all other products, as the logarithm of yuan + 1,
    and breadth the number of other products bought. An unknown tier stands at the mean.
    """
    ranges = bought_matrix(eligible["customer_id"], bought, len(skus))
    others = [place for place, other in enumerate(skus) if other != sku and ranges[:, place].any()]
    ranges = ranges[:, others]
    size = np.log1p((eligible["amount"] - eligible["product_amount"]).clip(lower=0).to_numpy(dtype=float))
    breadth = ranges.sum(axis=1, dtype=float)
    tier = eligible["tier"].to_numpy(dtype=float, na_value=np.nan)
    bands = pd.factorize(eligible["tier_band"].where(eligible["tier"].notna()), sort=True)[0]
    coded = {kind: pd.factorize(eligible[kind], sort=True) for kind in ("channel", "area")}
    kinds = [(kind, str(value)) for kind, (_codes, values) in coded.items() for value in values]
    flags = [codes == code for codes, values in coded.values() for code in range(len(values))]
    numbers = (_standardised(tier), _standardised(size), _standardised(breadth))
    return Features(
        columns=(
            *(Feature(kind, "") for kind in NUMBERS),
            *(Feature(kind, value) for kind, value in kinds),
            *(Feature("sku", skus[place]) for place in others),
        ),
        matrix=np.column_stack([*numbers, *flags, ranges]).astype(np.float32),
        levels=np.column_stack([bands, _fifths(size), _fifths(breadth)]),
    )


def bought_matrix(customers: "pd.Series[str]", bought: pd.DataFrame, products: int) -> NDArray[np.bool_]:
    """Who bought what: a row for each of the customers, a column a product, from the blocks of `products_bought`."""
    blocks = -(-products // BITS)
    rows = pd.Index(customers).get_indexer(pd.Index(bought["customer_id"]))
    is_ours = rows >= 0
    words = np.zeros((len(customers), blocks), dtype="<u8")
    words[rows[is_ours], bought["product_block"].to_numpy()[is_ours]] = bought["product_bits"].to_numpy()[is_ours]
    bits = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
    return bits[:, :products].astype(bool)


def _standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    known = ~np.isnan(values)
    if not known.any():
        return np.zeros_like(values)
    centred = np.where(known, values - values[known].mean(), 0.0)
    spread = centred[known].std()
    return centred / spread if spread > 0 else centred


def _fifths(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """The fifth that each value falls into, from 0; equal values share one."""
    ranks = pd.Series(values).rank(method="average", pct=True).to_numpy()
    return np.minimum(np.ceil(ranks * FIFTHS).astype(np.int64), FIFTHS) - 1
