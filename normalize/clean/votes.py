"""What the classifier says of each paragraph, what the markup adds, and from which score on a paragraph stays."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["MARKED", "PLAIN", "Limits", "Votes"]

Vector = npt.NDArray[np.float32]

_LINKED = 0.3
_HALF = 0.5


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The least logits with which a line stays, by where it is and what it looks like."""

    inside_sentence: float
    inside_short: float
    inside_alone: float
    """For short lines with no line nearby that something speaks against."""
    inside_part: float
    """For sub-heads and quotations by their markup, and for what ends with a colon, links not among them."""
    outside_sentence: float
    outside_short: float
    standfirst: float
    """For a whole sentence between the title and the body."""
    opening_sentence: float
    """For what stands between a sentence above the body and the body."""
    opening_short: float

    @property
    def least_outside(self) -> float:
        """The least logit with which any line outside the body stays."""
        return min(self.inside_sentence, self.outside_sentence, self.standfirst, self.opening_sentence)


# Found on pages of sites held out from training; the optimum is flat, and where two do as well the one that keeps more
# is taken: a sentence lost is worse than a line of furniture kept.
PLAIN = Limits(
    inside_sentence=-4.5,
    inside_short=-1.6,
    inside_alone=-4.0,
    inside_part=-4.5,
    outside_sentence=-0.6,
    outside_short=0.3,
    standfirst=-1.2,
    opening_sentence=-3.0,
    opening_short=-1.0,
)
MARKED = Limits(
    inside_sentence=-1.0,
    inside_short=-0.5,
    inside_alone=-1.5,
    inside_part=-4.0,
    outside_sentence=0.7,
    outside_short=1.0,
    standfirst=-2.5,
    opening_sentence=-1.0,
    opening_short=-0.5,
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What the classifier says: logits, one a paragraph; for HTML also what the markup says, one entry a paragraph."""

    line: Vector
    title: Vector
    limits: Limits = PLAIN
    kin: Sequence[bool] = ()
    """Whether it stands beside those of the body: `markup.kin`."""
    links: Sequence[float] = ()
    """The share of its characters that are in links."""
    parts: Sequence[bool] = ()
    """Whether it is a sub-head or a quotation."""
    captions: Sequence[bool] = ()
    """Whether it is a picture's caption."""

    @property
    def marked(self) -> bool:
        """Whether the page has markup."""
        return bool(self.links)

    def unlinked(self, row: int) -> bool:
        """Whether a paragraph is not mostly a link, as far as is known."""
        return not self.links or self.links[row] < _LINKED

    def is_part(self, row: int) -> bool:
        """Whether the markup says that a paragraph is a sub-head or a quotation, and no link."""
        return bool(self.parts) and self.parts[row] and self.links[row] < _HALF

    def is_caption(self, row: int) -> bool:
        """Whether the markup says that a paragraph is a picture's caption."""
        return bool(self.captions) and self.captions[row]
