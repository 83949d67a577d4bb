"""Conditions and formulas written in data: a small closed language with "cannot tell" as a third truth value.

It has names, numbers, texts, comparisons, `and or not`, `+ - * /`, `x if c else y`, row fields (`row.price`),
tuples, generators inside a function call, and the functions of `vocabulary/functions.py`. Nothing else parses.
A missing value makes the whole answer None: no rule passes because something was left empty.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation
from functools import cache
from typing import Any

from bidkit.vocabulary.functions import FUNCTIONS, OF_MISSING, number_or_same
from bidkit.vocabulary.tables import BrokenVocabulary

Values = Mapping[str, Any]
_Step = Callable[[Values], Any]
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression; `names` are the values it reads from outside, `attributes` the row fields it asks for."""

    text: str
    names: frozenset[str]
    attributes: frozenset[str]
    step: _Step

    def value(self, values: Values) -> Any:
        """The result over `values`; None when something it needs is missing or does not fit together."""
        return self.step(values)

    def holds(self, values: Values) -> bool | None:
        """True or False; None when it cannot be told."""
        result = self.step(values)
        return result if isinstance(result, bool) else None


@cache
def expression(text: str, where: str = "") -> Expression:
    """`text` parsed; raises BrokenVocabulary, naming `where`, for anything outside the language."""
    if len(text) > _LONGEST:
        raise BrokenVocabulary("expression is too long", where=where, next_step="split the rule")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, RecursionError, ValueError) as error:
        raise BrokenVocabulary(f"cannot read {text!r}", where=where, next_step="mend the expression") from error
    names: set[str] = set()
    step = _Reader(where, names).read(tree.body, frozenset())
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return Expression(text, frozenset(names), frozenset(attributes), step)


class _Reader:
    """Turns syntax into steps; `bound` are the row names of the generators around."""

    def __init__(self, where: str, names: set[str]) -> None:
        self._where, self._names = where, names

    def read(self, node: ast.expr, bound: frozenset[str]) -> _Step:
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise self._refuse(node)
        step: _Step = method(node, bound)
        return step

    def _refuse(self, node: ast.AST) -> BrokenVocabulary:
        what = f"{ast.unparse(node)!r} is outside the expression language"
        return BrokenVocabulary(what, where=self._where, next_step="use the words the language has")

    def _constant(self, node: ast.Constant, _bound: frozenset[str]) -> _Step:
        if not isinstance(node.value, str | int | float | bool):
            raise self._refuse(node)
        value = number_or_same(node.value)
        return lambda _values: value

    def _name(self, node: ast.Name, bound: frozenset[str]) -> _Step:
        name = node.id
        if name not in bound:
            self._names.add(name)
        return lambda values: number_or_same(values.get(name))

    def _attribute(self, node: ast.Attribute, bound: frozenset[str]) -> _Step:
        base, name = self.read(node.value, bound), node.attr

        def step(values: Values) -> Any:
            row = base(values)
            return number_or_same(row.get(name)) if isinstance(row, Mapping) else None

        return step

    def _tuple(self, node: ast.Tuple, bound: frozenset[str]) -> _Step:
        parts = [self.read(part, bound) for part in node.elts]
        return lambda values: tuple(part(values) for part in parts)

    def _boolop(self, node: ast.BoolOp, bound: frozenset[str]) -> _Step:
        parts = [self.read(part, bound) for part in node.values]
        decides = isinstance(node.op, ast.Or)

        def step(values: Values) -> bool | None:
            unknown = False
            for part in parts:
                answer = part(values)
                if isinstance(answer, bool) and answer == decides:
                    return answer
                unknown = unknown or not isinstance(answer, bool)
            return None if unknown else not decides

        return step

    def _unaryop(self, node: ast.UnaryOp, bound: frozenset[str]) -> _Step:
        operand = self.read(node.operand, bound)
        if isinstance(node.op, ast.Not):
            return lambda values: _not(operand(values))
        if isinstance(node.op, ast.USub):
            return lambda values: _minus(operand(values))
        raise self._refuse(node)

    def _binop(self, node: ast.BinOp, bound: frozenset[str]) -> _Step:
        act = _ARITHMETIC.get(type(node.op))
        if act is None:
            raise self._refuse(node)
        left, right = self.read(node.left, bound), self.read(node.right, bound)
        return lambda values: _calculate(act, left(values), right(values))

    def _compare(self, node: ast.Compare, bound: frozenset[str]) -> _Step:
        act = _COMPARISONS.get(type(node.ops[0]))
        if act is None or len(node.ops) > 1:
            raise self._refuse(node)
        left, right = self.read(node.left, bound), self.read(node.comparators[0], bound)
        return lambda values: _test(act, left(values), right(values))

    def _ifexp(self, node: ast.IfExp, bound: frozenset[str]) -> _Step:
        test, yes, no = (self.read(part, bound) for part in (node.test, node.body, node.orelse))

        def step(values: Values) -> Any:
            answer = test(values)
            if not isinstance(answer, bool):
                return None
            return yes(values) if answer else no(values)

        return step

    def _call(self, node: ast.Call, bound: frozenset[str]) -> _Step:
        if not isinstance(node.func, ast.Name) or node.keywords or node.func.id not in FUNCTIONS:
            raise self._refuse(node)
        name, function = node.func.id, FUNCTIONS[node.func.id]
        parts = [self.read(part, bound) for part in node.args]

        def step(values: Values) -> Any:
            given = [part(values) for part in parts]
            if name not in OF_MISSING and any(value is None for value in given):
                return None
            try:
                return function(*given)
            except (TypeError, ValueError, AttributeError, InvalidOperation):
                return None

        return step

    def _generatorexp(self, node: ast.GeneratorExp, bound: frozenset[str]) -> _Step:
        loop = node.generators[0]
        if len(node.generators) > 1 or loop.is_async or not isinstance(loop.target, ast.Name):
            raise self._refuse(node)
        name = loop.target.id
        rows = self.read(loop.iter, bound)
        inner = bound | {name}
        item = self.read(node.elt, inner)
        filters = [self.read(part, inner) for part in loop.ifs]

        def step(values: Values) -> tuple[Any, ...] | None:
            found = rows(values)
            return None if not isinstance(found, list | tuple) else tuple(_each(found, name, values, filters, item))

        return step


def _each(rows: Any, name: str, values: Values, filters: list[_Step], item: _Step) -> Iterator[Any]:
    scope = dict(values)
    for row in rows:
        scope[name] = row
        if all(keep(scope) is True for keep in filters):
            yield item(scope)


def _not(value: Any) -> bool | None:
    return not value if isinstance(value, bool) else None


def _minus(value: Any) -> Any:
    return -value if isinstance(value, Decimal) else None


def _calculate(act: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    if left is None or right is None or isinstance(left, str | bool) or isinstance(right, str | bool):
        return None
    try:
        return act(left, right)
    except (TypeError, DivisionByZero, InvalidOperation, OverflowError):
        return None


def _test(act: Callable[[Any, Any], bool], left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    try:
        return bool(act(left, right))
    except TypeError:
        return None


_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
