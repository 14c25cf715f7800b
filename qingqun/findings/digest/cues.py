"""What words in a notice show: patterns over Chinese texts, none of them shown to anybody."""

CORRECTS = "更正|改为|改到|改在|改至|调整[为到至]|延期|延至|延后|推迟|提前[至到]|为准|作废|重发|更新如下|有误"
"""It says that it takes the place of an earlier one."""
COME = "参加|出席|参会|列席|到会|来一人|派一人|到场"
"""Somebody shall come."""
FREE = "自愿|愿意|有意|感兴趣|报名参加|不(?:用|必|需|得)?参加|(?:没|未|已|已经)参加"
"""Whoever likes comes, or somebody has come."""
