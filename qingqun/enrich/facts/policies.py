"""What a rule on a unit's own group rules may read: one row a sentence."""

from qingqun.enrich.facts.fact import flag

is_urgent = flag("is_urgent", "只讲值班、应急、突发情况")
wants_instant = flag("wants_instant", "要求马上或者几分钟、几小时之内回复")
wants_receipt = flag("wants_receipt", "要求人人回复收到、接龙、打卡")
wants_forward = flag("wants_forward", "要求转发、点赞、关注")
no_leaving = flag("no_leaving", "要求必须入群，或者不许退群")
wants_photo = flag("wants_photo", "要求把照片、截图、视频发到群里")
wants_install = flag("wants_install", "要求安装、注册、登录，或者定安装率")
wants_score = flag("wants_score", "把回复、转发、在线与考核、扣分、通报挂钩")
late_hours = flag("late_hours", "允许发布通知的时段延到晚上")
always_on = flag("always_on", "要求全天候在线、休息时间也要响应")
