"""What a rule on messages may read: one typed line each, with its meaning.

A fact is a column of the enriched table. Facts look only into the past of a message. Times are whole seconds.
An unknown value is null; the engine, not the rule, counts it as innocent.
"""

import narwhals as nw

from qingqun.enrich.facts.fact import flag, number, times, word

# Labels (enrich/labels/): what the message is and asks for.
is_work = flag("is_work", "传达工作信息")
is_publishing = flag("is_publishing", "向群里发布工作信息：正式通知，或者有明确的工作内容、不是聊天中的只言片语")
is_receipt = flag("is_receipt", "只表示收到、同意、感谢")
is_notice = flag("is_notice", "向多人正式布置或告知")
is_reply_demand = flag("is_reply_demand", "要求回复收到或接龙")
is_shaming = flag("is_shaming", "点名未回复、未完成的人或单位")
is_forced_promotion = flag("is_forced_promotion", "强制下载、关注、转发、点赞、投票")
is_assessed_promotion = flag("is_assessed_promotion", "把下载、关注、转发、积分作为指标或排名")
is_photo_proof = flag("is_photo_proof", "要求拍照、截图、定位上传到群作为完成工作的证明")
is_leader_publicity = flag("is_leader_publicity", "变相宣传领导日常工作")
is_emergency = flag("is_emergency", "危及生命安全、不能等到工作时间的突发事件")
has_secret_mark = flag("has_secret_mark", "带有密级标志")
wants_at_once = flag("wants_at_once", "要求立即、马上或者几分钟内回复或交来")

wants_data = flag("wants_data", "要求报表格、数据、材料；参会名单、报名和回执不算")
promotes_app = flag("promotes_app", "推广的是应用：下载、安装、注册")
promotes_account = flag("promotes_account", "推广的是公众账号及其内容：关注、转发、点赞")
counts_heads = flag("counts_heads", "给每个人、每个单位写明了至少多少")

# Plain phrases (enrich/cues/).
is_overnight = flag("is_overnight", "要求连夜传达、落实不过夜")
asks_back = flag("asks_back", "要求报送贯彻落实情况、制定配套方案并上报")
is_poll_quota = flag("is_poll_quota", "给投票、答题、问卷定参与率")
assesses_traces = flag("assesses_traces", "把照片、笔记、批示、刊发信息作为考核的依据")
is_quota = flag("is_quota", "给每个村、每个单位、每个人定数量")
is_attendance = flag("is_attendance", "讲的是参加会议、培训、值班")
has_basis = flag("has_basis", "写明依据的文件、通知或批准")
is_inspection = flag("is_inspection", "通知某日有督查、检查、调研到来")
is_campus = flag("is_campus", "社会事务进校园")
forces_joining = flag("forces_joining", "要求必须入群，或者不许退群")
is_homework = flag("is_homework", "布置作业")
tasks_parents = flag("tasks_parents", "要求家长批改、检查作业或者替学生完成任务")
is_school_checkin = flag("is_school_checkin", "要求在群里打卡、交作业、晒视频")
shows_scores = flag("shows_scores", "列出多名学生的成绩、名次")
names_pupil = flag("names_pupil", "点名说某个学生的问题")
sells = flag("sells", "推荐、征订教辅和电子产品")
is_vote = flag("is_vote", "请人投票、集赞，发红包")
shows_data = flag("shows_data", "写出身份证号、多个电话或住址")
characters = number("characters", "字数")
says_special = flag("says_special", "写明是专项工作")
claims_urgency = flag("claims_urgency", "自称紧急、特急、加急")
gives_ground = flag("gives_ground", "写明了灾害、事故，或者是上级的什么要求；没有自称紧急为空")
warning_level = number("warning_level", "预警或应急响应的级别：1 红 2 橙 3 黄 4 蓝；没有写为空")
event_grade = number("event_grade", "突发事件、事故的级别：1 特别重大 2 重大 3 较大 4 一般；没有写为空")
is_duty_group = flag("is_duty_group", "群名表明是值班、应急、防汛群")
is_parents = flag("is_parents", "群名表明是家长群、班级群")

# Working time (clock/), in the unit's own hours.
grade = word("grade", "发送时段：work lunch after rest_day night holiday")
sent_on = number("sent_on", "发送的日期（北京时间），如 20260313")
in_worktime = flag("in_worktime", "在单位工作时间内发送")
seconds_to_close = number("seconds_to_close", "距当天下班的秒数；非工作日或已下班为空")
offhours_days = number("offhours_days", "本群连同当天的 7 天内，有多少天在非工作时间发过非紧急工作信息；本条不是则为空")

# Deadline (enrich/deadline.py).
seconds_to_deadline = number("seconds_to_deadline", "距消息要求的完成时限的秒数；无时限为空")
due_before_next_workday = flag("due_before_next_workday", "时限在下一个工作日上班之前")
due_same_afternoon = flag("due_same_afternoon", "上午发出，当天下午就到时限")
worked_to_deadline = number("worked_to_deadline", "发出到时限之间有多少秒工作时间；无时限或者时限在 16 天以后为空")

# Days off (enrich/restdays/).
works_on_rest_day = flag("works_on_rest_day", "要求在休息日、节假日做事、到场或者交来；值班表、自愿参加和写明补休的不算")

# Repeats (enrich/repeats.py) and what came before (enrich/context.py).
copies_in_other_groups = number("copies_in_other_groups", "此前 7 天内同一通知或工作信息已发到的其他群数")
seconds_since_copy = number("seconds_since_copy", "距同一通知上一次发在其他群的秒数；没有则为空")
receipts_since_demand = number("receipts_since_demand", "本群最近一条要求回复的通知之后 24 小时内第几条收到；本条不是收到则为空")
photo_senders_since_demand = number(
    "photo_senders_since_demand", "本群最近一条要求拍照的通知之后 24 小时内第几个单位或个人发图；本条不是其首次发图则为空"
)
inspections_in_week = number("inspections_in_week", "本群 7 天内第几个不同的督查检查通知；本条不是则为空")
campus_in_term = number("campus_in_term", "本群 150 天内第几个不同的进校园通知；本条不是则为空")
seconds_since_material = number("seconds_since_material", "距另一人索要同名材料的秒数；没有则为空")
asked_by = number("asked_by", "要求本条收到或本张照片的那条通知的行号；没有则为空")


def seconds_since_earlier(n: int) -> nw.Expr:
    """Seconds since the n-th earlier message of the same sender in the same group; null where there are fewer."""
    return times("seconds_since_earlier", n)


def seconds_since_receipt(n: int) -> nw.Expr:
    """Seconds since the n-th earlier receipt of anybody in the same group; null where there are fewer or this is none."""
    return times("seconds_since_receipt", n)
