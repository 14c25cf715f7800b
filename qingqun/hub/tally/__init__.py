"""Counts for supervisors: how many were reached and did what was asked, in steps of k people; nothing that tells of a person."""

from qingqun.hub.tally.coarse import LEAST, Step, tells
from qingqun.hub.tally.listed import Line, Part, listed
from qingqun.hub.tally.take import TOLD, Shown, keep, midnight, standing, whole

__all__ = ["LEAST", "TOLD", "Line", "Part", "Shown", "Step", "keep", "listed", "midnight", "standing", "tells", "whole"]
