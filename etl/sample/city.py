"""The whole made-up city in one hand, and its master files."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.sample.columns import word
from etl.sample.world.goods import PRICE_CLASSES, Goods, build_goods
from etl.sample.world.people import Staff, build_staff
from etl.sample.world.plan import NEVER, Flags, Integers, Plan
from etl.sample.world.shops import CHANNELS, Shops, build_shops
from etl.sample.writer import Extracts

TEAM_NAMES = "一二三四五六七八九十"


@dataclass(frozen=True)
class City:
    """Plan, staff, goods and shops."""

    plan: Plan
    staff: Staff
    goods: Goods
    shops: Shops

    def text(self, english: str) -> str:
        """A value in the language of the headers."""
        return word(english, self.plan.headers)


def build_city(plan: Plan) -> City:
    """Make it all up."""
    staff = build_staff(plan)
    return City(plan, staff, build_goods(plan), build_shops(plan, staff))


def days_text(days: Integers) -> list[str | None]:
    """Day numbers as ISO dates; NEVER is blank."""
    texts = np.datetime_as_string(days.astype("datetime64[D]"))
    return [None if n >= NEVER else str(t) for n, t in zip(days, texts, strict=True)]


def pick(flags: Flags, yes: str, no: str) -> list[str]:
    """One word or the other."""
    return [yes if flag else no for flag in flags]


def write_masters(city: City, files: Extracts) -> None:
    """Customers, products, managers and assignments."""
    files.add("customers", customers_frame(city))
    files.add("products", products_frame(city), list_price="list_price::decimal(12, 2)")
    files.add("managers", managers_frame(city))
    files.add("assignments", assignments_frame(city))


def customers_frame(city: City) -> pd.DataFrame:
    """One row a customer, with the manager of the last day."""
    shops = city.shops
    ids = np.array(city.staff.ids())
    random = city.plan.random("licences")
    return pd.DataFrame(
        {
            "customer_id": shops.ids(),
            "customer_name": shops.names,
            "area": np.array(shops.area_names)[shops.area].tolist(),
            "market": pick(shops.urban, city.text("urban"), city.text("rural")),
            "channel": np.array(CHANNELS)[shops.channel].tolist(),
            "tier": shops.tier,
            "manager_id": ids[shops.owner(city.plan.last)].tolist(),
            "status": pick(shops.closed, city.text("closed"), city.text("active")),
            "opened_on": days_text(shops.opened),
            "licence_no": [f"{n:012d}" for n in 4_000_000_000 + 37 * random.permutation(shops.count)],
        }
    )


def products_frame(city: City) -> pd.DataFrame:
    """One row a sku."""
    goods = city.goods
    return pd.DataFrame(
        {
            "sku_id": goods.ids(),
            "sku_name": goods.names,
            "brand": goods.brands,
            "maker": goods.makers,
            "price_class": np.array(PRICE_CLASSES)[goods.price_class].tolist(),
            "list_price": goods.cents / 100,
            "retail_price": goods.retail,
            "launched_on": days_text(goods.launched),
            "focus": pick(goods.focus, city.text("yes"), city.text("no")),
            "min_tier": pd.array([int(t) or None for t in goods.min_tier], dtype="Int64"),
        }
    )


def managers_frame(city: City) -> pd.DataFrame:
    """Account managers, then supervisors."""
    staff = city.staff
    ids = staff.ids()
    teams = [f"{TEAM_NAMES[t] if t < len(TEAM_NAMES) else t + 1}部" for t in range(staff.teams)]
    above = [ids[i] for i in staff.supervisor(np.arange(staff.count))]
    return pd.DataFrame(
        {
            "manager_id": ids,
            "manager_name": staff.names,
            "team": [teams[t] for t in staff.team] + teams,
            "supervisor_id": [*above, *[None] * staff.teams],
            "hired_on": days_text(staff.hired),
            "left_on": days_text(staff.left),
        }
    )


def assignments_frame(city: City) -> pd.DataFrame:
    """Who had which customer when: no day without an owner, none with two."""
    shops = city.shops
    since = np.maximum(shops.opened, city.plan.first)
    changed = shops.handed_on < NEVER
    before = ~changed | (since < shops.handed_on)
    first = np.flatnonzero(before)
    second = np.flatnonzero(changed)
    customer = np.concatenate([first, second])
    start = np.concatenate([since[first], np.maximum(since, shops.handed_on)[second]])
    end = np.concatenate([shops.handed_on[first] - 1, np.full(len(second), NEVER)])
    end[: len(first)][~changed[first]] = NEVER
    owner = np.concatenate([shops.first_owner[first], shops.second_owner[second]])
    order = np.lexsort((start, customer))
    return pd.DataFrame(
        {
            "customer_id": np.array(shops.ids())[customer[order]].tolist(),
            "manager_id": np.array(city.staff.ids())[owner[order]].tolist(),
            "valid_from": days_text(start[order]),
            "valid_to": days_text(end[order]),
        }
    )
