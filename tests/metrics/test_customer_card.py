"""What a customer's card is told, against truths worked out by hand."""

from datetime import date

from tests.world import World

OCTOBER = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}


def test_a_customer_is_described_with_its_twelve_months_and_who_saw_it(world: World) -> None:
    world.manager("M1", manager_name="一", team="T", supervisor="B")
    world.manager("M2", manager_name="二", team="T")
    world.customer("A", customer_name="甲", manager="M2", tier=7, licence_no="007")
    world.assign("A", "M1", "2026-09-01")
    world.product("S1")
    world.product("S2")
    world.sale("2025-10-31", "A", "S1", 100)  # a day too early for the twelve months
    world.sale("2025-11-01", "A", "S1", 2, 20)  # their first day
    world.sale("2026-10-31", "A", "S2", 1, 10)  # their last: a product, and the last purchase
    world.sale("2026-10-31", "A", "S2", -1, -10)  # all returned: S2 is none of its products
    world.sale("2026-11-01", "A", "S1", 50)  # after the period
    world.visit("2026-10-05", "A", "M1", joint_with="B")  # the manager, with the supervisor
    world.visit("2026-10-20", "A", "M2")  # not the manager any more
    fact = world.rows("customer_facts", **OCTOBER).iloc[0]
    assert (fact["customer_name"], fact["manager_id"], fact["team"], fact["tier"]) == ("甲", "M1", "T", 7)
    assert (fact["licence_no"], float(fact["amount"]), fact["products"]) == ("007", 20, 1)
    assert fact["last_bought"].date() == date(2026, 10, 31)
    assert fact["last_manager_visit"].date() == fact["last_supervisor_visit"].date() == date(2026, 10, 5)


def test_a_customer_that_never_bought_has_no_amount_rather_than_zero(world: World) -> None:
    world.customers("A")
    fact = world.rows("customer_facts", **OCTOBER).iloc[0]
    assert fact.isna()[["amount", "last_bought", "last_manager_visit"]].all()
    assert fact["products"] == 0


def test_what_a_customer_buys_is_told_for_the_period_the_year_and_the_year_before(world: World) -> None:
    world.customers("A", "B")
    world.product("S1", sku_name="青瓷")
    world.sale("2025-10-15", "A", "S1", 4, 40)  # the same days last year
    world.sale("2026-03-01", "A", "S1", 5, 50)  # in the twelve months only
    world.sale("2026-10-02", "A", "S1", 6, 60)  # in the period and the twelve months
    world.sale("2026-10-02", "B", "S1", 99)  # somebody else's
    rows = world.rows("customer_products", customer="A", **OCTOBER)
    assert len(rows) == 1
    row = rows.iloc[0]
    assert [float(row[name]) for name in ("qty", "amount", "last_year_qty", "year_amount")] == [6, 60, 4, 110]
    assert (row["sku_name"], row["last_bought"].date()) == ("青瓷", date(2026, 10, 2))


def test_visits_and_checks_of_the_twelve_months_are_listed_newest_first(world: World) -> None:
    world.customers("A", "B")
    world.product("S1")
    world.visit("2025-10-31", "A", "M1")  # a day too early
    world.visit("2025-11-01", "A", "M1")
    world.visit("2026-10-31", "A", "M9")  # whoever made it
    world.visit("2026-10-30", "B", "M1")
    world.check("2026-10-03", "A", "S1", True, 4)
    world.check("2026-09-03", "A", "S1", False, 0)
    visits = world.rows("visit_list", customer="A", **OCTOBER)
    assert [day.date() for day in visits["visit_date"]] == [date(2026, 10, 31), date(2025, 11, 1)]
    assert world.rows("check_list", customer="A", **OCTOBER)["found_on_shelf"].tolist() == [True, False]
