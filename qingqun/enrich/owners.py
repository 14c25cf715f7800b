"""Who owns a group and who is in it, as far as posts and names say."""

import polars as pl

from qingqun.enrich.personal import SURNAMES

_HAN = "\u3400-\u9fff"
_RANKS = "[一二三四]级(?:主任科员|调研员)|主任科员|副?主任科员|调研员|班主任"  # a rank without an office, and a teacher of a class
_MIDDLE = "主任|[科处局部所站院校园镇乡县区市厅股馆社行段队]长|书记|经理|总监|董事|主席|会长|委员|秘书长|负责人|领导|班子|中层|护士长"
_STAFF = (
    "科员|办事员|干事|工作人员|职员|社工|网格员|协管员|辅警|临聘|外聘|聘用|合同工|派遣|实习|见习|志愿者|公益性?岗|班主任|教师|老师|护士|文员|专干|专员"
    "|内勤|三支一扶|西部计划|司机|保安|普通|一般人员|信息员|联络员"
)
_NAME = f"[{''.join(sorted(SURNAMES))}]"
_REAL = (
    f"(?:^|[^{_HAN}]){_NAME}[{_HAN}]{{1,3}}(?:$|[^{_HAN}])|{_NAME}[{_HAN}]{{1,2}}$|^{_NAME}[{_HAN}]{{1,2}}[^{_HAN}]"
    f"|[{_HAN}]{{2,}}[·.][{_HAN}]{{2,}}"
)
_OFFICE = "(?:办|局|所|站|村|社区|科|股|室|部|委|会|中心|小学|中学|学校|街道|镇|乡|公司|单位|工作人员|值班)"


def owner_is_junior() -> pl.Expr:
    """Say whether the owner's post is below middle management; null where no post is written, or one that does not tell."""
    post = pl.concat_str(pl.col("owner_office").fill_null(""), pl.col("owner").fill_null(""), separator=" ").str.replace_all(_RANKS, " ")
    whole = pl.concat_str(pl.col("owner_office").fill_null(""), pl.col("owner").fill_null(""), separator=" ")
    return pl.when(post.str.contains(_MIDDLE)).then(pl.lit(value=False)).when(whole.str.contains(_STAFF)).then(pl.lit(value=True))


def nicknames(members: pl.DataFrame) -> pl.DataFrame:
    """Return `group`, `members_seen` and `nicknames`, the share (percent) of members whose name in the group can be nobody's real one.

    In: (group, person) pairs, `person` as the group shows it. An office's name is no nickname.
    """
    shown = pl.col("person").str.strip_chars()
    odd = ~(shown.str.contains(_REAL) | shown.str.contains(_OFFICE))
    counted = members.group_by("group").agg(members_seen=pl.len().cast(pl.Int64), odd=odd.sum().cast(pl.Int64))
    return counted.select("group", "members_seen", nicknames=pl.col("odd") * 100 // pl.col("members_seen"))
