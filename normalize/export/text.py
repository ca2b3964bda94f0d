"""What filters and splits look at in a text: words, letters, and a hash of its normalised form."""

from __future__ import annotations

import hashlib
import unicodedata

import regex

__all__ = ["fingerprint", "letters_share", "normalised", "weight", "without_addresses", "words"]

_NOT_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_NUMBER = regex.compile(r"\p{N}+")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’.,\-][\p{L}\p{M}\p{N}]+)*")
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]", flags=regex.V1
)
"""Scripts written without spaces between words; there a word is about two signs."""
_IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
"""Signs that stand for a syllable or more: as much text as about two and a half letters."""
_ADDRESS = regex.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|(?<!\w)[@#][\w.]+")


def normalised(text: str, *, digits: bool = True) -> str:
    """Give the letters and digits of `text`, folded; without `digits`, each number becomes 0.

    >>> normalised("Harga “Beras”: Rp 12.500"), normalised("Harga Rp 12.500", digits=False)
    ('hargaberasrp12500', 'hargarp0')
    """
    # Composed again: what stood between a letter and its mark may be gone.
    kept = unicodedata.normalize("NFKC", _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold()))
    return kept if digits else _NUMBER.sub("0", kept)


def fingerprint(*texts: str) -> int:
    """Give a hash of 64 bits, never 0, the same on every machine."""
    digest = hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") or 1


def words(text: str) -> int:
    """Count words; where a script has no spaces, two signs are one.

    >>> words("Rp 1,2 triliun, katanya."), words("我们去市场")
    (4, 3)
    """
    unspaced = len(_UNSPACED.findall(text)) if not text.isascii() else 0
    spaced = _UNSPACED.sub(" ", text) if unspaced else text
    return sum(1 for _ in _WORD.finditer(spaced)) + (unspaced + 1) // 2


def weight(text: str) -> float:
    """Give the length of a text in letters of an alphabet, white space not counted.

    >>> weight("a b"), weight("中文")
    (2.0, 5.0)
    """
    size = len("".join(text.split()))
    wide = 0 if text.isascii() else len(_IDEOGRAPH.findall(text))
    return size + 1.5 * wide


def letters_share(text: str) -> float:
    """Give the share of letters among the signs that are not white space; 1 for a blank text.

    >>> letters_share("ab 12")
    0.5
    """
    size = len("".join(text.split()))
    return len(_LETTER.findall(text)) / size if size else 1.0


def without_addresses(text: str) -> str:
    """Leave out URLs, e-mail addresses, handles and hashtags.

    >>> without_addresses("Lihat https://contoh.id/a?b=1 dan @rani")
    'Lihat  dan '
    """
    return _ADDRESS.sub("", text)
