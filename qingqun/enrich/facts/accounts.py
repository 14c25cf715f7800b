"""What a rule on public accounts may read, at the day of inspection. Unknown is null and counts as innocent."""

from qingqun.enrich.facts.fact import flag, number

closed = flag("is_closed", "检查日之前已注销")
accounts_before = number("accounts_before", "同一单位在同一平台更早开设、仍在运行的账号数")
days_since_post = number("days_since_post", "最近一次发布至检查日的天数；没有登记为空")
level = number("unit_level", "开设单位的层级：1 国家 2 省 3 市 4 县 5 乡镇街道 6 村社区；看不出为空")
department = flag("is_department", "开设单位是部门，不是一级政府")
off_topic = flag("off_topic", "发布内容是娱乐、商业或者其他与职责无关的；没有登记内容为空")
reviewed = flag("is_reviewed", "先审后发；没有登记为空")
interactive = flag("is_interactive", "有互动功能；没有登记为空")
badge = flag("has_badge", "在显著位置写明是谁开设的；没有登记为空")
has_security = flag("has_security", "登记了安全责任人或安全管理制度；台账没有这一栏为空")
