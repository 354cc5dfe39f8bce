"""Memo: what was once worked out about a frozen value, kept beside it until it is forgotten."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

R = TypeVar("R")


class Memo:
    """Answers by question. It is no part of the value: a copy and another process begin with an empty one.

    Only for answers that follow from the value alone, so that asking again could give nothing else.
    """

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        self._answers: dict[Hashable, Any] = {}

    def once(self, question: Hashable, work: Callable[[], R]) -> R:
        """Return the answer to a question; `work` is done the first time only."""
        if question not in self._answers:
            self._answers[question] = work()
        return cast(R, self._answers[question])

    def forget(self) -> None:
        """Give the memory back."""
        self._answers.clear()

    def __reduce__(self) -> tuple[type["Memo"], tuple[()]]:
        return Memo, ()
