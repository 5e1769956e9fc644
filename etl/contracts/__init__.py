"""The contracts of all extracts, in the order in which they are loaded: masters before what refers to them."""

from etl.contract import Extract
from etl.contracts.assignments import ASSIGNMENTS
from etl.contracts.coaching import COACHING
from etl.contracts.customers import CUSTOMERS
from etl.contracts.flat_sales import FLAT_SALES
from etl.contracts.managers import MANAGERS
from etl.contracts.products import PRODUCTS
from etl.contracts.risk_events import RISK_EVENTS
from etl.contracts.sales import SALES
from etl.contracts.shelf_checks import SHELF_CHECKS
from etl.contracts.surveys import SURVEYS
from etl.contracts.targets import TARGETS
from etl.contracts.visit_plan import VISIT_PLAN
from etl.contracts.visits import VISITS

TABLES: tuple[Extract, ...] = (
    MANAGERS,
    PRODUCTS,
    CUSTOMERS,
    ASSIGNMENTS,
    SALES,
    VISITS,
    VISIT_PLAN,
    SHELF_CHECKS,
    TARGETS,
    SURVEYS,
    COACHING,
    RISK_EVENTS,
)
EXTRACTS: tuple[Extract, ...] = (*TABLES[:4], FLAT_SALES, *TABLES[4:])
BY_NAME: dict[str, Extract] = {extract.name: extract for extract in EXTRACTS}

__all__ = ["BY_NAME", "EXTRACTS", "TABLES"]
