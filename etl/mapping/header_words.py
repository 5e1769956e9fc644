"""What the words of a header say of a column that has no known name: that it holds codes or prices, and whose."""

import re
import unicodedata

from etl.mapping.headers import plain

CODE = re.compile(
    r".*((?:^|[^A-Za-z])(?i:id|no|key|code)\.?|[a-z](?:Id|ID|No|Key|Code)|编码|编号|代码|号|码)", re.DOTALL
)
"""Capitals count: the id of CustomerID is a word, that of paid is none."""
PRICE = re.compile(
    r"(销售|成交|批发|结算|含税|不含税)?(单价|价格|售价|批价)|(unit|sales?|selling|net|wholesale|invoice)?price"
)
"""What one piece was sold for; a suggested or a retailer's price makes no amount."""
ANY_PRICE = re.compile(r".*(价|价格|price)")
OF = {
    "customer": re.compile(
        r".*(客户(?!经理)|零售户|商户|门店|店|终端|往来单位|customer|client|retailer|reseller|store|shop|outlet).*"
    ),
    "product": re.compile(r".*(商品|产品|品规|货品|货号|卷烟|product|article|item|sku|goods|stockcode).*"),
    "manager": re.compile(r".*(经理|业务员|销售员|业务代表|manager|employee|sales(person|man|rep)|seller).*"),
}


def is_called_code(header: str) -> bool:
    """Whether it says that it holds codes, though they may look like numbers."""
    return bool(CODE.fullmatch(unicodedata.normalize("NFKC", header).strip()))


def is_called_price(header: str) -> bool:
    """Whether it says that it holds what one piece was sold for."""
    return bool(PRICE.fullmatch(plain(header)))


def is_called_any_price(header: str) -> bool:
    """Whether it says that it holds some price of a piece, which is neither an amount nor a quantity."""
    return bool(ANY_PRICE.fullmatch(plain(header)))


def is_called_for(kind: str, header: str) -> bool:
    """Whether it speaks of a customer, a product or a manager."""
    return bool(OF[kind].fullmatch(plain(header)))
