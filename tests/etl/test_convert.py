"""How texts become values: a table of forms, each with the value a person would read in it."""

import datetime
from decimal import Decimal

import duckdb
import pytest

from etl.contract import Date, Id, Money, Month, Quantity, Score, Whole, YesNo, choice
from etl.values.convert import converted, quick

NOVEMBER_3 = datetime.date(2026, 11, 3)
OUTCOME = choice({"success": ("成功",), "fail": ("未成功",)})
CHANNEL = choice({"便利店": ("convenience",)}, strict=False)


def value(text, kind, date_format=""):
    with duckdb.connect() as connection:
        read = f"(select cell, {quick('cell', kind, date_format)} as quickly from (select ? as cell))"
        sql = f"select {converted('quickly', 'cell', kind, date_format)} from {read}"
        return connection.execute(sql, [text]).fetchone()[0]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03",
        "2026-11-3",
        "2026/11/3",
        "2026/11/03",
        "2026.11.3",
        "20261103",
        "2026年11月3日",
        "2026年11月03日 08:30",
        "２０２６／１１／３",
        "　2026-11-03 ",
        "2026-11-03 23:59:59",
        "2026-11-03T08:00:00",
        "2026/11/3 8:05",
        "20261103 08:05:00",
        "2026-11-03\t",
        "\u3000\u00a02026/11/3\ufeff",
        '="2026-11-03"',
        "20261103083000",
        "2026年11月3日 下午3:05",
        "46329",
        "46329.75",
        "2026-11-03T08:00:00.123456Z",
        "2026-11-03 08:00:00+08:00",
        "2026年11月3日 23:59:59",
    ],
)
def test_a_day_is_read_from(text):
    assert value(text, Date) == NOVEMBER_3


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "11/3/26",
        "3.11.2026",
        "26-11-03",
        "infinity",
        "epoch",
        "2026-11",
        "soon",
        "0",
        "20261",
        "461",
        "99999",
        "2026-10-23 25:99:99",
        "2026-10-23 24:60",
        "2026-10-23 foo",
        "2026-10-23 8:05 foo",
        "2026-10-23 08:05 foo1",
        "2026-10-23 08:05 x:00",
        "2026-1-2 8:05 Mars/Phobos",
        "2026年10月23日 25:00",
        "2026\\10\\23",
    ],
)
def test_what_is_no_day_for_certain_is_refused(text):
    assert value(text, Date) is None


def test_american_days_are_read_only_where_the_mapping_says_so():
    assert value("12/1/10 8:26", Date, "M/D/YY") == datetime.date(2010, 12, 1)
    assert value("13/1/10 8:26", Date, "M/D/YY") is None
    assert value("13/1/2010", Date, "D/M/YY") == datetime.date(2010, 1, 13)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("-12.5", "-12.5"),
        ("+3", "3"),
        ("1,234", "1234"),
        ("1,234,567.89", "1234567.89"),
        ("￥1,234.50", "1234.5"),
        ("¥12", "12"),
        ("$ 12", "12"),
        ("12.50-", "-12.5"),
        ("(1,200.00)", "-1200"),
        ("（12）", "-12"),
        ("１２３．５", "123.5"),
        ("　7 ", "7"),
        (".5", "0.5"),
        ("1e3", "1000"),
        ("0", "0"),
        ("12.5%", "0.125"),
        ("１２％", "0.12"),
        ("-3%", "-0.03"),
        ("1.2万", "12000"),
        ("(1.2万)", "-12000"),
        ("0.5亿", "50000000"),
        ("\u00a01,234\u3000", "1234"),
        ('="0012.50"', "12.5"),
        ("1 234.50", "1234.5"),
        ("'-5", "-5"),
        ("1 234 567", "1234567"),
        ("￥-5", "-5"),
        ("-￥5", "-5"),
        ("(￥1,200.00)", "-1200"),
        ("￥(12)", "-12"),
        ("1.5E+3", "1500"),
        ("1e-4", "0.0001"),
        ("1.20000", "1.2"),
        ("0.123456万", "1234.56"),
        ("99999999999999", "99999999999999"),
        # Programs that work in binary write fifteen digits and more; what is beyond the fourth decimal is no one's.
        ("12.100000000000001", "12.1"),
        ("0.30000000000000004", "0.3"),
        ("88.49557522123894", "88.4956"),
        ("5.551115123125783e-17", "0"),
        ("-1.776357e-15", "0"),
        ("12.1000000000001", "12.1"),
    ],
)
def test_a_number_is_read_from(text, number):
    assert value(text, Quantity) == value(text, Money) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("12条", Quantity, "12"),
        ("3箱", Quantity, "750"),
        ("2.5 箱", Quantity, "625"),
        ("1件", Quantity, "50"),
        ("5包", Quantity, "0.5"),
        ("0.2万支", Quantity, "10"),
        ("3-箱", Quantity, None),
        ("3箱-", Quantity, "-750"),
        ("3吨", Quantity, None),
        ("3元", Quantity, None),
        ("12元", Money, "12"),
        ("￥12.5元", Money, "12.5"),
        ("1.25万元", Money, "12500"),
        ("3千元", Money, "3000"),
        ("3条", Money, None),
        ("85分", Score, "85"),
        ("85%", Score, "85"),
        ("12档", Whole, "12"),
        ("30分钟", Whole, "30"),
        ("1.5档", Whole, None),
    ],
)
def test_a_unit_behind_a_number_counts_where_its_type_has_it(text, kind, number):
    assert value(text, kind) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1.234,56",
        "1,2345",
        "abc",
        "12x",
        "-",
        "--1",
        "(12",
        "-12-",
        "nan",
        "inf",
        "1 2 x",
        "12%%",
        "1.2万万",
        "0.00001",
        "0.00004",
        "1.00009",
        "-1.00009",
        "1e-9",
        "1.234567",
        "1 2",
        "12 34",
        "1234 567",
        "1,234 567",
        "1$2",
        "12￥34",
        "￥￥5",
        "￥5￥",
        "1_000",
        "+-3",
        "0.00005%",
        "100000000000000",
        "0x1F",
        "%",
        "万",
    ],
)
def test_what_is_no_number_for_certain_is_refused(text):
    assert value(text, Quantity) is None


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("7.0", 7), ("0010", 10), ("1,000", 1000), ("-3", -3)])
def test_a_whole_number_is_read_from(text, number):
    assert value(text, Whole) == number


@pytest.mark.parametrize("text", ["1.5", "0x10", "99999999999", "seven"])
def test_what_is_no_whole_number_is_refused_rather_than_rounded(text):
    assert value(text, Whole) is None


@pytest.mark.parametrize("text", ["是", "Y", "y", "Yes", "1", "true", "TRUE", "√"])
def test_yes_is_read_from(text):
    assert value(text, YesNo) is True


@pytest.mark.parametrize("text", ["否", "N", "no", "0", "False", "×"])
def test_no_is_read_from(text):
    assert value(text, YesNo) is False


def test_perhaps_is_neither_yes_nor_no():
    assert value("也许", YesNo) is None


@pytest.mark.parametrize(
    "text", ["2026-11", "2026/11", "202611", "2026年11月", "2026-11-01", "20261130", "２０２６年１１月"]
)
def test_a_month_is_read_from(text):
    assert value(text, Month) == "2026-11"


@pytest.mark.parametrize("text", ["2026-13", "11-2026", "2026", "Nov 2026"])
def test_what_is_no_month_is_refused(text):
    assert value(text, Month) is None


def test_identifiers_keep_their_leading_zeros_and_lose_their_spaces_and_tabs():
    assert value(" 00123\t", Id) == "00123"
    assert value("　00123　", Id) == "00123"


@pytest.mark.parametrize("blank", list(" \t\n\r\u3000\u00a0\ufeff\u200b"))
def test_blanks_of_every_kind_are_taken_off_either_end_and_left_within(blank):
    for text in ("A", "0", "~", "红塔山", f"A{blank}B"):
        assert value(f"{text}{blank}", Id) == text
        assert value(f"{blank}{text}", Id) == text
        assert value(text, Id) == text


def test_a_text_is_taken_out_of_what_spreadsheets_keep_it_in_and_no_other_equals_sign_is():
    assert value('="007"', Id) == "007"
    assert value("=7", Id) == "=7"
    assert value("==", Id) == "=="
    assert value("'007", Id) == "007"


def test_a_choice_is_read_by_its_word_and_by_its_aliases_in_any_case():
    assert value("Success", OUTCOME) == value("成功", OUTCOME) == "success"
    assert value("未成功", OUTCOME) == "fail"
    assert value("maybe", OUTCOME) is None


def test_an_open_choice_keeps_a_word_it_does_not_know():
    assert value("Convenience", CHANNEL) == "便利店"
    assert value("Warehouse", CHANNEL) == "Warehouse"


def test_an_empty_cell_is_no_value():
    assert value("　\t ", Quantity) is None
