"""Traditional headers, units, choices and totals, as offices send them in Big5, are known like Simplified ones."""

from decimal import Decimal

import opencc
import pytest

from etl.contract import Choice, Number
from etl.contracts import EXTRACTS
from etl.staging.furniture import SHORT_TOTALS, SIGNED, TOTAL
from etl.values.convert import NO, YES
from etl.values.traditional import TRADITIONAL, simplified

FIRST, LAST = 0x4E00, 0x9FFF


def own_words():
    """Every word that texts from outside are compared with."""
    yield from (*YES, *NO, *SHORT_TOTALS, TOTAL, SIGNED, "单位")
    for extract in EXTRACTS:
        yield from (extract.name_zh, *extract.file_words)
        for column in extract.columns:
            yield from column.aliases
            if isinstance(column.type, Choice):
                yield from (part for word, aliases in column.type.words.items() for part in (word, *aliases))
            if isinstance(column.type, Number):
                yield from column.type.units


def test_the_table_is_what_opencc_says_of_the_characters_in_our_words():
    own = {sign for word in own_words() for sign in word}
    to_simplified = opencc.OpenCC("t2s")
    expected: dict[str, str] = {}
    for sign in map(chr, range(FIRST, LAST + 1)):
        plain = to_simplified.convert(sign)
        if plain != sign and plain in own:
            expected[plain] = expected.get(plain, "") + sign
    assert expected == TRADITIONAL


def test_our_words_written_in_traditional_characters_come_back_as_they_were():
    to_traditional = opencc.OpenCC("s2t")
    for word in own_words():
        assert simplified(to_traditional.convert(word)) == word


@pytest.mark.parametrize("encoding", ["big5", "utf-8"])
def test_sales_in_traditional_characters_are_loaded(office, encoding):
    office.write(
        "銷售明細.csv",
        ("銷售明細表", "單位：萬元"),
        ("訂單號", "行號", "訂單日期", "客戶編碼", "商品編碼", "數量（條）", "金額"),
        ("D1", 1, "2026年10月5日", "000123", "S1", "3條", "1.2萬"),
        ("D2", 1, "2026-10-06", "000124", "S1", "2箱", "1.5"),
        ("合計", "", "", "", "", "503", ""),
        encoding=encoding,
    )
    (file,) = office.load().files
    assert (file.extract, file.encoding, file.loaded, file.furniture) == ("sales", encoding, 2, 1)
    assert office.ask("select customer_id, qty, amount from sales order by order_id") == [
        ("000123", Decimal(3), Decimal(12000)),
        ("000124", Decimal(500), Decimal(15000)),
    ]


def test_choices_and_yes_or_no_in_traditional_characters_are_known_and_names_are_kept(office):
    office.write(
        "零售戶.csv",
        ("客戶編碼", "客戶名稱", "市場類型", "業態", "狀態"),
        ("001", "國華商行", "城鎮", "煙酒商店", "停業"),
        ("002", "萬業", "鄉村", "娛樂服務", "正常"),
        encoding="big5",
    )
    office.write("品規.csv", ("商品編碼", "類別", "重點培育"), ("S1", "一類", "是"), ("S2", "五類煙", "無"))
    office.write(
        "拜訪記錄.csv",
        ("拜訪編號", "拜訪日期", "客戶編碼", "客戶經理編碼", "結果"),
        ("V1", "2026-10-01", "001", "M", "未成功"),
        ("V2", "2026-10-01", "001", "M", "無"),
    )
    office.load()
    assert office.ask("select customer_name, market, channel, status from customers order by customer_id") == [
        ("國華商行", "urban", "烟酒商店", "closed"),
        ("萬業", "rural", "娱乐服务", "active"),
    ]
    assert office.ask("select price_class, focus from products order by 1") == [("一类", True), ("五类", False)]
    assert office.ask("select outcome from visits order by visit_id") == [("fail",), ("none",)]
