"""What a notice repeats or passes on, decided once at acceptance, for the notice and never for a person."""

from qingqun.hub.fold.settle import repeated, settle

__all__ = ["repeated", "settle"]
