"""Text to the pieces a model reads, and back: SentencePiece, or Argos's older BPE."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import regex

from normalize.errors import PackageError

__all__ = ["Tokenizer", "presentable", "readable", "tokenizer"]

UNKNOWN = "<unk>"
_SPECIAL = frozenset({"<s>", "</s>", "<pad>", "<blank>", UNKNOWN})
"""Pieces that stand for no text. `<unk>` is among them: a hole in the answer is no better for being marked by "⁇"."""

_UNREADABLE = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFD]+")
_BROKEN = regex.compile(r"\uFFFD+")
_INVISIBLE = regex.compile(r"[\p{Cf}--[\u200c\u200d]]+", regex.VERSION1)
"""Soft hyphens, marks of byte order and direction: English has none. Joiners stay, which emoji are made with."""

_SPACE = regex.compile(r"\s+")


class Tokenizer(Protocol):
    """Cuts text into pieces and puts pieces together."""

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Give the pieces of each text."""

    def decode(self, pieces: Sequence[str]) -> str:
        """Give the text of an answer's pieces."""


def presentable(source: str) -> str:
    r"""Make any string one that a tokenizer takes: no control characters, no lone surrogates, no space at the ends.

    >>> presentable("\x00 a\x00b\n\ud800")
    'a b'
    """
    return _UNREADABLE.sub(" ", source).strip()


def readable(target: str) -> str:
    r"""Make one line of decoded pieces: what forms no character or is invisible is dropped, white space single.

    >>> readable("a_b\n \ufffd c\u00ad\t")
    'a_b c'
    """
    if not target.isascii():
        target = _INVISIBLE.sub("", _BROKEN.sub("", target))
    return _SPACE.sub(" ", _UNREADABLE.sub(" ", target)).strip()


_MOST_KNOWN = 20_000
"""Sentences whose pieces are kept: about 40 MB."""


class SentencePiece:
    """A SentencePiece model. Its normalisation (NFKC in Argos's packages) is lossy, and so is every answer's."""

    def __init__(self, model: bytes) -> None:
        import sentencepiece  # noqa: PLC0415 - native library, loaded when a model is

        self._processor: Any = sentencepiece.SentencePieceProcessor(model_proto=model)
        self._processor.encode("a")  # an empty model is loaded without complaint, and fails here
        self._known: dict[str, list[str]] = {}

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Give the pieces of each text, not to be changed.

        A sentence is asked for twice within a minute, to see whether it fits and to translate it, so pieces are kept.
        """
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            # For a list the library starts a thread, even for one text of it.
            made: list[list[str]] = (
                self._processor.encode(new, out_type=str, num_threads=1)
                if len(new) > 1
                else [self._processor.encode(new[0], out_type=str)]
            )
            if len(known) + len(new) > _MOST_KNOWN:
                known = self._known = {text: known[text] for text in texts if text in known}
            known.update(zip(new, made, strict=True))
        return [known[text] for text in texts]

    def decode(self, pieces: Sequence[str]) -> str:
        """Give the text of pieces; byte pieces are joined to characters, and underscores stay (unlike Argos's)."""
        text: str = self._processor.decode_pieces([piece for piece in pieces if piece not in _SPECIAL])
        return text


class BytePairs:
    """Argos's BPE packages: Moses tokens cut by subword-nmt codes."""

    def __init__(self, codes: bytes, source_code: str, target_code: str) -> None:
        try:
            from argostranslate.tokenizer import BPETokenizer  # noqa: PLC0415 - only for old packages

            with tempfile.TemporaryDirectory() as folder:  # BPETokenizer takes a file, and reads it once
                file = Path(folder) / "bpe.model"
                file.write_bytes(codes)
                self._tokenizer: Any = BPETokenizer(file, source_code, target_code)
                self._tokenizer.lazy_load()
        except ImportError as error:
            raise PackageError(
                f"a package with a BPE model needs {error.name}", advice='run `pip install "normalize-corpus[bpe]"`'
            ) from error

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Give the pieces of each text."""
        return [[piece for piece in self._tokenizer.encode(text) if piece] if text.strip() else [] for text in texts]

    def decode(self, pieces: Sequence[str]) -> str:
        """Give the text of pieces, detokenized."""
        text: str = self._tokenizer.decode([piece for piece in pieces if piece not in _SPECIAL])
        return text.removesuffix("@@")


def tokenizer(name: str, content: bytes, source_code: str, target_code: str) -> Tokenizer:
    """Make the tokenizer of a package from its file `name`; PackageError when it cannot be used."""
    make = functools.partial(BytePairs, content, source_code, target_code) if name == "bpe.model" else (
        functools.partial(SentencePiece, content)
    )
    try:
        return make()
    except (RuntimeError, ValueError, OSError) as error:
        raise PackageError(f"{name} cannot be used ({error})") from error
