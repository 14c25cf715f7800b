"""What a rule on public accounts may read, at the day of inspection. Unknown is null and counts as innocent."""

from qingqun.enrich.facts.fact import flag, number

closed = flag("is_closed", "检查日之前已注销")
accounts_before = number("accounts_before", "同一单位在同一平台更早开设、仍在运行的账号数")
days_since_post = number("days_since_post", "最近一次发布至检查日的天数；没有登记为空")
