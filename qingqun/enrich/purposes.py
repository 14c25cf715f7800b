"""Which groups of a unit are for the same thing, by what they are called and what their register says of them.

A name is what the group is about, once the unit, the year, numbering and the words of all groups (工作群, 专班, 临时) are gone. What tells
groups apart for good - a class, a building, a shift, a side of town, whom it is for - must be equal on both sides. Names and purposes
are then compared as sets of characters, so that an abbreviation (旧改) is found in what it stands for (老旧小区改造).
"""

import re

import polars as pl

from qingqun.enrich.normal import normalise
from qingqun.words import GroupKind

_WORKING = (GroupKind.DEPARTMENT.value, GroupKind.TOPIC.value, GroupKind.SPECIAL_TASK.value)  # may be for the same thing as each other
_SUFFIX = re.compile(
    "(?:街道办事处|街道|社区居委会|社区|人民政府|村委会|居委会|委员会|办公室|办事处|村|镇|乡|县|区|市|局|公司|集团|医院|卫生院|中学|小学|学校|学院|大学|幼儿园)$"
)
_DIGITS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10"}
_WORDS = (  # hold what else would tell groups apart
    "老旧小区|住宅小区|小区改造|乡村|农村|全村|各村|本村|驻村|数字化|专班|班主任|班组|学校|科室|全科|业务科|科普|科技|科学|科协|社科"
    "|城乡居民"
)
_SIGNS = (
    r"[0-9]+\.[0-9]+班|20[0-9]{2}[级届]|[0-9]+年级|[初高][0-9]|[0-9]+班|[大中小]班|[一-鿿]{2}班|[早晚白夜中甲乙丙丁]班|[甲乙丙丁]组"
    "|第?[0-9a-z]+(?:号楼|栋|幢|座|单元|号院|号?地块|号线|标段|标|期|车间|分部|片区?|网格|组|队|科|室|支部|病区|区|社|部|处|校区|分校|轮|批)"
    "|[东南西北](?:片区|片|区|门|院|校区|线|侧|苑|城)"
    "|男生|女生|男职工|女职工|小学|中学|初中|高中|幼儿园|学前|中考|高考|会考|新生|毕业生|本科|专科|研究生"
    "|党员|群众|居民|业主|家长|教师|教职工|学生|领导班子|班子|中层|书记|支书|会计|校长|园长|驾驶员|保安|保洁|商户|企业|村民|租户|老干部"
    "|退休|代表|楼长|民警|辅警|外聘|编外|实习|测试|值班员|房东|党小组|妇联|工会|团委|武装|民兵|人大|政协|纪委"
    "|[一-鿿]{1,2}科|[一-鿿]{2,3}(?:村|社区|小区|镇|乡|街道|医院|学校|园区|厂|公司)"
)
_FORM = (
    "关于|[1-4]季度|[上下]半年|[0-9]+月份?|全[国省市县区镇乡校院村员体]|(?:20)?[0-9]{2}年度?|企业微信|微信|qq|钉钉|飞书|政务|日常|常态化?|工作|业务|事务|事项|交流|联络|联系|沟通|通知|信息|发布"
    "|报送|安排|部署|调度|推进|推动|落实|组织|开展|活动|专班|专项|临时|领导小组|指挥部|办公室|中心|管理|服务|督导|督查|检查|巡查|排查|值守|值班|监测|建设|项目|提供|进度"
    "|人员|成员|队伍|小组|讨论|第?[0-9一二三四五六七八九十]*[大总新分]?群组?|\\(?[0-9一二三四五六七八九十新]+\\)?$|迎接?|为|的|及|和|与|[^一-鿿a-z0-9]"
)
_BLANK = "·"  # stands for a name of nothing but words of all groups: two of these are compared, too
_LEAST, _PURPOSE = 2, 3  # characters that must be left of a name, of a purpose that stands against the names
_AKIN, _CONTRARY = 40, 34  # percent of the shorter one's characters
_STRANGERS, _COMPANY = 10, 50  # percent of members in common: below, other people; from here on, the same people


def same_purpose(kept: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return `group` and `same_purpose`: whether a group of the unit that is older is for the same thing.

    In: groups still in use with `group`, `age`, `unit`, `kind`, `name`, `purpose`; (group, person) pairs where members are known.
    """
    told = _told(kept)
    pairs = _pairs(told, "name_set", "names", blank=True).join(
        _pairs(told, "purpose_set", "purposes"), on=["group", "other"], how="full", coalesce=True
    )
    sizes = told.select("group", "apart", "head", "tail", n="name_size", p="purpose_size")
    both = pairs.join(sizes, on="group").join(sizes.rename({"group": "other"}).drop("apart"), on="other", suffix="_other")
    near = both.with_columns(pl.col("names", "purposes").fill_null(0)).with_columns(sure=_sure(), likely=_inside())
    near = near.filter(pl.col("sure") | pl.col("likely"))
    percent = near.join(_company(near, members), on=["group", "other"], how="left", maintain_order="left")["percent"]
    same = (near["sure"] & (percent >= _STRANGERS).fill_null(value=True)) | (percent >= _COMPANY).fill_null(value=False)
    again = told.filter(pl.col("said") != "").filter(pl.struct("unit", "kind", "apart", "said").is_first_distinct().not_())
    second = again.filter(pl.col("kind") == GroupKind.MAIN.value)["group"]  # names of main groups say nothing; their purpose does
    found = pl.concat([near.filter(same)["group"], second]).unique()
    return kept.select("group", same_purpose=pl.col("group").is_in(found.implode()))


def _sure() -> pl.Expr:
    """Tell from the characters that names and purposes have in common whether two groups are for the same thing."""
    shorter, longer, less = pl.min_horizontal("n", "n_other"), pl.max_horizontal("n", "n_other"), pl.min_horizontal("p", "p_other")
    purposed = (pl.col("purposes") == less) & (less >= _LEAST)
    contrast = (pl.col("tail") == pl.col("tail_other")) & (pl.col("head") != pl.col("head_other"))  # 物理实验室 and 化学实验室
    akin = (pl.col("names") * 100 >= shorter * _AKIN) & (less >= _PURPOSE) & ~contrast
    alone = (longer == 0) & (pl.col("apart") != "")  # nothing but a class, a building, a kind of people
    return (_inside() & (pl.col("names") == longer)) | alone | (purposed & (_inside() | akin | (shorter == 0)))


def _inside() -> pl.Expr:
    """Tell whether one name is found in the other, and the purposes do not contradict."""
    shorter, less = pl.min_horizontal("n", "n_other"), pl.min_horizontal("p", "p_other")
    contrary = (less >= _LEAST) & (pl.col("purposes") * 100 < less * _CONTRARY)
    return (pl.col("names") == shorter) & (shorter >= _LEAST) & ~contrary


def _company(near: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return `group`, `other` and the `percent` of their members in common, for pairs that both have members."""
    sizes = members.group_by("group").agg(size=pl.len().cast(pl.Int64))
    listed = near.select("group", "other").join(sizes, on="group").join(sizes.rename({"group": "other", "size": "size_other"}), on="other")
    theirs = members.rename({"group": "other"})
    met = listed.join(members, on="group").join(theirs, on=["other", "person"]).group_by("group", "other").agg(both=pl.len().cast(pl.Int64))
    counted = listed.join(met, on=["group", "other"], how="left").with_columns(pl.col("both").fill_null(0))
    return counted.select("group", "other", percent=pl.col("both") * 100 // (pl.col("size") + pl.col("size_other") - pl.col("both")))


def _told(kept: pl.DataFrame) -> pl.DataFrame:
    """Add to each group what tells it apart, and the characters of what it is about."""
    names = _plain(pl.Series([_bare(name, unit) for name, unit in kept.select("name", "unit").iter_rows()], dtype=pl.String))
    said = _plain(pl.Series([_bare(text or "", unit) for text, unit in kept.select("purpose", "unit").iter_rows()], dtype=pl.String))
    kind = pl.when(pl.col("kind").is_in(_WORKING)).then(pl.lit("work")).otherwise("kind")
    about = _about(names).str.replace_all(_SIGNS, "")
    public = kept["kind"] == GroupKind.PUBLIC.value  # 居民一群, 居民二群: the people do not fit into one
    numbers = names.str.extract(r"([0-9]+) ?\)?群?$").fill_null("")
    columns = {
        "apart": _apart(names) + numbers.zip_with(public, pl.Series([""]).new_from_index(0, kept.height)),
        "name_set": _letters(about),
        "purpose_set": _letters(_about(said)),
    }
    columns |= {"head": about.str.head(2), "tail": about.str.tail(2)}
    columns["said"] = kept["purpose"].fill_null("").str.strip_chars()
    found = kept.select("group", "age", "unit", kind=kind).with_columns(**columns)
    return found.with_columns(
        name_size=pl.col("name_set").list.len().cast(pl.Int64), purpose_size=pl.col("purpose_set").list.len().cast(pl.Int64)
    )


def _bare(text: str, unit: str) -> str:
    """Leave out the unit's name, or what is left of it without its suffix."""
    stem = _SUFFIX.sub("", unit)
    return text.replace(unit, "").replace(stem, "") if len(stem) >= _LEAST else text.replace(unit, "")


def _plain(texts: pl.Series) -> pl.Series:
    """Write numbers in figures, and a class in one way: 3.2班 for 三年级二班 and 三(2)班."""
    figures = normalise(texts).str.to_lowercase().str.replace_many(list(_DIGITS), list(_DIGITS.values()))
    return figures.str.replace_all(r"([0-9]+)(?:年级)? ?\(?([0-9]+)\)? ?班", "${1}.${2}班")


def _apart(names: pl.Series) -> pl.Series:
    """Return what tells groups apart, in one word."""
    found = names.str.replace_all(_WORDS, "·").str.replace_all("[()]", " ").str.extract_all(_SIGNS)
    return found.list.eval(pl.element().str.strip_prefix("第")).list.unique().list.sort().list.join(" ")


def _about(texts: pl.Series) -> pl.Series:
    """Return what is left without the words of all groups."""
    return texts.str.replace_all(_FORM, "")


def _letters(texts: pl.Series) -> pl.Series:
    return texts.str.split("").list.unique().list.sort()


def _pairs(told: pl.DataFrame, column: str, name: str, *, blank: bool = False) -> pl.DataFrame:
    """Count the characters that two groups of one unit and kind, told apart by nothing, have in common: `group`, `other`, `name`."""
    block = ["unit", "kind", "apart"]
    placed = told.select("group", "age", *block, char=column).explode("char", empty_as_null=True, keep_nulls=False)
    placed = placed.with_columns(pl.col("char").fill_null(_BLANK)) if blank else placed.drop_nulls("char")
    earlier = placed.select(*block, "char", "age", other="group")
    return (
        placed.lazy()
        .join(earlier.lazy(), on=[*block, "char"], suffix="_earlier")
        .filter(pl.col("age_earlier") < pl.col("age"))
        .group_by("group", "other")
        .agg(pl.len().cast(pl.Int64).alias(name))
        .collect()
    )
