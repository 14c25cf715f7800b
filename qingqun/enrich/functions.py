"""What the functions of an app are, as its register lists them. What the list says it does not have is left out first."""

import polars as pl

_SPOKEN = "无纸化|无障碍|无人机|不限于|不动产|不断|不同|非物质|未成年人|未来"
_DENIED = r"(?:不|无|没有|未|取消|废除|去除|删除|关闭|停用|禁止|杜绝)[^,;。!?\n()]*"
_USE = "安装|下载|注册|激活|登录|使用|活跃|关注|已读|阅读|签收|打开|上线|在线|覆盖"
_HELD = "通报|排名|排行|考核|评比|公示|亮晒|督办|约谈|达标|指标|不低于|统计"
_ABSENT = "未(?:读|登录|安装|注册|激活|签收|使用)(?:人员|用户|单位)?(?:名单|通报|清单)"  # kept: these lists are what is asked about
PATTERNS = {
    "checks_in": "打卡|签到|签退|考勤|点名|积分|排名|排行|榜单|勋章|经验值|等级晋升|连续登录"
    "|(?:在线|学习|使用|观看|停留)时长|时长(?:统计|考核|排)",
    "counts_use": f"(?:{_USE})(?:率|人数|情况|数量|名单)[^,;。]{{0,8}}(?:{_HELD})|(?:{_HELD})[^,;。]{{0,8}}(?:{_USE})(?:率|人数|情况|名单)"
    "|缺席名单",
    "forces_use": f"(?:强制|必须|务必|一律|全员|人人|限期|每日|每天|每周|定期)[^,;、。]{{0,6}}(?:{_USE})"
    "|(?:安装|登录|使用)[^,;。]{0,4}(?:任务|指标)",
    "assesses": "考核|考评|督查|督导|评比|评先|绩效|线上检查|远程检查",
    "collects": "填报|填表|报表|报数|报送|上报|数据采集|信息采集|台账|交材料",
    "tracks": "轨迹|定位|位置(?:上报|上传|采集|跟踪|共享)|(?:拍照|照片|图片|视频|截图|录像)[^,;。]{0,4}(?:上传|留痕|回传)"
    "|上传[^,;。]{0,6}(?:照片|图片|视频|截图)|水印相机|留痕|人脸",
    "trades": "广告|商城|商品|带货|电商|购物|团购|优惠券|理财|贷款|付费|充值|会员费|营销|订购|有偿",
}


def functions(plain: pl.Series) -> pl.DataFrame:
    """Return one yes/no column per pattern for lists of functions, normalised; null where nothing is listed."""
    kept = plain.str.replace_all(_SPOKEN, "·").str.replace_all(_ABSENT, "缺席名单")
    said = kept.str.replace_all(_DENIED, "")
    return pl.DataFrame({name: said.str.contains(pattern) for name, pattern in PATTERNS.items()})


def tokens(frame: pl.DataFrame) -> pl.DataFrame:
    """Return (app, function) pairs, each once: what stands between the separators of the list."""
    pieces = pl.col("plain").str.replace_all(r"[,;。/|\n ]+|、", "、").str.split("、")
    listed = frame.select("app", function=pieces).explode("function", empty_as_null=True, keep_nulls=False)
    return listed.filter(pl.col("function").str.len_chars() > 1).unique()
