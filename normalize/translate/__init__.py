"""Argos packages run by CTranslate2 and SentencePiece directly, and the store they are kept in.

Only this folder may import `ctranslate2`, `sentencepiece` and `argostranslate`, and does so inside the functions that
need them: importing it loads no model, creates no folder and asks no network.
"""

from normalize.translate.ctranslate2_engine import BEAM, CTranslate2Engine
from normalize.translate.package import Package
from normalize.translate.pivot import PivotEngine
from normalize.translate.reading import words_read
from normalize.translate.store import Route, Store, Verdict

__all__ = ["BEAM", "CTranslate2Engine", "Package", "PivotEngine", "Route", "Store", "Verdict", "words_read"]
