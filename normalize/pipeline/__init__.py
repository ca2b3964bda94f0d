"""The order of the verbs: over text, over one article, over a folder."""

from normalize.pipeline.cleaning import clean_folder, clean_text
from normalize.pipeline.prepare import Folder, Prepared, prepare, survey_folder
from normalize.pipeline.revise import Revision, revise
from normalize.pipeline.run import MEMORY, Options, Plan, Progress, Summary, plan_run, run, unchanged
from normalize.pipeline.text import lines_of, translate_lines, unwrapped

__all__ = [
    "MEMORY",
    "Folder",
    "Options",
    "Plan",
    "Prepared",
    "Progress",
    "Revision",
    "Summary",
    "clean_folder",
    "clean_text",
    "lines_of",
    "plan_run",
    "prepare",
    "revise",
    "run",
    "survey_folder",
    "translate_lines",
    "unchanged",
    "unwrapped",
]
