"""Glossary terms into the target: plan what a translation must hold, climb a ladder of methods, write receipts."""

from normalize.enforce.ask import ask
from normalize.enforce.ladder import enforce
from normalize.enforce.plan import Plan, plan
from normalize.enforce.renderings import Renderings

__all__ = ["Plan", "Renderings", "ask", "enforce", "plan"]
