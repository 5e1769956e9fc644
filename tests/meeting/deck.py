"""A deck made by hand, with a block of every kind that pages show and with texts that mean harm."""

from meeting.deck import Deck, Definition, Slide
from ui.blocks import Block, Field, Tile

HOSTILE = '=cmd|"/c calc"!A1 <img src=x onerror=alert(1)>'

TILES = Block(
    "headline",
    "tiles",
    tiles=(
        Tile("amount", "销售额", 2086599.12, "209万", "-17.8%", "同比 +14.2%"),
        Tile("strike_rate", "拜访成功率", None, "—", reason="没有拜访记录"),
        *(
            Tile(f"t{place}", "Target attainment", 1.0, "100.2%", "-17.8 pp vs before", "-11.7 pp y/y")
            for place in range(7)
        ),
    ),
)
CUSTOMERS = Block(
    "vital-key",
    "table",
    "重点客户",
    fields=(
        Field("position", "排名", "count"),
        Field("customer_name", "客户名称", "text"),
        Field("amount", "销售额", "money"),
        Field("year_growth", "同比", "change"),
        Field("last_order", "最近订货", "date"),
    ),
    rows=tuple(
        (place, f"客户{place}" if place > 1 else HOSTILE, 1000.5 * place, 0.125, "2026-11-20") for place in range(1, 21)
    ),
    written=tuple(
        (f"{place}", f"客户{place}" if place > 1 else HOSTILE, f"{1000.5 * place:,.1f}", "+12.5%", "2026-11-20")
        for place in range(1, 21)
    ),
)
BARS = Block(
    "score",
    "chart",
    "谁领先？",
    figure={
        "data": [
            {
                "type": "bar",
                "name": "结果",
                "x": [["一部", "一部"], ["甲", "乙"]],
                "y": [40.0, 30.0],
                "marker": {"color": "#2f7ebc"},
                "text": ["40", "30"],
            },
            {
                "type": "bar",
                "name": "过程",
                "x": [["一部", "一部"], ["甲", "乙"]],
                "y": [20.0, None],
                "marker": {"color": "#0b9b78"},
                "text": ["20", ""],
            },
            {
                "type": "scatter",
                "mode": "text",
                "textposition": "top center",
                "x": [["一部", "一部"], ["甲", "乙"]],
                "y": [60.0, 30.0],
                "text": ["60", "30"],
            },
        ],
        "layout": {"barmode": "stack", "yaxis": {"ticktext": ["0", "50"], "tickvals": [0, 50]}},
    },
)
WATERFALL = Block(
    "changed-waterfall",
    "chart",
    "少了多少？",
    figure={
        "data": [
            {
                "type": "bar",
                "x": ["去年", "减少", "本期"],
                "base": [0.0, 100.0, 0.0],
                "y": [100.0, -30.0, 70.0],
                "marker": {"color": ["#8a8f98", "#e08a00", "#8a8f98"]},
            },
            {
                "type": "scatter",
                "mode": "text",
                "textposition": "top center",
                "x": ["去年", "减少", "本期"],
                "y": [100.0, 100.0, 70.0],
                "text": ["100", "-30", "70"],
            },
        ],
        "layout": {"showlegend": False, "yaxis": {"visible": False, "range": [-2, 114]}},
    },
)
BUBBLES = Block(
    "quadrant",
    "chart",
    "哪些快而窄？",
    figure={
        "data": [
            {
                "mode": "markers+text",
                "x": [0.28, 0.46],
                "y": [0.72, 1.3],
                "marker": {"size": [118261.2, 98414.4], "sizemode": "area", "sizeref": 87.5, "color": "#2f7ebc"},
                "text": ["青瓷", ""],
                "hovertext": ["青瓷&lt;b&gt;<br>28%", "榆晚<br>46%"],
            }
        ],
        "layout": {
            "xaxis": {"title": {"text": "铺货率"}, "ticktext": ["0%", "50%"]},
            "yaxis": {"title": {"text": "单点动销"}},
        },
    },
)
HEAT = Block(
    "heat",
    "chart",
    "哪里薄弱？",
    figure={
        "data": [
            {
                "type": "heatmap",
                "x": ["一档", "二档"],
                "y": ["城"],
                "z": [[0.5, None]],
                "text": [["50%", ""]],
                "texttemplate": "%{text}",
            }
        ],
        "layout": {},
    },
)
SENTENCES = Block("attention", "sentences", "需要关注", sentences=(HOSTILE, "云泊片区同比 -21.9%，少卖 3.53万。"))

DECK = Deck(
    "2026-11-30",
    "周会",
    "2026-11-30",
    "zh",
    "v000007",
    "2026-11-29 18:00",
    (
        Slide(
            "headline",
            "做得怎么样？",
            "销售额 209万。",
            "先说总数",
            (TILES,),
            (Definition("amount", "销售额", "卖了多少？", "Σ 金额", "退货冲减。"),),
            (("时间", "2026-11-01 – 2026-11-29"), ("数据版本", "v000007")),
        ),
        Slide("customers", "重点客户是谁？", "65 户占 80%。", blocks=(CUSTOMERS,)),
        Slide("charts", "图", blocks=(BARS, WATERFALL, BUBBLES, HEAT)),
        Slide("exceptions", "哪些需要关注？", blocks=(SENTENCES,)),
        Slide("gone", "变了什么？", problem="此页已不再显示所固定的内容。"),
    ),
)
