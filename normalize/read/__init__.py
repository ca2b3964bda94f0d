"""Read: files in, articles out.

`find` lists what a folder holds, `read` gives the articles of one file (one for a text, many for JSONL and CSV), and
`read_text` an article of bytes already in memory. What cannot be read is an `InputError` value between the articles:
one bad record does not stop the others.
"""

from __future__ import annotations

from normalize.read.article import LARGEST_ARTICLE
from normalize.read.files import FORMATS, read, read_text
from normalize.read.sources import CONTAINERS, SUFFIXES, Source, find, ignored

__all__ = ["CONTAINERS", "FORMATS", "LARGEST_ARTICLE", "SUFFIXES", "Source", "find", "ignored", "read", "read_text"]
