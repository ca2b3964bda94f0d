"""How the bundled models are made: prepare, train, evaluate, export. Not part of the wheel; see README.md."""
