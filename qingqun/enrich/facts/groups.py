"""What a rule on groups may read, at the day of inspection. Unknown is null and counts as innocent."""

from qingqun.enrich.facts.fact import flag, number, word

kind = word("kind", "群的类型：main department topic special-task parents public personal")
disbanded = flag("is_disbanded", "检查日之前已解散")
has_owner = flag("has_owner", "登记了群主或管理员")
has_security = flag("has_security", "登记了安全责任人或安全管理制度；台账没有这一栏为空")
main_groups_before = number("main_groups_before", "同一单位更早建立、仍在用的综合工作群数")
days_past_end = number("days_past_end", "专项任务结束后已过的天数；未结束或没有登记结束日期为空")
days_old = number("days_old", "建群至检查日的天数")
ever_used = flag("ever_used", "有人在群里发过有内容的消息；没有聊天记录也没有登记最近发言为空")
days_silent = number("days_silent", "最近一条有内容的真人消息至检查日的天数；从未使用为空")
overlap = number("overlap", "与同一单位、同一类型、更早建立且仍在用的群，成员重合度的最大值，百分数（交集除以并集）")
same_purpose = flag(
    "same_purpose", "与同一单位、更早建立且仍在用的群用途相同：看名称、用途和共同的成员；部门群、专题群、专项群互相比较，其余只比同一类型"
)
registered = flag("is_registered", "在台账里；只见于聊天记录的群为否")
owner_is_junior = flag("owner_is_junior", "群主的职务在中层以下；没有写职务或者看不出为空")
members_seen = number("members_seen", "成员名单里的人数；没有成员名单为空")
nicknames = number("nicknames", "群内显示的名字不像真实姓名、也不是单位名称的成员，占成员的百分数")
papers_percent = number(
    "papers_percent", "本单位各群最近一年不同的文件和会议通知，是再前一年的百分之几；只写在最早的一个群；记录缺了任何一个季度为空"
)
papers_before = number("papers_before", "再前一年不同的文件和会议通知数；写法和为空的情形同上")
offhours_weeks = number("offhours_weeks", "最近一年里，连续多少周每周至少两次在非工作时间布置非紧急工作；没有聊天记录为空")
