"""The one door to HiGHS: choose columns, each once or not at all, for the greatest value under upper bounds on the rows."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

GAP = 1e-4  # the proof may leave a ten-thousandth open


@dataclass(frozen=True, slots=True)
class Solved:
    """The value of the best choice found, and what no choice exceeds."""

    value: float
    bound: float
    proven: bool


def solve(values: Sequence[int], entries: Sequence[Sequence[tuple[int, float]]], most: np.ndarray, seconds: float) -> Solved:
    """Take each column's value and its entries (row, amount), and the most each row may hold. Raises ImportError without highspy."""
    if len(values) == 1:
        return Solved(values[0], values[0], proven=True)  # a column alone was looked at before: it is borne
    highs = _highs(values, entries, most, seconds)
    highs.run()
    info = highs.getInfo()
    value = max(-info.objective_function_value, 0.0) if np.isfinite(info.objective_function_value) else 0.0  # nothing is always a choice
    bound = min(-info.mip_dual_bound, float(sum(values)))
    return Solved(value, bound, proven=bound - value <= max(0.5, GAP * bound))


def _highs(values: Sequence[int], entries: Sequence[Sequence[tuple[int, float]]], most: np.ndarray, seconds: float) -> Any:
    highspy = importlib.import_module("highspy")  # an extra: whoever does not ask for the proof need not have it
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_rel_gap", GAP)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(values), len(most)
    lp.col_cost_ = -np.asarray(values, float)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(values)), np.ones(len(values))
    lp.row_lower_, lp.row_upper_ = np.full(len(most), -highspy.kHighsInf), most.astype(float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(values)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum([len(e) for e in entries])))
    lp.a_matrix_.index_ = np.array([row for e in entries for row, _ in e], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([amount for e in entries for _, amount in e], dtype=float)
    highs.passModel(lp)
    return highs
