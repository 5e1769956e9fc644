"""Names in the order in which people count."""

import random

import pytest

from metrics.counting_order import counting_order


@pytest.mark.parametrize(
    "ordered",
    [
        [
            "客户服务一部",
            "客户服务二部",
            "客户服务三部",
            "客户服务四部",
            "客户服务九部",
            "客户服务十部",
            "客户服务十一部",
        ],
        ["第一队", "第二队", "第十队", "第十二队", "第二十队", "第二十一队", "第一百零五队"],
        ["2队", "10队", "011队"],
        ["Team 2 B", "Team 2 C", "Team 10 A"],
        ["二〇二五", "二〇二六"],
        ["2队", "两队", "二队", "三队"],
        ["七队", "千队", "1" * 30 + "队"],
    ],
)
def test_names_are_counted(ordered: list[str]) -> None:
    mixed = random.Random(1).sample(ordered, len(ordered))
    assert sorted(mixed, key=counting_order) == ordered


def test_names_without_numbers_stay_in_the_order_of_their_letters_and_no_two_are_equal() -> None:
    names = ["Bo", "Ann", "南片", "北片", "", "unknown", "一队", "1队", "01队"]
    assert sorted(["Bo", "Ann", "南片", "北片"], key=counting_order) == sorted(["Bo", "Ann", "南片", "北片"])
    assert len({counting_order(name) for name in names}) == len(names)
