"""Errors in the form of CKAN's Action API: a status, `__type`, and what was wrong with which parameter."""

from typing import Any


class ActionError(Exception):
    """An action cannot be answered."""

    def __init__(self, status: int, kind: str, detail: dict[str, Any]) -> None:
        self.status = status
        self.error = {"__type": kind, **detail}


def not_found(what: str = "") -> ActionError:
    """Return CKAN's NotFound."""
    return ActionError(404, "Not Found Error", {"message": f"Not found: {what}" if what else "Not found"})


def invalid(parameter: str, why: str) -> ActionError:
    """Return CKAN's ValidationError for one parameter."""
    return ActionError(409, "Validation Error", {parameter: [why]})


def bad_query(why: str) -> ActionError:
    """Return CKAN's SearchError for a query that cannot be understood."""
    return ActionError(409, "Search Error", {"message": f"Search Query is invalid: {why}"})
