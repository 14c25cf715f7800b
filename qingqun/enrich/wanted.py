"""Plain phrases on normalised texts: is data asked for, what is promoted, is something handed to one person. The dialect is RE2's."""

import polars as pl

_PAPERS = (
    "[^参的]表(?:[^示扬现态达决面演彰率彻明]|$)|台账|花名册|名册|名单|清单|明细|数据|底数|"
    "数字|[人户总]数|统计|报告|总结|材料|情况|信息|汇总|进度|附件|方案"
)
_HAND_IN = (
    "报送|上报|填报|报来|报[给到至我]|报(?:一下|一次|个|齐)|[补汇续]报|提交|提供|反馈|填[写好完]|汇总[到给后并]|交[来到给至齐]|上交|"
    "发[给到我至]|传[给到我至]|发(?:一下|一份|过来|回|邮箱)|前[^,。;!?\n]{0,3}[报交发]|要[^,。;!?\n求]{0,4}(?:数|表)"
)
_LIGHT = "参会|与会|参训|参赛|参加|到会|出席|报名|回执|接龙|车号|车牌|订餐|用餐|就餐"
_APP = "app|应用|小程序|客户端|下载|安装|平台|系统|软件|注册|登录|激活|绑定"
_ACCOUNT = "关注|公众号|视频号|抖音|微博|转发|点赞|投票|集赞|评论|朋友圈|分享|拉票|助力|阅读量|浏览|收看|观看|直播|粉丝|文章|推文"
_SURNAME = "[一-鿿]{1,3}"
_POST = (
    "姐|哥|叔|姨|总|工|局|处|科|所|镇|队|主任|书记|老师|科长|所长|局长|镇长|乡长|站长|处长|部长|校长|院长|经理|主席"
    "|同志|医生|教授|会计|委员|师傅"
)
_ADDRESSED = f"^(?:@?{_SURNAME}(?:{_POST})|[小老阿]{_SURNAME}|@[^@ 所全]{{1,12}})(?:您好|你好|好)?[,，: 、!]"
_HANDED = (
    "(?:发|传|寄|交|送|放|转|拷|抄|报|给|推|递)(?:到|给|至|在)?了?[您你]|发[^,。;!?\n]{0,6}(?:邮箱|微信|桌上|办公室)了|请[您你]?(?:查收|审阅|过目|审核|审定|指正|"
    "审批|把关|查看|批示|签收)"
)
_OTHERS = (
    "(?:请|要求|麻烦)(?:各|大家|全|所有|其他)|各[^,。;!?\n]{1,8}(?:请|须|必须|务必|抓紧|尽快|于)"
    "|大家|全体|所有人|你们|务必|必须|@所有人|@全体"
)
_HEADS = (
    "(?:每[人名位户]|人均|每个?(?:单位|科室|部门|社区|村|支部|党员|干部|职工|网格员?|老师|教师|班|窗口)|人人|各(?:单位|科室|社区|村|支部))[^,。;!?\n]{0,12}"
    "[,:]?(?:不(?:得|能)?少于|不低于|至少|必须|完成|要|发动|拉|转发?|点赞?|推荐|邀请)"
    "[^,。;!?\n]{0,6}[0-9一二两三四五六七八九十百]{1,4} ?(?:次|条|遍|名|人|位|个|户|篇|票)"
)


def wants_data(texts: pl.Series) -> pl.Series:
    """Tell whether a text asks for tables, figures or papers; who comes to a meeting, or a receipt, is none."""
    asked = texts.str.contains(_PAPERS) & texts.str.contains(_HAND_IN) & ~texts.str.contains(_LIGHT)
    return asked.fill_null(value=False).rename("wants_data")


def promotes_app(texts: pl.Series) -> pl.Series:
    """Tell whether what a text promotes is an application: to download, install, register."""
    return texts.str.contains(_APP).fill_null(value=False).rename("promotes_app")


def promotes_account(texts: pl.Series) -> pl.Series:
    """Tell whether what a text promotes is an account or what it publishes: to follow, forward, like."""
    return (texts.str.contains(_ACCOUNT) | ~texts.str.contains(_APP)).fill_null(value=False).rename("promotes_account")


def counts_heads(texts: pl.Series) -> pl.Series:
    """Tell whether a text sets a number for each person or office."""
    return texts.str.contains(_HEADS).fill_null(value=False).rename("counts_heads")


def hands_over(texts: pl.Series) -> pl.Series:
    """Tell whether a text hands something to one person it speaks to, and asks nothing of anybody else."""
    handed = texts.str.contains(_ADDRESSED) & texts.str.contains(_HANDED) & ~texts.str.contains(_OTHERS)
    return handed.fill_null(value=False).rename("hands_over")
