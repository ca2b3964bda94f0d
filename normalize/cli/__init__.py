"""The command line: parse, call, print, exit; it decides nothing. One file for each noun or verb."""

from normalize.cli import (  # noqa: F401 - importing them enters them in the command table
    check,
    clean,
    compare,
    evaluate,
    explain,
    export,
    glossary,
    import_,
    memory,
    models,
    review,
    run,
    translate,
)
from normalize.cli.app import app, main
from normalize.cli.doctor import doctor

app.add_typer(models.app, name="models")
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.add_typer(review.app, name="review")
app.command(epilog="Examples: `normalize doctor` · `normalize doctor raw --json`")(doctor)

__all__ = ["app", "main"]
