"""Registers (台账): sheets to groups, accounts, apps, units and persons."""

from qingqun.intake.registers.load import Registers, load
from qingqun.intake.registers.stray import headings
from qingqun.intake.registers.template import write_errors, write_registers, write_template

__all__ = ["Registers", "headings", "load", "write_errors", "write_registers", "write_template"]
