"""What refers to nobody is loaded and reported; flat sales bring their own customers, products and managers."""

from decimal import Decimal

FLAT = ("日期", "客户名称", "商品名称", "金额", "数量", "客户经理", "片区", "品牌", "部门")


def test_sales_of_unknown_customers_products_and_managers_are_loaded_and_listed(office):
    office.write("customers.csv", ("customer_id", "manager_id"), ("C1", "M1"))
    office.write("products.csv", ("sku_id",), ("S1",))
    office.write("managers.csv", ("manager_id",), ("M1",))
    office.write(
        "sales.csv",
        ("order_date", "customer_id", "sku_id", "qty", "amount", "manager_id"),
        ("2026-07-01", "C1", "S1", "1", "1", ""),
        ("2026-07-01", "C9", "S1", "1", "1", "M9"),
        ("2026-07-01", "C8", "S9", "1", "1", "M1"),
    )
    report = office.load()
    assert report.as_dict()["unknown"] == {
        "customers": ["C8", "C9"],
        "products": ["S9"],
        "managers": ["M9"],
        "counts": {"customers": 2, "products": 1, "managers": 1},
    }
    assert office.ask("select count(*) from sales") == [(3,)]


def test_a_list_of_unknown_ids_stops_at_fifty_and_their_number_does_not(office):
    office.write(
        "sales.csv",
        ("order_date", "customer_id", "sku_id", "qty", "amount"),
        *(("2026-07-01", f"C{number:03}", "S", "1", "1") for number in range(120)),
    )
    report = office.load()
    assert len(report.unknown["customers"]) == 50
    assert report.unknown_counts["customers"] == 120


def test_an_owner_is_found_on_load_and_found_again_when_assignments_arrive_later(office):
    office.write("customers.csv", ("customer_id", "manager_id"), ("C", "HOME"))
    office.write(
        "sales.csv",
        ("order_date", "customer_id", "sku_id", "qty", "amount"),
        ("2026-02-28", "C", "S", "1", "1"),
        ("2026-03-01", "C", "S", "1", "1"),
    )
    office.load()
    assert office.ask("select owner_id from sales order by order_date") == [("HOME",), ("HOME",)]
    handover = office.write(
        "assignments.csv",
        ("customer_id", "manager_id", "valid_from", "valid_to"),
        ("C", "OLD", "2025-01-01", "2026-02-28"),
        ("C", "NEW", "2026-03-01", ""),
    )
    office.load(handover)
    assert office.ask("select owner_id from sales order by order_date") == [("OLD",), ("NEW",)]


def test_flat_sales_derive_customers_products_and_managers_whose_names_are_their_ids(office):
    office.write(
        "汇总销售表.csv",
        FLAT,
        ("2026-07-01", "一店", "红双喜", "100", "2", "张三", "东区", "双喜", "一部"),
        ("2026-07-09", "一店", "红双喜", "50", "1", "李四", "西区", "双喜", "二部"),  # the later line speaks
        ("2026-07-02", "二店", "中华", "-30", "-1", "张三", "东区", "中华", "一部"),
    )
    report = office.load()
    assert (report.files[0].extract, report.files[0].loaded) == ("flat_sales", 3)
    assert office.ask("select customer_id, customer_name, area, manager_id, is_derived from customers order by 1") == [
        ("一店", "一店", "西区", "李四", True),
        ("二店", "二店", "东区", "张三", True),
    ]
    assert office.ask("select sku_id, brand, is_derived from products order by 1") == [
        ("中华", "中华", True),
        ("红双喜", "双喜", True),
    ]
    assert office.ask("select manager_id, manager_name, team from managers order by 1") == [
        ("张三", "张三", "一部"),
        ("李四", "李四", "二部"),
    ]
    assert office.ask("select owner_id, sum(amount) from sales group by 1 order by 1") == [("张三", 70), ("李四", 50)]
    assert report.unknown_counts == {"customers": 0, "products": 0, "managers": 0}


def test_a_flat_sale_without_a_customer_counts_for_unknown_and_is_reported(office):
    office.write(
        "flat_sales.csv",
        ("order_date", "customer_name", "sku_name", "amount"),
        ("2026-07-01", "", "S", "5"),
        ("2026-07-01", "A", "S", "7"),
    )
    report = office.load()
    assert report.unknown["customers"] == ("unknown",)
    assert office.ask("select customer_id, amount from sales order by 1") == [("A", 7), ("unknown", 5)]
    assert office.ask("select customer_id from customers") == [("A",)]


def test_a_master_takes_the_place_of_what_was_derived_without_being_a_correction(office):
    office.write(
        "flat_sales.csv", ("order_date", "customer_id", "sku_id", "amount", "area"), ("2026-07-01", *"AS9", "x")
    )
    office.load()
    master = office.write("customers.csv", ("customer_id", "customer_name"), ("A", "Shop"))
    report = office.load(master).files[0]
    assert (report.loaded, report.corrections) == (1, 0)
    assert office.ask("select customer_id, customer_name, area, is_derived from customers") == [
        ("A", "Shop", "x", False)
    ]


def test_a_customer_of_a_master_is_not_overwritten_by_a_flat_file(office):
    office.write("customers.csv", ("customer_id", "area"), ("A", "East"))
    office.write(
        "flat_sales.csv", ("order_date", "customer_id", "sku_id", "amount", "area"), ("2026-07-01", *"AS9", "x")
    )
    office.load()
    assert office.ask("select customer_id, area, is_derived from customers") == [("A", "East", False)]


def test_a_customer_whose_status_nobody_states_is_active(office):
    office.write("customers.csv", ("customer_id", "status"), ("A", ""), ("B", "停业"), ("C", "正常"))
    office.load()
    assert office.ask("select status from customers order by customer_id") == [("active",), ("closed",), ("active",)]


def test_amounts_are_kept_to_the_hundredth_of_a_cent(office):
    office.write(
        "sales.csv",
        ("order_date", "customer_id", "sku_id", "qty", "amount"),
        *(("2026-07-01", f"C{number}", "S", "0.3333", "0.1001") for number in range(10)),
    )
    office.load()
    assert office.ask("select sum(qty), sum(amount) from sales") == [(Decimal("3.3330"), Decimal("1.0010"))]


def test_a_corrected_sale_finds_the_owner_of_its_new_day(office):
    header = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")
    office.write(
        "assignments.csv",
        ("customer_id", "manager_id", "valid_from", "valid_to"),
        ("C", "OLD", "2025-01-01", "2026-02-28"),
        ("C", "NEW", "2026-03-01", ""),
    )
    office.write("sales.csv", header, ("O", "1", "2026-02-01", *"CS11"), ("O", "2", "2026-02-02", *"CS11"))
    office.load()
    office.load(office.write("sales_late.csv", header, ("O", "1", "2026-03-01", *"CS11")))
    assert office.ask("select line_no, owner_id from sales order by 1") == [(1, "NEW"), (2, "OLD")]
