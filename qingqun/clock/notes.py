"""What a report must say about the clock: the unit's hours in words, and the years that no notice covers."""

import polars as pl

from qingqun.clock.hours import ALL_YEAR, DEFAULT_SPANS, Hours, Season, Span
from qingqun.clock.table import Standing
from qingqun.i18n import _, joined, listed, of_year
from qingqun.words import SHANGHAI


def described(hours: Hours) -> str:
    """Return the ordinary hours of a unit as people write them, one part a season; a unit without seasons has the product's."""
    seasons = hours.seasons or (Season("", ALL_YEAR, DEFAULT_SPANS),)
    parts = [_season(season, alone=len(seasons) == 1) for season in seasons]
    parts += [_("晚间 {span}").format(span=_span(evening.span)) for evening in hours.evenings]
    parts += [_("值班 {span}").format(span=_span(shift.span)) for shift in hours.shifts]
    return joined(dict.fromkeys(parts))


def standings(statuses: pl.Series, moments: pl.Series) -> tuple[str, ...]:
    """Return a sentence for each year without an official notice that some message was sent in (`moments` are UTC)."""
    year = moments.dt.convert_time_zone(SHANGHAI).dt.year().alias("year")
    doubtful = pl.DataFrame([year, statuses.alias("status")]).filter(pl.col("status") != Standing.OFFICIAL).unique().sort("year")
    return tuple(_sentence(year, Standing(status)) for year, status in doubtful.iter_rows())


def _sentence(year: int, standing: Standing) -> str:
    if standing is Standing.PROVISIONAL:
        return _("{year} 年的放假安排按放假原则暂定，国务院办公厅尚未公布，相关结论为暂定。").format(year=year)
    return _("{year} 年的放假安排尚未公布，周一至周五按工作日、周六周日按休息日判断，调休不明，相关结论为暂定。").format(year=year)


def _season(season: Season, *, alone: bool) -> str:
    spans = listed(_span(span) for span in season.spans)
    first, last = season.when
    return spans if alone else f"{of_year(*first)}—{of_year(*last)} {spans}"


def _span(span: Span) -> str:
    return f"{span.start // 60:02d}:{span.start % 60:02d}—{span.end // 60:02d}:{span.end % 60:02d}"
