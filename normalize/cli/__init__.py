"""The command line: parse, call, print, exit; it decides nothing. One file for each noun or verb."""

from normalize.cli import clean, glossary, models, run, translate  # noqa: F401 - importing them enters them in the command table
from normalize.cli.app import app, main
from normalize.cli.doctor import doctor

app.add_typer(models.app, name="models")
app.add_typer(glossary.app, name="glossary")
app.command(epilog="Examples: `normalize doctor` · `normalize doctor raw --json`")(doctor)

__all__ = ["app", "main"]
