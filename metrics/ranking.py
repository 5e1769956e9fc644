"""What is ranked, and by what: customers by amount, unless somebody asks for another side of the same figures."""

from dataclasses import dataclass

from warehouse.errors import PinyuError

RANKED = ("customer_id", "sku_id", "brand", "area", "manager_id")
MEASURES = {
    "amount": "sum(amount)",
    "qty": "sum(qty)",
    "gross_margin": "sum((qty * (retail_price - list_price))::double)::decimal(38, 4)",
}
"""What each measure is, over the sales in scope. A product of decimals is many times slower to sum than a double."""


class RankingError(PinyuError):
    """A ranking of something, or by something, that cannot be ranked."""


@dataclass(frozen=True)
class Ranking:
    """What the figures of concentration rank, and the measure they rank by. Only names from the lists above."""

    ranked: str = "customer_id"
    measure: str = "amount"

    def __post_init__(self) -> None:
        for value, known in ((self.ranked, RANKED), (self.measure, tuple(MEASURES))):
            if value not in known:
                raise RankingError(f"Nothing can be ranked by {value!r}.", f"Known are {', '.join(known)}.")

    def fills(self) -> dict[str, str]:
        """The SQL that stands for the ranking in the shared relation `ranked_amounts`."""
        return {"ranked": self.ranked, "measure": MEASURES[self.measure]}

    @property
    def is_by_product(self) -> bool:
        """Whether it must be told which product was sold."""
        return self.ranked in ("sku_id", "brand") or self.measure == "gross_margin"


CUSTOMERS_BY_AMOUNT = Ranking()
