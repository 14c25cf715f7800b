"""What in a text tells who somebody is: patterns of names with and without titles, numbers, addresses, plates."""

import re

PLAIN_SURNAMES = (  # surnames that begin few other words
    "王李张刘陈杨赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪廖贾夏韦付邹孟熊秦邱尹"
    "薛闫侯陶黎贺顾郝龚邵覃戴莫汤康牛樊葛邢伍庞颜倪庄聂章鲁岳翟殷詹欧耿焦柳符舒柯纪梅凌毕季裴霍涂翁冉骆蓝辛靳管蒙鲍华蒲滕屈饶牟艾"
    "阳穆卓吉缪芦褚娄窦戚岑冷晏柏宗瞿桂佟臧闵苟邬卞姬仇栾隋刁巫寇桑郎甄丛虞敖巩佘苑迟邝"
)
_ALSO_WORDS = (  # surnames that begin many: 单位, 方式, 高龄
    "方单包项和连路成应查车景宫费卜池古司党商全师关安边卫温盛明高马白黄金江石万严钱毛龙雷田柴游苗谷左甘农麦米施申喻解乔阮易齐仲尚"
    "祝宁曲祁简尤麻沙荣席史武孔段房范余童"
)
SURNAMES = PLAIN_SURNAMES + _ALSO_WORDS
_TITLES = (
    "主任|书记|老师|校长|科长|处长|局长|镇长|乡长|区长|县长|市长|所长|站长|队长|院长|部长|秘书长|组长|经理|医生|护士长|同志|委员|干事|主席"
)
_HAN = "[\u4e00-\u9fff]"
_TITLED = f"(?:[{SURNAMES}](?=副?(?:{_TITLES}))|[{PLAIN_SURNAMES}]{_HAN}{{1,2}}?(?=副?(?:{_TITLES})))"
_LEAD = "联系人|联络人|联系|经办人|负责人|值班员|带班领导|姓名|咨询|找"  # a name follows
_LED = f"(?!{_TITLED})(?:[{PLAIN_SURNAMES}]{_HAN}{{1,2}}|[{_ALSO_WORDS}]{_HAN}{{2}}(?!{_HAN}))"
_PLACES = "村区镇乡街组社庄屯路科室局办站校群院所队部委厅府市县省州湾桥湖山"  # 王家村 is nobody
_LISTED = f"[{PLAIN_SURNAMES}]{_HAN}?(?![{_PLACES}]){_HAN}"
_ENDS = "\\s,\uff0c\u3002;\uff1b:\uff1a!\uff01?\uff1f\u3001()\uff08\uff09\\[\\]\u3010\u3011<>\u300a\u300b\"'\u201c\u201d"
# Digits of every script count here: this is not a fact of a rule, it never runs on another engine.
KINDS = {
    "mail": r"[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+",
    "url": rf"https?://(?:(?!{_HAN})\S)+",
    "digits": r"\d(?:[ \-\u2014\u2013\u3000\xa0]?\d){5,}[Xx]?",
    "plate": r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][\xb7\u2022 ]?[A-HJ-NP-Z0-9]{5,6}",
    "at": rf"[@\uff20](?!所有人|全体|all\b|All\b)[^@\uff20{_ENDS}]{{1,20}}",
    "led": rf"(?P<lead>(?:{_LEAD})[:\uff1a ]?){_LED}",
    "list": rf"{_LISTED}(?:\u3001{_LISTED})+",
    "titled": _TITLED,
}
CUES = {
    "mail": "@",
    "url": "http",
    "digits": r"\d(?:[ \-\x{2014}\x{2013}\x{3000}\x{a0}]?\d){5}",
    "plate": "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]",
    "at": "[@\uff20]",
    "led": _LEAD,
    "list": "\u3001",
    "titled": _TITLES,
}
"""A text without the cue holds nothing of the kind: in the dialect RE2 accepts, to ask whole columns."""
FOLLOWS_NAME = re.compile(rf"(?:副)?(?:{_TITLES})$")
RUN = re.compile(r"\d{7}")
