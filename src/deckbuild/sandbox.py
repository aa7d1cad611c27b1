"""The sandbox that templates run in: no way to the interpreter, to files, or to all of the memory."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_LONGEST = 1 << 20
"""So long may a text or list be that is made by multiplying."""
_LARGEST = 1 << 10
"""So large may an exponent be."""
_WIDTH = re.compile(r"%[^a-zA-Z%]*(?:\d{5}|\*)")
_PADDING = frozenset({"center", "expandtabs", "ljust", "rjust", "zfill"})
"""Methods of texts that take any width."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, without what makes gigabytes of a few characters."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, **options)
        del self.globals["lipsum"]
        del self.filters["center"]

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse an operation whose result would be huge."""
        if operator == "**" and (abs(left) > _LONGEST or abs(right) > _LARGEST):
            message = "a power is too large"
            raise SecurityError(message)
        if operator == "%" and isinstance(left, str) and _WIDTH.search(left):
            message = "a text is to be filled up to a great width"
            raise SecurityError(message)
        if operator == "*" and _length(left) * _times(right) + _length(right) * _times(left) > _LONGEST:
            message = "a text or list is repeated too often"
            raise SecurityError(message)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse what leads to the interpreter, and methods that fill a text up to any width."""
        is_padding = isinstance(obj, str) and attr in _PADDING
        return not is_padding and super().is_safe_attribute(obj, attr, value)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _times(value: Any) -> int:
    return value if isinstance(value, int) else 0
