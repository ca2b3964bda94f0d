"""The guard: answers that loop, copy, stop short or change numbers are found and decoded anew, one by one."""

from normalize.guard.backward import backward, estimates
from normalize.guard.ladder import RUNGS, Guarded, Rung, guard
from normalize.guard.quality import estimate
from normalize.guard.reasons import REPAIRS
from normalize.guard.settle import settle

__all__ = ["REPAIRS", "RUNGS", "Guarded", "Rung", "backward", "estimate", "estimates", "guard", "settle"]
