"""The paper that a text asks for, by a name that two askers share: 60岁以上老人花名册."""

import polars as pl

_KINDS = (
    "统计表|汇总表|情况表|登记表|明细表|信息表|调查表|基础表|自查表|排查表|清查表|"
    "记录表|一览表|(?:发放|收支|支出|补贴|费用)明细|名录|台账|花名册|名单|名册|报表|清单"
)
_NAME = rf"([0-9a-z一-鿿]{{2,24}}?(?:{_KINDS}))(?:$|[^一-鿿]|[今明后本周下上发报交给到于至要填今抓尽按传截请麻务一给送])"
_ASKS = (
    "报送|上报|填报|提交|填写|填好|提供|更新|梳理|汇总|收集|报来|发来|交来|需要|要一份|索要|要[用报交]|"
    "发[我给到一份]|给我|发(?:邮箱|过来|.{1,4}一份)|[报填做交](?:一下|一份|个|份)?|"
    "报[上到给]|[将把][^,。;]{2,20}(?:表|台账|册|名单|清单|明细)[给送]|统计"
)
_BEFORE = (
    "报送|上报|填报|提交|填写|填好|更新|提供|梳理|完善|汇总|收集|做好|报来|发来|交来|需要|各自的?|[本各](?:村|"
    "社区|单位|科室|校|部门|网格|支部|站所|班|组)的?|"
    "你[们村单]位?的?|最新的?|全部|一下|一份|再|[将把报交填做要的]|统计各.{1,3}"
)
_AGAIN = "尚未|还没|未报|没报|再次|提醒|催|补报|如下|附后|见附件|已经|已报|公示|收到|模板|感谢|谢谢|辛苦"
_ROUND = "每[日天周月季]|日报|周报|月报|[0-9一二三四]+(?:季度|月份?|年度)|[上下]半年"  # 同名而不同期
_GENERAL = (
    "^(?:参会|参训|报名|人员|参加|签到|值班|学员|获奖|入围|与会|推荐|工作|干部|本人|有关|具体|责任|问题|任务|"
    "物资|这个|那个)*人?员?(?:名单|清单|表|台账)$"
)
_ALIKE = (
    ("老年人", "老人"),
    ("人员|居民|群众", "人"),
    ("统计表|汇总表|情况表|登记表|明细表|明细|一览表|信息表|调查表|基础表|报表|表格", "表"),
    ("花名册|名册|名录", "名单"),
    ("情况|基本|相关|有关", ""),
)


def material(said: pl.Series) -> pl.Series:
    """Name the paper a text asks for; null where it asks for none, reminds of one, or asks for one of a certain month or week."""
    name = said.str.extract(_NAME, 1).str.replace(f"^.*(?:{_BEFORE})", "")
    for words, same in _ALIKE:
        name = name.str.replace_all(words, same)
    asked = (
        said.str.contains(_ASKS)
        & ~said.str.contains(_AGAIN)
        & ~said.str.contains(_ROUND)
        & (name.str.len_chars() > 3)
        & ~name.str.contains(_GENERAL)
    )
    return pl.DataFrame({"name": name, "asked": asked}).select(pl.when("asked").then("name")).to_series()
