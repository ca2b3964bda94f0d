"""Scraped foreign-language news in, a clean English parallel corpus out.

Importing this package does nothing: no file, no network, no model, no log handler.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
