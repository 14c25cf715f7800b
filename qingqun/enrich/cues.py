"""Signs that a plain phrase shows: what a text asks for beyond the labels. One pattern a fact, on normalised text, in RE2's dialect.

What a text forbids is left out first: 严禁公布成绩 publishes none. Texts without any of the words are not looked at further.
"""

import polars as pl

_KEPT = "不(?:得|能|可)(晚于|迟于|少于|低于|超过|退群)|不得(?:擅自|无故|随意|私自)?(退群)"
_DENIED = (
    r"(?:不得|严禁|禁止|不准|请勿|切勿|不要|杜绝|不再|不必|无需|不用|不允许|不许|不(?:排名|公布|公开|发布|看|作|以|把|计入|列入"
    r"|纳入|组织|布置|要求))[^,;。!?\n]*"
)
_SEVERAL = (
    "(?:有些?|有的|部分|个别|各位|所有|全体|其他|别的|一些|多数|少数|每[个位])(?:同学|小朋友|家长|孩子)(?:们)?|(?:请|让"
    "|和)(?:同学|小朋友)们?"
)
_S = r"[^,;。!?\n]"
_L = r"[^。!?\n]"
_REPORT = "报送|上报|反馈|报告|报来|报至|报到|提交|发至|报我|报办公室"
_MARK = "考核|考评|评分|加分|扣分|打分|计分|评优|评先|绩效"
_TRACE = "照片|图片|截图|视频|留痕|学习笔记|笔记|心得体会|领导批示|批示|刊发|信息采用|用稿|简报|宣传稿|稿件"
_UNIT = "村|社区|镇|街道|单位|科室|部门|站所|学校|班级?|人|干部|党员|教师|老师|网格员|支部|职工|户|组"
_WORK = "作业|练习册?|试卷|预习|背诵|抄写|默写|口算|听写|朗读"
PATTERNS = {
    "is_overnight": f"连夜{_S}{{0,10}}(?:传达|学习|落实|部署|完成|报|整理|统计|排查|开会|召开|贯彻|整改|制定)"
    f"|(?:精神|会议|传达|落实|学习|贯彻|部署|任务|工作){_S}{{0,10}}不过夜|(?:今晚|今夜|当晚|当夜){_S}{{0,8}}(?:传达|贯彻|学习到位"
    f"|部署到位)|通宵",
    "asks_back": f"(?:{_REPORT}){_S}{{0,16}}(?:贯彻|落实|传达|学习)(?:落实|学习|贯彻)?(?:情况|进展|总结|报告)"
    f"|(?:贯彻|落实|传达|学习)(?:落实|学习|贯彻)?(?:情况|报告|总结|进展){_L}{{0,24}}(?:{_REPORT})"
    f"|(?:制定|制订|出台|印发){_L}{{0,18}}(?:方案|细则|配套文件|配套措施){_L}{{0,16}}(?:{_REPORT}|报备|备案)",
    "is_poll_quota": f"(?:投票|答题|竞答|评选|点赞|问卷|知识竞赛|测试){_L}{{0,30}}(?:(?:参与|完成|答题|投票|达标|合格|覆盖)率"
    f"|[0-9]{{1,3}} ?%|百分之)"
    f"|(?:参与|答题|投票)率{_L}{{0,20}}(?:通报|排名|低于|达到|[0-9]{{1,3}} ?%)",
    "assesses_traces": f"(?:{_MARK}){_L}{{0,24}}(?:{_TRACE})|(?:{_TRACE}){_L}{{0,24}}(?:{_MARK})",
    "is_quota": f"每(?:个|名|位)?(?:{_UNIT}){_S}{{0,14}}(?:至少|少于|须|必须|要|完成|上报|报送|推荐|征订|认购|发动|收集|提供)"
    f"{_S}{{0,8}}[0-9一二两三四五六七八九十百]{{1,5}} ?(?:篇|条|份|人|名|户|单|张|元|万元|件|例|家|本|套)",
    "is_attendance": "参加|参会|出席|列席|到会|培训|接种|值班|观看|领取|领一|限领",
    "has_basis": f"〔[0-9]{{4}}〕|\\[20[0-9]{{2}}\\] ?[0-9]|《|(?:根据|按照|依据|依照){_S}{{0,30}}(?:要求|通知|规定|方案|文件|意见"
    f"|办法|部署|精神)"
    f"|经{_S}{{0,12}}(?:批准|同意)",
    "is_inspection": f"(?:督查|检查|督导|调研|考核|验收|暗访|观摩|视察|督察|抽查)(?:组|团|人员)?{_S}{{0,12}}(?:赴|来我|来本|莅临|进驻"
    f"|前往|抵达|将于|定于)"
    f"|(?:将于|定于){_S}{{0,16}}(?:督查|检查|督导|调研|考核|验收|观摩|视察|抽查)|迎接{_S}{{0,12}}(?:督查|检查|督导|调研|考核|验收"
    f"|观摩)|迎检",
    "is_campus": "进校园|小手拉大手|走进(?:校园|学校|课堂)|进课堂|大手牵小手",
    "forces_joining": f"(?:必须|一律|全部|全员|务必|统一)(?:都|要)?{_S}{{0,6}}(?:进群|入群|加群|加入{_S}{{0,10}}群)"
    f"|退群{_L}{{0,14}}(?:通报|处分|扣|约谈|追责|批评|警告|后果|处理)"
    f"|(?:严禁|禁止|不得|不准|不许|不允许|不能)(?:擅自|私自|随意|无故)?退群|不(?:进|入|加)群{_L}{{0,12}}(?:通报|扣|视为|后果|追责)",
    "is_homework": f"(?:{_WORK}){_L}{{0,16}}(?:完成|写完|做完|第? ?[0-9一二三四五六七八九十]{{1,3}} ?(?:页|题|遍|课|单元|面)|明天交|上交)"
    f"|(?:今日|今天|今晚|周末|语文|数学|英语|课后|家庭){_S}{{0,6}}作业",
    "tasks_parents": f"家长{_L}{{0,16}}(?:批改|订正|听写|(?:检查|督促|辅导|监督){_S}{{0,8}}(?:{_WORK}|孩子|学生)"
    f"|(?:{_WORK}){_S}{{0,12}}(?:签字|检查|签名)"
    f"|手抄报|打扫|值日|执勤|制作)|(?:{_WORK}){_L}{{0,16}}家长{_S}{{0,6}}(?:签字|检查|批改|签名)",
    "is_school_checkin": f"打卡|晒(?:作业|图|照|视频)|(?:群里|群内|本群){_S}{{0,8}}交作业|(?:{_WORK}|练字|跳绳|运动|阅读"
    f"|家务){_L}{{0,16}}(?:发|传|晒"
    f"|上传){_S}{{0,4}}(?:群|这里)",
    "shows_scores": "(?:[一-龥]{2,4}[ :,、\\t]{0,3}[0-9]{2,3}(?:\\.5)? ?分?[,;、 \\t\n。]*){3,}"
    f"|(?:排名|名次|成绩|分数|光荣榜){_S}{{0,8}}(?:如下|公布|公示|见[附下]|:)|第 ?[一二三1-3] ?名 ?:? ?[一-龥]{{2,4}}|倒数",
    "names_pupil": f"[一-龥]{{2,4}}(?:同学|小朋友|家长|的?妈妈|的?爸爸){_L}{{0,16}}(?:打架|违纪|迟到|没(?:有|能)?(?:交|写|完成|带)"
    f"|不(?:认真|听话|遵守)|捣乱"
    "|批评|欺负|走神|睡觉|作弊|逃课|退步|最差|倒数|拖后腿)",
    "sells": f"(?:推荐|征订|订购|购买|统一购|团购|代购|优惠){_L}{{0,16}}(?:教辅|练习册|辅导(?:书|班|资料)|课外班|培训班|学习机|平板"
    f"|点读笔|电话手表|资料|网课|会员|保险)"
    f"|(?:教辅|学习机|平板|点读笔|辅导资料|辅导班){_L}{{0,16}}(?:购买|征订|订购|下单|扫码|团购|链接|报名)",
    "is_vote": f"(?:请|帮|大家|各位|家长|麻烦|记得|每天|动动){_L}{{0,24}}(?:投票|点赞|集赞|积赞|拉票|助力|砍价|投{_S}{{0,4}}一?票)"
    f"|(?:集赞|积赞|拉票)|抢红包|发{_S}{{0,2}}红包",
    "shows_data": "[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9Xx]|(?:1[3-9][0-9]{9}[^0-9]{1,24}){2,}"
    f"|(?:家庭住址|家庭地址|身份证号码?|户籍地址) ?:{_S}{{4,}}",
}
_RAW = ("forces_joining", "has_basis")  # these read what a text forbids, too
_ANY = (
    "连夜|过夜|晚|夜|通宵|报送|上报|反馈|报|提交|发至|投票|答题|竞答|评选|点赞|问卷|竞赛|测试|考|评|加分|扣分|打分|计分|绩效|每|督查"
    "|检查|督导|调研|验收|暗访|观摩|视察|督察|抽查|迎检"
    "|校园|小手|大手|课堂|群|作业|练习|试卷|预习|背诵|抄写|默写|口算|听写|朗读|家长|打卡|晒|分|名|成绩|同学|小朋友|妈妈|爸爸|教辅"
    "|学习机|平板|点读|辅导|课外班|培训班|网课|会员|助力"
    "|砍价|票|赞|红包|[0-9]{11}|[一-龥][0-9]{2,3}分?[ ,;、]?[一-龥]|住址|地址|身份证"
)
_PAPERS = "统计表|汇总表|情况表|登记表|明细表|信息表|调查表|基础表|台账|花名册|名单|报表"
_PAPER = f"([\u4e00-\u9fff]{{2,18}}(?:{_PAPERS}))"
_VERBS = (
    "报送|上报|填报|提交|填写|填好|更新|提供|梳理|完善|汇总|收集|做好|报来|发来|交来|各自的?|本(?:村|社区|单位|科室|校|部门)的?"
    "|[将把报交填做]"
)
_AGAIN = "尚未|还没|未报|没报|再次|提醒|催|补报|抓紧|如下|附后|见附件|已经|已报|公示"
_PERIOD = (
    "[0-9一二三四五六七八九十]+(?:月|季度|周|年|日|期)|本[周月季期年]|今[日天年]|当[日天月]|每[日天周月季]|上[周月半季]"
    "|下[周月半季]|日报|周报|月报"
)


def cues(plain: pl.Series) -> pl.DataFrame:
    """Return one yes/no column per pattern and `material`, what is asked for by name, for normalised texts; null where it is none."""
    texts = plain.fill_null("")
    places = texts.str.contains(_ANY).arg_true()
    looked = texts.gather(places)
    said = looked.str.replace_all(_KEPT, "须$1$2").str.replace_all(_DENIED, "")
    no = pl.Series([False]).new_from_index(0, len(texts)) if len(texts) else pl.Series([], dtype=pl.Boolean)
    found = {name: _read(name, looked, said).str.contains(pattern) for name, pattern in PATTERNS.items()}
    columns = [no.scatter(places, hit).alias(name) if len(places) else no.alias(name) for name, hit in found.items()]
    none = (
        pl.Series("material", [None], dtype=pl.String).new_from_index(0, len(texts)) if len(texts) else pl.Series("material", [], pl.String)
    )
    return pl.DataFrame([*columns, none.scatter(places, _material(said)).alias("material") if len(places) else none])


def _read(name: str, looked: pl.Series, said: pl.Series) -> pl.Series:
    """Return what a pattern reads: the text itself, or without what it forbids; 有的同学 is nobody by name."""
    return looked if name in _RAW else said.str.replace_all(_SEVERAL, "众人") if name == "names_pupil" else said


def _material(said: pl.Series) -> pl.Series:
    """Name the paper a text asks for; null where it asks for none, reminds of one, or asks for one of a certain month or week."""
    name = said.str.extract(_PAPER, 1).str.replace(f"^.*(?:{_VERBS})", "")
    asked = said.str.contains(_VERBS) & ~said.str.contains(_AGAIN) & ~said.str.contains(_PERIOD) & (name.str.len_chars() > 4)
    return pl.DataFrame({"name": name, "asked": asked}).select(pl.when("asked").then("name")).to_series()
