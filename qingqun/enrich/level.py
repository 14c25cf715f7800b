"""At which level of government a unit stands, as its name says."""

from typing import Any

import polars as pl

LEVELS = {"国家": 1, "中央": 1, "省": 2, "市": 3, "县": 4, "区县": 4, "乡镇": 5, "街道": 5, "村": 6, "社区": 6}
"""What registers and scenes write, and the number."""

# In this order: a community's name holds its street's, a street's its county's. Schools and hospitals stand at no level of their own.
_NAMES = (
    ("学校|小学|中学|高中|幼儿园|大学|学院|医院|卫生院|公司|集团|银行", None),
    ("社区|(?:村|居|村民|居民)委会|(?:村|居)民委员会|村(?:党支部|党总支|两委)?$", 6),
    ("街道|乡(?:政府|人民政府|党委|人大|[^村]{0,8}(?:办|所|站|中心))?$|镇(?:[^市区县]|$)|苏木|民族乡", 5),
    ("自治区", 2),
    ("县|区|旗", 4),
    ("市|自治州|地区|盟", 3),
    ("省|兵团", 2),
    ("国务院|中央|国家|全国|^(?:教育|公安|民政|财政|农业农村|交通运输|应急管理)部$", 1),
)
_DEPARTMENT = "(?:局|委|办|厅|部|处|中心|队|院|站|所|会|分局|大队)$"


def level_of(unit: str) -> pl.Expr:
    """Return the level of the units named in a column; null where the name does not say."""
    (first, value), *others = _NAMES
    chain: Any = pl.when(pl.col(unit).str.contains(first)).then(pl.lit(value, pl.Int64))
    for pattern, level in others:
        chain = chain.when(pl.col(unit).str.contains(pattern)).then(pl.lit(level, pl.Int64))
    found: pl.Expr = chain.otherwise(None)
    return found


def is_department(unit: str) -> pl.Expr:
    """Say whether the units named in a column are departments, not the government itself."""
    return pl.col(unit).str.contains(_DEPARTMENT)
