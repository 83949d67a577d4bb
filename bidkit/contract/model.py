"""What a contract text is taken apart into: clauses, and the passages in them that a reviewer looks for."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.kernel.anchor import Anchor


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a clause: `text` is verbatim, `start` and `end` say where in block `block` it stands."""

    text: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TypedPassage:
    """A stretch of one block that makes a clause one of type `type` (a code of `codelists/clause_types.csv`).

    `confidence` is between 0 and 1: the probability that a lawyer would call it so where the type was fitted to
    labelled contracts, the strength of the rule where the type is only known by its cue phrases.
    """

    type: str
    text: str
    anchor: Anchor
    confidence: float


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause, or the unnumbered text before, between and after clauses.

    `number` is the printed number ("" where there is none), `title` the heading printed at it ("" where there is
    none), `path` the titles of the clauses above, outermost first. `text` is verbatim, one paragraph a line.
    `anchor` is the place of its first paragraph, `blocks` all its blocks. `passages` are empty until classified.
    """

    number: str
    title: str
    text: str
    anchor: Anchor
    blocks: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    path: tuple[str, ...] = ()
    passages: tuple[TypedPassage, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the clause, the surest first, each once."""
        surest: dict[str, float] = {}
        for passage in self.passages:
            surest[passage.type] = max(passage.confidence, surest.get(passage.type, 0.0))
        return tuple(sorted(surest, key=lambda code: (-surest[code], code)))

    @property
    def heading(self) -> str:
        """The nearest title: the clause's own, else that of the clause above, else ""."""
        return self.title or (self.path[-1] if self.path else "")
