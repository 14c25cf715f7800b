"""What a text that calls itself urgent says of its urgency: the ground it names, the colour of its warning, the grade of its event.

Grounds are those of 人薪发〔1995〕32号 (a superior's urgent task, a disaster, an accident), colours and grades those of
《突发事件应对法》.
"""

from collections.abc import Callable

import polars as pl

_SAME = "[^,;。!?\n]"
_NOT = (
    "紧急(?:联系|出口|避险|救护|疏散|制动|停车|按钮|电话|情况(?:除外|下|时|请|可|的)|状态|程度|程序|预案|救援)"
    "|(?:不|非|没那么|并不|不太|不是(?:很|特别)?)(?:很|太)?(?:紧?急|着急)|(?:如有|若有|如遇|遇有?|出现|发生|除)[^,;。!?\n]{0,6}紧急"
    "|应急|急救|急诊|急性|着急|紧急(?:程度|与否)|轻重缓急|救急|急转|急弯|急流|急刹|急躁|当务之急|急难愁盼|急需|焦急"
)
_CLAIM = (
    "^[ \n]*(?:各位|大家|@[^ ]{1,8})?[ ,:]*[\\[【(「《*#!]*(?:特急|加急|万分紧急|十分紧急|紧急|急)+[ \\]】)」》*#!:,。]"
    f"|[【\\[(「]{_SAME}{{0,4}}(?:特急|加急|紧急|急件|急){_SAME}{{0,6}}[】\\])」]"
    "|紧急(?:通知|任务|事项|工作|安排|部署|要求|提醒|填报|上报|统计|调度|报送|会议|布置|催报|补报|事情|需要|情况[:,])"
    "|十万火急|万分火急|特急|加急|急件|急办|急事|急活|急用|很急|挺急|太急|特别急|非常急|比较急|急着[要用交报]|急[要等]"
    "|(?:非常|十分|特别|万分|比较|很|较为?|都?很|相当|时间)紧急|任务紧急|事情紧急|事出紧急"
)
_PAPERS = (
    "台账|总结|材料|报表|统计表|情况表|表格|汇总|宣传|演练|演习|预案|检查|培训|考核|照片|方案|资料|知识|竞赛|排查|自查|心得|答题|信息表"
    "|专题|专项(?:行动|整治)|安全月|活动|责任书|承诺书|海报|视频|简报|信息员|领导小组|办公室|工作群|保险|补贴|普查|会议|专班"
)
_DISASTER = (
    "台风|暴雨|强降雨|大雨|洪水|洪涝|山洪|内涝|汛情|超警|决堤|溃坝|泄洪|地震|余震|滑坡|塌方|崩塌|泥石流|地质灾害|山火|森林火|草原火|火灾|起火"
    "|着火|失火|明火|旱情|寒潮|暴雪|大雪|冰冻|冻雨|结冰|冰雹|龙卷|大风|雷暴|雷电|强对流|风暴潮|沙尘暴|高温红色|灾情|灾害|险情|预警|抗洪|抢险"
    "|疫情|确诊|疑似病例|阳性|传染病|聚集性(?:发热|呕吐|腹泻)|禽流感|非洲猪瘟|口蹄疫|虫灾"
)
_ACCIDENT = (
    "事故|爆炸|爆燃|泄漏|坍塌|垮塌|塌陷|中毒|被困|伤亡|死亡|失联|走失|失踪|溺水|落水|触电|坠落|坠楼|侧翻|追尾|决口|断裂|爆管|持刀|伤人|斗殴|聚众"
    "|群体性事件|投毒|停电|断电|停水|断水|危及|生命安全|人身安全|轻生|救援|营救|搜救"
)
_ABOVE = (
    "上级|国家|国务院|中央|省委|市委|区委|县委|州委|旗委|镇委|党委|省政府|市政府|区政府|县政府|州政府|镇政府|街道党工委|(?:省|市|区|县|州|旗|镇|乡|街道)"
    "(?:里|领导|[^,;。!?\n ]{0,10}?(?:办|委|局|厅|部|指挥部|领导小组|中心|处|院|防指|工委))|防指|防汛办|指挥部|教育部|应急部|公安部"
)
_ORDER = "要求|通知|部署|任务|指令|命令|来电|电话|明电|调度|批示|指示|交办|督办|紧急"
_SUPERIOR = (
    f"(?:{_ABOVE}){_SAME}{{0,14}}(?:{_ORDER})|(?:接|按照?|根据|据|应|奉|依据|遵照|落实){_SAME}{{0,3}}(?:{_ABOVE}){_SAME}{{0,20}}(?:{_ORDER})"
    "|明传电报|内部明电|特急明电"
)
_ALERTS = ["预警", "警报", "信号", "响应"]
_EVENTS = ["事故", "事件", "灾害", "险情", "汛情", "疫情"]
_COLOURS = ("红色", "橙色", "黄色", "蓝色")
_LEVELS = (("I", "一", "1"), ("II", "二", "2"), ("III", "三", "3"), ("IV", "四", "4"))
_GRADES = ("特别重大", "重大", "较大", "一般")
_EVENT = "级?的?(?:[^,;。!?\n情项]{0,6}(?:事故|事件)|灾害|险情|汛情|疫情)"
_DUTY = "值班|值守|带班|应急|抢险|防汛|防火|森防|三防|防台|防指|抗旱|消防|救援|突击队|安全员|指挥部"


def urgent(plain: pl.Series) -> pl.DataFrame:
    """Return, for normalised texts, `claims_urgency`, `gives_ground`, `warning_level` and `event_grade` (1 is the gravest).

    A colour that falls counts as the graver one. Null: nothing is said, of the ground also where no urgency is claimed.
    """
    texts = plain.fill_null("").rename("text")
    claimed = _only(texts, texts.str.contains("急", literal=True), _claims)
    return pl.DataFrame(
        {
            "claims_urgency": claimed.fill_null(value=False),
            "gives_ground": _only(texts, claimed.fill_null(value=False), _grounded),
            "warning_level": _only(texts, texts.str.contains_any(_ALERTS), _warnings),
            "event_grade": _only(texts, texts.str.contains_any(_EVENTS), _events),
        },
        schema={"claims_urgency": pl.Boolean, "gives_ground": pl.Boolean, "warning_level": pl.Int64, "event_grade": pl.Int64},
    )


def _only(texts: pl.Series, where: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Read the few texts that can say anything; null for the others."""
    places = where.arg_true()
    found = read(texts.gather(places))
    return pl.Series([None], dtype=found.dtype).new_from_index(0, len(texts)).scatter(places, found)


def _claims(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(_NOT, "·").str.contains(_CLAIM)


def _grounded(texts: pl.Series) -> pl.Series:
    """What is only the subject of a paper is no ground: 防汛台账."""
    papers = texts.str.replace_all(f"(?:{_DISASTER}|{_ACCIDENT})[^,;。!?\n]{{0,6}}(?:{_PAPERS})", "·")
    return papers.str.contains(f"{_DISASTER}|{_ACCIDENT}|{_SUPERIOR}")


def _warnings(texts: pl.Series) -> pl.Series:
    return _first(texts, [_warning(place) for place in range(4)])


def _events(texts: pl.Series) -> pl.Series:
    return _first(texts, [_event(place) for place in range(4)])


def is_duty_group(frame: pl.DataFrame) -> pl.Series:
    """Say for each row whether its group is of those on duty, as its name says. In: `group_no`, `group_name`."""
    names = frame.lazy().select("group_no", "group_name").unique("group_no").collect()
    known = names.select("group_no", is_duty_group=pl.col("group_name").str.contains(_DUTY).fill_null(value=False))
    return frame.select("group_no").join(known, on="group_no", how="left", maintain_order="left")["is_duty_group"]


def _warning(place: int) -> str:
    level = "|".join(_LEVELS[place])
    response = "(?:应急|防汛|防台|防风|抗旱|救灾|防御|抗震|森林火灾)?(?:应急)?响应"
    coloured = f"{_COLOURS[place]}[^,;。!?\n红橙黄蓝]{{0,10}}(?:预警|警报|信号)"
    started = f"(?:^|[^IVX0-9一二三四])(?:{level})级{response}"
    return f"{coloured}|{started}|响应[^,;。!?\n]{{0,12}}[为至到](?:{level})级"


def _event(place: int) -> str:
    before = "(?:^|[^别])" if _GRADES[place] == "重大" else ""
    return f"{before}{_GRADES[place]}{_EVENT}"


def _first(texts: pl.Series, patterns: list[str]) -> pl.Series:
    """Number the first pattern that a text holds, from 1; null where it holds none."""
    text, found = pl.col("text"), pl.lit(None, pl.Int64)
    for place in reversed(range(len(patterns))):
        found = pl.when(text.str.contains(patterns[place])).then(pl.lit(place + 1, pl.Int64)).otherwise(found)
    return pl.DataFrame({"text": texts}).select(found=found)["found"]
