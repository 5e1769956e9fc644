"""The pages in the order of the navigation, and what each is called."""

PAGES = ("overview", "brand", "concentration", "managers", "meeting", "upload", "data", "dictionary")
TITLES = {
    "en": (
        "Overview",
        "Brand cultivation",
        "20/80 concentration",
        "Managers",
        "Meeting",
        "Upload",
        "Data",
        "Metric dictionary",
    ),
    "zh": ("总览", "品牌培育", "20/80 集中度", "客户经理", "周会", "上传", "数据", "口径"),
}
