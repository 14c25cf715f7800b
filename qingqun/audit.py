"""The first story: read exports and registers, enrich, judge, gather findings, measure burden, plan, report."""
