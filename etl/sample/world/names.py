"""Invented names, put together from syllables. Nobody and nothing real is meant."""

import numpy as np

AREAS = ("澜桥", "云泊", "禾墩", "望渚", "松埠", "柳汀", "砚浦", "苇湾", "岚坪", "榆渡", "棠坞", "雁堰")
MAKERS = ("东屿卷制", "北麓卷制", "南汀卷制", "西岚卷制", "中渚卷制")
BRANDS = (
    "青瓷",
    "澜月",
    "竹隐",
    "溪语",
    "霁雪",
    "栖鹤",
    "墨岚",
    "砚田",
    "苇舟",
    "榆晚",
    "汀澜",
    "沉杉",
    "杏坞",
    "禾砚",
    "雁书",
    "石枫",
    "棠屿",
    "暮帆",
)
VARIANTS = ("清韵", "细支", "中支", "典藏", "醇和", "硬盒", "软盒", "短支", "新境", "雅集")
FAMILY = "沐郁桑简蔺逄鄢亓麴臧咸濮邬呼缑"
GIVEN_FIRST = "砚禾岚汀渚霁榆苇棠泊澜杉"
GIVEN_LAST = "舟晚语隐书田墨月帆枫坞屿"
SHOP_FIRST = "禾云汀月岚松柳桥溪石竹杏榆棠雁帆霁墨砚苇"
SHOP_LAST = "丰和顺达来兴佳宁悦源记缘香满隆聚福泰嘉邻"
SHOP_KINDS = {
    "食杂店": "食杂店",
    "便利店": "便利店",
    "超市": "超市",
    "商场": "百货",
    "烟酒商店": "烟酒行",
    "娱乐服务": "茶座",
    "其他": "商行",
}


def area_name(index: int) -> str:
    """The index-th area; after the list, numbered."""
    turn, place = divmod(index, len(AREAS))
    return AREAS[place] + (f"{turn + 1}区" if turn else "片区")


def brand_name(index: int) -> str:
    """The index-th brand; after the list, numbered."""
    turn, place = divmod(index, len(BRANDS))
    return BRANDS[place] + (str(turn + 1) if turn else "")


def variant_name(brand: int, index: int) -> str:
    """The index-th variant of a brand; after the list, numbered."""
    turn, place = divmod(index, len(VARIANTS))
    return VARIANTS[(brand + place) % len(VARIANTS)] + (str(turn + 1) if turn else "")


def person_names(count: int, random: np.random.Generator) -> list[str]:
    """As many different names as asked for."""
    names = [a + b + c for a in FAMILY for b in GIVEN_FIRST for c in GIVEN_LAST]
    order = random.permutation(len(names))
    return [names[order[i % len(names)]] + (str(i // len(names) + 1) if i >= len(names) else "") for i in range(count)]


def shop_names(channels: list[str], random: np.random.Generator) -> list[str]:
    """A shop name for each channel in turn; two shops may share one, as in life."""
    first = random.integers(len(SHOP_FIRST), size=len(channels))
    second = random.integers(len(SHOP_FIRST), size=len(channels))
    last = random.integers(len(SHOP_LAST), size=len(channels))
    return [
        SHOP_FIRST[a] + SHOP_FIRST[b] + SHOP_LAST[c] + SHOP_KINDS[channel]
        for a, b, c, channel in zip(first, second, last, channels, strict=True)
    ]
