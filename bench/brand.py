"""The views of brand cultivation, as `bench.views` measures them: what each computes of a year, and from what."""

from collections.abc import Iterable

from bench.views import YEAR, Request, View, now, now_and_before
from metrics import Scope
from metrics.brand.detail import PLACES, moved, moved_requests, places, trend
from metrics.brand.doors import doors
from metrics.brand.doors import requests as doors_requests
from metrics.brand.launch import launch
from metrics.brand.portfolio import at_level, portfolio, requests
from metrics.brand.treatment import allocated_skus, treatment
from metrics.scorecard import Read

MOST_RATIO = 4.0
MOST_SECONDS = 0.3


def focus_skus(scope: Scope, read: Read) -> tuple[str, ...]:
    """The products that are cultivated, the first being the one that is looked at by itself."""
    products = read("product_list", scope, ())
    return tuple(products.loc[products["focus"], "sku_id"])


def portfolio_data(scope: Scope, read: Read) -> object:
    """The focus products side by side, against the period before."""
    return portfolio(scope, "focus", "previous", read=read)


def trend_data(scope: Scope, read: Read) -> object:
    """One product's distribution month by month."""
    return trend(scope.narrow(sku=focus_skus(scope, read)[0]), "numeric_distribution", "month", read=read)


def places_data(scope: Scope, read: Read) -> object:
    """One product by area and tiers."""
    return places(scope.narrow(sku=focus_skus(scope, read)[0]), next(iter(PLACES)), read=read)


def moved_data(scope: Scope, read: Read) -> object:
    """What moved one product's amount against last year."""
    return moved(scope.narrow(sku=focus_skus(scope, read)[0]), "amount", against="last_year", read=read)


def launch_data(scope: Scope, read: Read) -> object:
    """The newest launch beside the five before it."""
    products = read("product_list", scope, ()).dropna(subset="launched_on")
    newest = products.sort_values(["launched_on", "sku_id"])["sku_id"].iloc[-1]
    return launch(str(newest), scope, read=read)


def doors_data(scope: Scope, read: Read) -> object:
    """The doors of one product, model and reasons included."""
    return doors(scope, focus_skus(scope, read)[0], read=read)


def treatment_data(scope: Scope, read: Read) -> object:
    """Whether small customers are left out, of the orders for what is cultivated and newly launched."""
    skus, _why = allocated_skus(read("product_list", scope, ()), scope)
    return treatment(scope, "fill_rate", skus, read=read)


def portfolio_ahead(scope: Scope, read: Read) -> Iterable[Request]:
    """What the portfolio's screen reads side by side."""
    narrowed = at_level(scope, "focus", read=read)
    return requests(narrowed, "focus", "previous") if narrowed else ()


def moved_ahead(scope: Scope, read: Read) -> Iterable[Request]:
    """The same of what moved one product."""
    return moved_requests(scope.narrow(sku=focus_skus(scope, read)[0]), "last_year")


def doors_ahead(scope: Scope, read: Read) -> Iterable[Request]:
    """The same of the doors."""
    return doors_requests(scope, focus_skus(scope, read)[0])


AHEAD = {"portfolio": portfolio_ahead, "one product, what moved it": moved_ahead, "doors": doors_ahead}
GOODS = ("order_date", "customer_id", "sku_id", "qty", "amount", "owner_id")
ORDERS = (*GOODS, "ordered_qty")
VIEWS = [
    View(f"brand: {name}", work_out, YEAR, columns, periods, MOST_RATIO, MOST_SECONDS, AHEAD.get(name))
    for name, work_out, columns, periods in (
        ("portfolio", portfolio_data, ORDERS, now_and_before),
        ("one product, trend", trend_data, GOODS, now),
        ("one product, places", places_data, GOODS, now),
        ("one product, what moved it", moved_data, GOODS, now_and_before),
        ("launch", launch_data, GOODS, now),
        ("doors", doors_data, GOODS, now),
        ("equal treatment", treatment_data, ORDERS, now),
    )
]
