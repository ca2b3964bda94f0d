"""Logistic regression, as the ranking of answers and the estimate of quality are fitted."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def newton(  # noqa: PLR0913 - what a regression may be given
    rows: Floats,
    wanted: Floats,
    penalty: Floats,
    *,
    rounds: int,
    share: Floats | float = 1.0,
    given: Floats | float = 0.0,
) -> Floats:
    """Fit a weight a column by Newton's method, so that the rows' chances come near to what is `wanted`, 0 to 1.

    `penalty` is on half the squares of the weights, `share` what each row counts, `given` what else its log odds have.
    """
    weights = np.zeros(rows.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-rows @ weights - given))
        slope = rows.T @ (share * (wanted - chance)) - penalty * weights
        curve = (rows.T * (share * chance * (1 - chance))) @ rows + np.diag(penalty)
        weights += np.linalg.solve(curve, slope)
    return weights
