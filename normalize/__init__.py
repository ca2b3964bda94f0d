"""Scraped foreign-language news in, a clean English parallel corpus out.

Importing this package does nothing: no file, no network, no model, no log handler.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.formats.portable import Glossary

__version__ = "0.1.0"
__all__ = ["Glossary", "__version__"]


def __getattr__(name: str) -> object:
    r"""Import what is asked for, when it is asked for.

    >>> from normalize import Glossary
    >>> Glossary.parse(b"source,target\na,b\n").terms[0].target
    'b'
    """
    if name == "Glossary":
        from normalize.formats.portable import Glossary  # noqa: PLC0415 - importing the package loads nothing

        return Glossary
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
