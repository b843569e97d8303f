"""Mutants: the reference with one small thing changed, to see whether the check notices.

Each mutation is one a tired person could type: another operator, axis, constant or variable, an
index off by one, a term, a call or a line left out, two arguments in the wrong order.
"""

from __future__ import annotations

import ast
import copy
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

Change = tuple[ast.AST, ast.AST | None]  # what stands there, what takes its place

_OPERATORS: dict[type[ast.AST], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
_COMPARISONS: dict[type[ast.AST], tuple[type[ast.cmpop], ...]] = {
    ast.GtE: (ast.Gt, ast.LtE, ast.Eq),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_NAMES = {
    "maximum": "minimum", "minimum": "maximum", "max": "min", "min": "max", "zeros": "ones",
    "ones": "zeros", "all": "any", "any": "all", "prod": "sum", "sum": "mean", "mean": "sum",
    "dot": "multiply", "abs": "negative", "exp": "expm1", "log": "log1p", "astype": "view",
    "argmin": "argmax", "argmax": "argmin", "std": "var", "vstack": "hstack",
    "zeros_like": "ones_like", "sqrt": "square", "floor": "ceil", "ceil": "floor",
}  # fmt: skip


def mutants(function: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Every mutant of a function, by a label such as ``a + b -> a - b``.

    Parameters
    ----------
    function : function
        A reference, a plain function of a module.

    Returns
    -------
    dict of str to function
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    original = ast.unparse(tree)
    found: dict[str, Callable[..., Any]] = {}
    seen = {original}
    for node, change in _changes(tree.body[0]):
        mutated = _replaced(tree, node, change)
        text = ast.unparse(mutated)
        if text in seen:
            continue
        seen.add(text)
        label = _label(node, change)
        number = sum(known.split(" #")[0] == label for known in found)
        found[label + (f" #{number + 1}" if number else "")] = compiled(mutated, function)
    return found


def compiled(tree: ast.Module, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function that a changed tree defines, in a copy of its module's namespace."""
    space = dict(vars(sys.modules[function.__module__]))
    exec(compile(tree, f"<{function.__name__}>", "exec"), space)
    mutant: Callable[..., Any] = space[function.__name__]
    return mutant


def copied(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with the same text and another code object, as if a student had written it."""
    return compiled(ast.parse(textwrap.dedent(inspect.getsource(function))), function)


def _label(node: ast.AST, change: ast.AST | None) -> str:
    after = "(nothing)" if change is None else _text(change)
    return " ".join(f"{_text(node)} -> {after}".split())


def _text(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(node)))


def _replaced(tree: ast.Module, node: ast.AST, change: ast.AST | None) -> ast.Module:
    """A copy of the tree with one node replaced."""
    marked = id(node)

    class Replace(ast.NodeTransformer):
        def visit(self, here: ast.AST) -> Any:
            if origin.get(id(here)) == marked:
                return copy.deepcopy(change) if change is not None else ast.Pass()
            return self.generic_visit(here)

    duplicate = copy.deepcopy(tree)
    origin = {
        id(new): id(old) for new, old in zip(ast.walk(duplicate), ast.walk(tree), strict=True)
    }
    return ast.fix_missing_locations(Replace().visit(duplicate))


def _changes(function: ast.stmt) -> Iterator[Change]:
    """Every single change of a function's body."""
    assert isinstance(function, ast.FunctionDef)
    names = _local_names(function)
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]  # the docstring
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.stmt):
                yield from _of_statement(node)
            elif isinstance(node, ast.expr):
                yield from _of_expression(node, names)


def _local_names(function: ast.FunctionDef) -> list[str]:
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _is_store(n)]
    return list(dict.fromkeys([a.arg for a in function.args.args] + stored))


def _is_store(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _of_statement(node: ast.stmt) -> Iterator[Change]:
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.If, ast.For)):
        yield node, None
    if isinstance(node, ast.For):
        yield node, _with(node, body=[*node.body, ast.Break()])  # only the first time round
    if isinstance(node, ast.If):
        yield node.test, ast.UnaryOp(ast.Not(), node.test)
    if isinstance(node, ast.AugAssign):
        for operator in _OPERATORS.get(type(node.op), ()):
            yield node, _with(node, op=operator())
        yield node, ast.Assign([node.target], node.value, lineno=0)


def _of_expression(node: ast.expr, names: list[str]) -> Iterator[Change]:
    if isinstance(node, ast.BinOp):
        for operator in _OPERATORS.get(type(node.op), ()):
            yield node, _with(node, op=operator())
        yield node, node.left
        yield node, node.right
        if not isinstance(node.op, (ast.Add, ast.Mult)):  # of numbers, these commute
            yield node, _with(node, left=node.right, right=node.left)
    elif isinstance(node, ast.Compare):
        for comparison in _COMPARISONS.get(type(node.ops[0]), ()):
            yield node, _with(node, ops=[comparison(), *node.ops[1:]])
    elif isinstance(node, ast.UnaryOp):
        yield node, node.operand
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Subscript):
        yield from _of_subscript(node)
    elif isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load):
        yield from _of_items(node)
    elif isinstance(node, ast.Dict):
        yield node, _with(node, values=[*node.values[1:], node.values[0]])
    elif isinstance(node, ast.Name) and not _is_store(node) and node.id in names:
        for other in names:
            if other != node.id:
                yield node, _with(node, id=other)


def _of_constant(node: ast.Constant) -> Iterator[Change]:
    value: Any = node.value
    if isinstance(value, bool):
        yield node, ast.Constant(not value)
    elif isinstance(value, int):
        for other in (value + 1, value - 1, -value):
            yield node, ast.Constant(other)
    elif isinstance(value, float):
        for changed in (value * 2, value + 1, -value, 0.0):
            yield node, ast.Constant(changed)
    elif isinstance(value, str) and value:
        yield node, ast.Constant(value[:-1])


def _of_call(node: ast.Call) -> Iterator[Change]:
    if node.args:
        yield node, node.args[0]
    elif isinstance(node.func, ast.Attribute):
        yield node, node.func.value
    if isinstance(node.func, ast.Attribute):
        if node.args:
            yield node, node.func.value  # x.astype(int) -> x
        other = _NAMES.get(node.func.attr)
        if other:
            yield node, _with(node, func=_with(node.func, attr=other))
    for i in range(len(node.args) - 1):
        swapped = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        yield node, _with(node, args=swapped)
    for i in range(len(node.keywords)):
        yield node, _with(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        stop = node.args[-1]
        shorter = ast.BinOp(stop, ast.Sub(), ast.Constant(1))
        yield node, _with(node, args=[*node.args[:-1], shorter])
        if len(node.args) == 1:
            yield node, _with(node, args=[ast.Constant(1), stop])


def _of_subscript(node: ast.Subscript) -> Iterator[Change]:
    if isinstance(node.ctx, ast.Load):
        yield node, node.value
    if isinstance(node.slice, ast.Tuple):
        yield node, _with(node, slice=_with(node.slice, elts=node.slice.elts[::-1]))
    if isinstance(node.slice, ast.Slice):
        yield node, _with(node, slice=ast.Slice(None, None, node.slice.step))


def _of_items(node: ast.Tuple | ast.List) -> Iterator[Change]:
    if len(node.elts) > 1:
        yield node, _with(node, elts=node.elts[::-1])
    for i in range(len(node.elts)):
        yield node, _with(node, elts=node.elts[:i] + node.elts[i + 1 :])


def _with(node: Any, **changes: Any) -> Any:
    """The node with some of its fields replaced."""
    fields = {name: getattr(node, name, None) for name in node._fields}
    return type(node)(**{**fields, **changes})
