"""The sample generator: same arguments same bytes, and the stories it is meant to tell."""

import csv
import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from etl.contracts import BY_NAME
from etl.sample import PLANTED, generate
from etl.sample.columns import EXTRACTS
from etl.sample.writer import Extracts

COMMITTED = Path(__file__).parents[2] / "data" / "sample"
UNTIL = date(2026, 10, 31)
SMALL: dict[str, Any] = {
    "customers": 40,
    "months": 4,
    "until": UNTIL,
    "managers": 6,
    "teams": 2,
    "skus": 20,
    "brands": 5,
}

BEYOND_THE_VOCABULARY = {"unit", "cartons_per_case"}
"""Columns by which quantities in cases become cartons, which the vocabulary asks for without naming a column."""

VOCABULARY = {
    "customers": "客户编码 客户名称 片区 市场类型 业态 档位 客户经理编码 状态 入网日期 许可证号",
    "products": "商品编码 商品名称 品牌 工业公司 类别 批发价 建议零售价 上市日期 重点培育 最低投放档位",
    "managers": "客户经理编码 姓名 部门 主管编码 入职日期 离职日期",
    "sales": "订单号 行号 订单日期 客户编码 商品编码 数量 金额 需求量 客户经理编码",
    "visits": "拜访编号 拜访日期 客户编码 客户经理编码 计划内 拜访目的 结果 陪访人编码 时长 备注",
}
Row = dict[str, str]


def rows_of(directory: Path, name: str) -> list[Row]:
    """A file's rows under their canonical names."""
    with (directory / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return [dict(zip(EXTRACTS[name], line, strict=True)) for line in lines]


@dataclass(frozen=True)
class Sale:
    """A good sales line."""

    day: date
    customer: str
    sku: str
    qty: int
    amount: float


def good_sales(rows: list[Row]) -> Iterator[Sale]:
    """The lines that a load would keep, near enough: dirty ones left out."""
    for row in rows:
        if row["order_id"].startswith("D"):
            continue
        yield Sale(
            date.fromisoformat(row["order_date"]),
            row["customer_id"],
            row["sku_id"],
            int(row["qty"]),
            float(row["amount"]),
        )


@pytest.fixture(scope="module")
def sales() -> list[Sale]:
    return list(good_sales(rows_of(COMMITTED, "sales")))


def digest(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.glob("*.csv"))}


def test_the_same_arguments_write_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    generate(tmp_path / "a", **SMALL)
    generate(tmp_path / "b", **SMALL)
    generate(tmp_path / "c", seed=8, **SMALL)
    first, second, third = (digest(tmp_path / name) for name in "abc")
    assert first == second
    assert len(first) == len(EXTRACTS)
    assert first["sales.csv"] != third["sales.csv"]


def test_the_committed_set_is_what_the_generator_writes_today(tmp_path: Path) -> None:
    readme = (COMMITTED / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^python -m etl sample (.+)$", readme, re.MULTILINE)
    assert command is not None
    words = shlex.split(command[1])
    options = dict(zip(words[::2], words[1::2], strict=True))
    assert options.pop("--out") == "data/sample"
    until = date.fromisoformat(options.pop("--until"))
    numbers: dict[str, Any] = {name.removeprefix("--"): int(value) for name, value in options.items()}
    generate(tmp_path, until=until, **numbers)
    today, committed = digest(tmp_path), digest(COMMITTED)
    assert today.keys() == committed.keys()
    different = [name for name in committed if today[name] != committed[name]]
    assert different == [], "run the command of data/sample/README.md again and commit what it writes"


def test_the_committed_set_stays_under_five_megabytes() -> None:
    assert sum(len(content) for content in digest(COMMITTED).values()) < 5_000_000


def test_the_returned_counts_are_the_rows_of_the_files(tmp_path: Path) -> None:
    counts = generate(tmp_path, **SMALL)
    for name in EXTRACTS:
        assert counts[f"{name}.csv"] == len(rows_of(tmp_path, name)), name


def test_headers_are_those_of_the_vocabulary_and_known_to_the_contracts(tmp_path: Path) -> None:
    generate(tmp_path, headers="en", **SMALL)
    for name, columns in EXTRACTS.items():
        chinese = (COMMITTED / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        english = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert english == list(columns)
        contract = {column.name: column.aliases for column in BY_NAME[name].columns}
        assert [column for column in contract if column not in BEYOND_THE_VOCABULARY] == english, name
        for column, header in zip(english, chinese, strict=True):
            assert header in contract[column], f"{name}.{column}: {header}"
        if name in VOCABULARY:
            assert chinese == VOCABULARY[name].split()


def test_words_follow_the_language_of_the_headers(tmp_path: Path) -> None:
    generate(tmp_path, headers="en", **SMALL)
    assert {row["focus"] for row in rows_of(COMMITTED, "products")} == {"是", "否"}
    assert {row["focus"] for row in rows_of(tmp_path, "products")} == {"yes", "no"}
    assert {row["outcome"] for row in rows_of(COMMITTED, "visits")} == {"成功", "未成功", "无"}
    assert {row["outcome"] for row in rows_of(tmp_path, "visits")} == {"success", "fail", "none"}
    assert {row["status"] for row in rows_of(COMMITTED, "customers")} == {"正常", "停业"}
    assert {row["market"] for row in rows_of(tmp_path, "customers")} == {"urban", "rural"}


def test_the_same_rows_come_in_another_encoding(tmp_path: Path) -> None:
    generate(tmp_path / "plain", **SMALL)
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        generate(tmp_path / encoding, encoding=encoding, **SMALL)
        for name in ("customers", "sales"):
            plain = (tmp_path / "plain" / f"{name}.csv").read_text(encoding="utf-8")
            assert (tmp_path / encoding / f"{name}.csv").read_text(encoding=encoding) == plain


def is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


@pytest.mark.parametrize("months", [1, 4, 24], ids=["one month", "few months", "two years"])
def test_exactly_the_planted_dirty_rows_are_in_the_sales_whatever_the_size(tmp_path: Path, months: int) -> None:
    generate(tmp_path, **{**SMALL, "months": months})
    rows = rows_of(tmp_path, "sales")
    customers = {row["customer_id"] for row in rows_of(tmp_path, "customers")}
    skus = {row["sku_id"] for row in rows_of(tmp_path, "products")}
    assert sum(not is_date(row["order_date"]) for row in rows) == PLANTED.unparsable_dates
    assert sum(not is_number(row["qty"]) for row in rows) == PLANTED.unparsable_quantities
    assert sum(not is_number(row["amount"]) for row in rows) == PLANTED.unparsable_amounts
    assert sum(row["customer_id"] == "" for row in rows) == PLANTED.empty_customers
    assert sum(row["customer_id"] not in {"", *customers} for row in rows) == PLANTED.unknown_customers
    assert sum(row["sku_id"] not in skus for row in rows) == PLANTED.unknown_skus
    by_key = defaultdict(list)
    for row in rows:
        by_key[row["order_id"], row["line_no"]].append(tuple(row.values()))
    copies = [found for found in by_key.values() if len(found) > 1]
    duplicates = sum(len(found) - len(set(found)) for found in copies)
    superseded = sum(len(set(found)) - 1 for found in copies)
    assert (duplicates, superseded) == (PLANTED.duplicates, PLANTED.superseded)


def test_fewer_than_one_row_in_a_hundred_is_rejected() -> None:
    assert PLANTED.rejected < 0.01 * len(rows_of(COMMITTED, "sales"))
    assert PLANTED.rows == 12


def test_the_top_fifth_of_the_customers_holds_most_of_the_amount(sales: list[Sale]) -> None:
    by_customer: Counter[str] = Counter()
    for sale in sales:
        if sale.day > date(2025, 10, 31):
            by_customer[sale.customer] += sale.amount  # type: ignore[assignment]
    amounts = sorted((a for a in by_customer.values() if a > 0), reverse=True)
    top = amounts[: -(-len(amounts) // 5)]
    assert 0.65 <= sum(top) / sum(amounts) <= 0.80


def test_about_one_line_in_a_hundred_is_a_return(sales: list[Sale]) -> None:
    returns = [sale for sale in sales if sale.qty < 0]
    assert 0.005 < len(returns) / len(sales) < 0.02
    assert all(sale.amount < 0 for sale in returns)


def test_every_customer_has_one_manager_on_every_day_since_it_opened() -> None:
    opened = {row["customer_id"]: row["opened_on"] for row in rows_of(COMMITTED, "customers")}
    spans = defaultdict(list)
    for row in rows_of(COMMITTED, "assignments"):
        spans[row["customer_id"]].append((row["valid_from"], row["valid_to"]))
    assert spans.keys() == opened.keys()
    for customer, theirs in spans.items():
        theirs.sort()
        assert theirs[0][0] == max(opened[customer], "2024-11-01")
        assert theirs[-1][1] == ""
        for (_, end), (start, _) in pairwise(theirs):
            assert date.fromisoformat(start) - date.fromisoformat(end) == timedelta(days=1)


def test_the_leaver_hands_over_half_way_and_sells_nothing_afterwards() -> None:
    (leaver,) = (row for row in rows_of(COMMITTED, "managers") if row["left_on"])
    assert leaver["left_on"] == "2025-10-31"
    handed = [row for row in rows_of(COMMITTED, "assignments") if row["manager_id"] == leaver["manager_id"]]
    assert len(handed) > 10
    assert {row["valid_to"] for row in handed} == {leaver["left_on"]}
    last = max(row["order_date"] for row in rows_of(COMMITTED, "sales") if row["manager_id"] == leaver["manager_id"])
    assert "2025-10-20" < last <= leaver["left_on"]


def test_the_newcomer_climbs_the_ladder_on_joint_visits() -> None:
    newest = max(rows_of(COMMITTED, "managers"), key=lambda row: row["hired_on"])
    assert date(2026, 8, 20) < date.fromisoformat(newest["hired_on"]) < date(2026, 9, 10)
    lessons = [row for row in rows_of(COMMITTED, "coaching") if row["manager_id"] == newest["manager_id"]]
    assert "".join(row["step"] for row in lessons) == "AAABBBCCCDEEE"
    assert lessons == sorted(lessons, key=lambda row: row["coached_on"])
    visits = Counter(
        (row["visit_date"], row["customer_id"], row["manager_id"], row["joint_with"])
        for row in rows_of(COMMITTED, "visits")
    )
    for row in lessons:
        key = (row["coached_on"], row["customer_id"], row["manager_id"], row["coach_id"])
        assert visits[key] == (0 if row["step"] == "E" else 1)


def test_one_focus_launch_takes_and_the_other_is_tried_and_dropped(sales: list[Sale]) -> None:
    new = [row for row in rows_of(COMMITTED, "products") if row["focus"] == "是" and row["launched_on"] >= "2024-11"]
    takes, fails = sorted(new, key=lambda row: row["launched_on"])
    repeat, buyers = {}, {}
    for row in (takes, fails):
        days = defaultdict(set)
        monthly = defaultdict(set)
        for sale in sales:
            if sale.sku == row["sku_id"] and sale.qty > 0:
                assert sale.day >= date.fromisoformat(row["launched_on"])
                days[sale.customer].add(sale.day)
                monthly[sale.day.month].add(sale.customer)
        repeat[row["sku_id"]] = sum(len(found) > 1 for found in days.values()) / len(days)
        buyers[row["sku_id"]] = {month: len(found) for month, found in monthly.items()}
        assert len(days) > 100
    assert repeat[takes["sku_id"]] > 0.7
    assert repeat[fails["sku_id"]] < 0.15
    assert buyers[takes["sku_id"]][10] > 2 * buyers[takes["sku_id"]][2]
    assert buyers[fails["sku_id"]][10] < buyers[fails["sku_id"]][3] / 3


def test_nobody_below_the_lowest_tier_of_a_sku_buys_it(sales: list[Sale]) -> None:
    tier = {row["customer_id"]: int(row["tier"]) for row in rows_of(COMMITTED, "customers")}
    lowest = {row["sku_id"]: int(row["min_tier"] or 0) for row in rows_of(COMMITTED, "products")}
    assert any(lowest.values())
    assert all(tier.get(sale.customer, 30) >= lowest.get(sale.sku, 0) for sale in sales)


def test_no_visit_falls_before_the_manager_came_or_after_the_manager_left() -> None:
    managers = {row["manager_id"]: row for row in rows_of(COMMITTED, "managers")}
    for row in rows_of(COMMITTED, "visits"):
        manager = managers[row["manager_id"]]
        assert manager["hired_on"] <= row["visit_date"] <= (manager["left_on"] or "9999")


def test_about_as_many_lines_are_written_as_were_asked_for(tmp_path: Path) -> None:
    for lines in (2_000, 30_000):
        counts = generate(tmp_path / str(lines), lines=lines, **SMALL)
        assert counts["sales.csv"] == pytest.approx(lines, rel=0.15)


def test_no_piece_is_larger_than_the_bound_however_many_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = generate(tmp_path / "whole", lines=30_000, **SMALL)
    pieces = []
    add = Extracts.add

    def watched(self: Extracts, name: str, frame, **expressions: str) -> None:  # type: ignore[no-untyped-def]
        pieces.append(len(frame))
        add(self, name, frame, **expressions)

    monkeypatch.setattr(Extracts, "add", watched)
    monkeypatch.setattr("etl.sample.sales.LINES_A_PIECE", 500)
    assert generate(tmp_path / "pieces", lines=30_000, **SMALL) == whole
    assert max(pieces) < 2_000
    assert digest(tmp_path / "pieces") == digest(tmp_path / "whole")


def test_progress_counts_the_days_up_to_all_of_them(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    generate(tmp_path, progress=lambda done, total: seen.append((done, total)), **SMALL)
    assert seen == [(day, 123) for day in range(1, 124)]


@pytest.mark.parametrize(
    "arguments",
    [{"customers": 1}, {"managers": 1, "teams": 1}, {"skus": 1, "brands": 1}, {"months": 1}, {"headers": "en"}],
    ids=str,
)
def test_the_smallest_cities_are_generated_too(tmp_path: Path, arguments: dict[str, int]) -> None:
    counts = generate(tmp_path, **{**SMALL, **arguments})
    assert counts["sales.csv"] > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"customers": 0}, "customers is 0"),
        ({"teams": 9}, "teams is 9, more than managers, 6"),
        ({"brands": 30}, "brands is 30, more than skus, 20"),
        ({"headers": "fr"}, "headers is 'fr'"),
        ({"lines": 0}, "lines is 0"),
    ],
    ids=str,
)
def test_an_argument_that_makes_no_sense_is_named(tmp_path: Path, arguments: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        generate(tmp_path, **{**SMALL, **arguments})
