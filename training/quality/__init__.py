"""How the weights of `normalize.guard.quality` were fitted."""
