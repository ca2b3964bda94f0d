"""What is copied from source to target as it stands: addresses, handles, hashtags."""

from __future__ import annotations

from normalize.numbers.literals import find, mask

__all__ = ["find", "mask"]
