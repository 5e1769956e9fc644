"""Traditional characters beside the Simplified ones of our own words, so that both ways of writing them are known.

Only the characters that our headers, units and choices are written in stand here: what people write in cells stays as
they wrote it. A test holds the table against OpenCC.
"""

from collections.abc import Iterator
from itertools import product

from etl.sql import literal

FORMS = """
    万萬 专專 业業 乐樂 乡鄉 产產産 亿億 价價 关關 内內 农農 出齣 划劃 别別彆 制製 办辦
    务務 区區 千韆 单單 卖賣 卷捲 厂廠 发發髮 号號 合閤 员員 团團糰 场場 备備 复復複 娱娛
    实實 审審 家傢 对對 导導 属屬 师師 带帶 帮幫 库庫 开開 归歸 录彔錄録 态態 总總 户戶
    报報 损損 教敎 数數 无無 时時 杂雜 条條 柜櫃 查査 标標 核覈 档檔 检檢 汇匯彙滙 注註
    满滿 点點 烟煙菸 状狀 码碼 离離 称稱 类類 累纍 级級 线綫線 组組 细細 终終 经經 结結
    编編 网網 职職 营營 表錶 装裝 规規 计計 订訂 议議 记記 许許 访訪 证証證 说說説 调調
    败敗 货貨 费費 达達 适適 钟鈡鍾鐘 铺舖鋪 销銷 镇鎭鎮 长長 门門 闭閉 间間 队隊 阶階
    际際 险險 页頁 额額 风風 骤驟
"""
"""Each Simplified character with its Traditional ones behind it."""
TRADITIONAL = {form[0]: form[1:] for form in FORMS.split()}
SIMPLIFIED = str.maketrans({sign: plain for plain, signs in TRADITIONAL.items() for sign in signs})


def simplified(text: str) -> str:
    """The text with the characters of the table in their Simplified form."""
    return text.translate(SIMPLIFIED)


def simplified_sql(text: str) -> str:
    """The same as SQL."""
    signs = "".join(TRADITIONAL.values())
    return f"translate({text}, {literal(signs)}, {literal(simplified(signs))})"


def spellings(word: str) -> Iterator[str]:
    """The word as it is, then with each of its characters in every form."""
    return map("".join, product(*(sign + TRADITIONAL.get(sign, "") for sign in word)))
