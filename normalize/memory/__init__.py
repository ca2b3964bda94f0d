"""Translation memory: what was translated once is not translated again, and what a person corrected wins."""

from normalize.memory.engine import RememberingEngine
from normalize.memory.memory import Memory
from normalize.memory.remembered import Remembered, normal
from normalize.memory.suggest import Suggestion
from normalize.memory.upkeep import EngineStats, Forgotten, Pruned, Stats

__all__ = [
    "EngineStats", "Forgotten", "Memory", "Pruned", "Remembered", "RememberingEngine", "Stats", "Suggestion", "normal",
]  # fmt: skip
