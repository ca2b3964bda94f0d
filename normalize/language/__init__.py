"""Languages: BCP 47 tags in canonical case, their English names, and which language a text is in, offline."""

from normalize.language.detection import Detection, detect, detect_paragraph
from normalize.language.tags import UNDETERMINED, canonical, name, to_argos
from normalize.language.words import is_borne_out, plain

__all__ = [
    "UNDETERMINED",
    "Detection",
    "canonical",
    "detect",
    "detect_paragraph",
    "is_borne_out",
    "name",
    "plain",
    "to_argos",
]
