"""The command line: parse, call, print, exit; it decides nothing. One file for each noun or verb."""

from normalize.cli.app import app, main

__all__ = ["app", "main"]
