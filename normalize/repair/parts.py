"""Changes of a line composed: what stands where after several passes, in terms of the text as given."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Change", "Part", "composed", "joined"]


class Change(NamedTuple):
    """A change of part of a text: `start` and `end` are in that text, and not equal."""

    start: int
    end: int
    after: str
    rule: str
    evidence: str = ""


class Part(NamedTuple):
    """A stretch of a line as given, and what stands there now; unchanged when it has no rule."""

    start: int
    end: int
    after: str = ""
    rule: str = ""
    evidence: str = ""

    def now(self, line: str) -> str:
        """Give what stands there now. An unchanged part holds no text, so that cutting it costs nothing."""
        return self.after if self.rule else line[self.start : self.end]

    def size(self) -> int:
        """Give the length of what stands there now."""
        return len(self.after) if self.rule else self.end - self.start

    def split(self, size: int) -> tuple[Part, Part]:
        """Cut an unchanged part in two, the first of `size` characters."""
        return Part(self.start, self.start + size), Part(self.start + size, self.end)


def joined(changes: Iterable[Change]) -> list[Change]:
    """Make one change of each run of neighbours; all are by one rule of a kind."""
    runs: list[list[Change]] = []
    for change in changes:
        if runs and (runs[-1][-1].end, runs[-1][-1].rule) == (change.start, change.rule):
            runs[-1].append(change)
        else:
            runs.append([change])
    return [
        run[0] if len(run) == 1 else run[0]._replace(end=run[-1].end, after="".join(change.after for change in run))
        for run in runs
    ]


def composed(line: str, parts: Sequence[Part], changes: Sequence[Change]) -> list[Part]:
    """Apply `changes` (rising, disjoint, in terms of the text the parts make) to `parts`.

    A change that meets parts changed before becomes one part with them, under the name of the first rule. Changes are
    taken from the last to the first, so that where the parts begin stays true.
    """
    begins = itertools.accumulate((part.size() for part in parts), initial=0)
    stack = list(zip(begins, parts, strict=False))  # the last sum is the end of the text
    done: list[Part] = []
    for change in reversed(changes):
        while stack[-1][0] >= change.end:
            done.append(stack.pop()[1])
        begin, part = stack[-1]
        if not part.rule and begin + part.size() > change.end:
            head, tail = part.split(change.end - begin)
            done.append(tail)
            stack[-1] = (begin, head)
        taken: list[Part] = []
        while not taken or begin > change.start:
            begin, part = stack.pop()
            taken.append(part)
        if not part.rule and begin < change.start:
            head, taken[-1] = part.split(change.start - begin)
            stack.append((begin, head))
            begin = change.start
        taken.reverse()
        stack.append((begin, _merged(line, taken, change, begin)))
    done.extend(part for _, part in reversed(stack))
    done.reverse()
    return done


def _merged(line: str, taken: Sequence[Part], change: Change, begin: int) -> Part:
    """Make one part of those a change touches; `begin` is where the first of them stands in the present text."""
    text = "".join(part.now(line) for part in taken)
    first = next((part for part in taken if part.rule), None)
    return Part(
        taken[0].start, taken[-1].end, text[: change.start - begin] + change.after + text[change.end - begin :],
        change.rule if first is None else first.rule, change.evidence if first is None else first.evidence,
    )  # fmt: skip
