"""Surveys 满意度: how satisfied makers, retailers and consumers say they are."""

from etl.contract import Check, Column, Date, Extract, Id, Score, choice
from etl.contracts.aliases import CUSTOMER_ID, MANAGER_ID

AUDIENCE = choice(
    {
        "maker": ("工业", "工业公司", "manufacturer"),
        "retailer": ("零售户", "客户", "customer"),
        "consumer": ("消费者", "shopper"),
    }
)

SURVEYS = Extract(
    name="surveys",
    name_zh="满意度",
    description="Answers to satisfaction surveys, one row an answer. Equal answers of one day are separate answers.",
    keys=(),
    repeats=True,
    sort=("survey_date",),
    file_words=("满意度", "满意度调查", "survey", "satisfaction"),
    columns=(
        Column(
            "survey_date",
            Date,
            "Day of the answer.",
            required=True,
            aliases=("调查日期", "日期", "survey date", "date"),
        ),
        Column("audience", AUDIENCE, "Who answered.", required=True, aliases=("对象", "调查对象", "respondent")),
        Column("customer_id", Id, "Customer, if any.", aliases=CUSTOMER_ID, references="customers"),
        Column("manager_id", Id, "Manager it is about, if any.", aliases=MANAGER_ID, references="managers"),
        Column("score", Score, "From 0 to 100.", required=True, aliases=("得分", "分数", "满意度", "points", "rating")),
    ),
    checks=(Check("scores run from 0 to 100", "得分应在0至100之间", "score", "score not between 0 and 100"),),
)
