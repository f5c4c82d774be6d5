"""Collecting what is wrong with a form, the way Discord reports it."""

from typing import Any, NoReturn

from tutorbot.playground.errors import ApiError, Refusal

Path = tuple[str | int, ...]


class Problems:
    """What is wrong, by place inside `at`; `settle` turns it into Discord's error 50035."""

    def __init__(self, at: Path = ()) -> None:
        self._at = at
        self._found: list[tuple[Path, str, str]] = []

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one problem."""
        self._found.append(((*self._at, *path), code, message))

    def longer_than(self, path: Path, text: object, most: int, least: int = 0) -> None:
        """Note a text whose length is outside `least` to `most` characters."""
        length = len(text) if isinstance(text, str) else 0
        if length > most or length < least:
            if least:
                self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
            else:
                self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def more_than(self, path: Path, items: object, most: int, least: int = 0) -> None:
        """Note a list with fewer than `least` or more than `most` items."""
        count = len(items) if isinstance(items, list) else 0
        if count > most or count < least:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def settle(self) -> None:
        """Refuse the form if anything is wrong.

        Raises:
            ApiError: 50035 with the tree of errors.
        """
        if not self._found:
            return
        tree: dict[str, Any] = {}
        for path, code, message in self._found:
            node = tree
            for step in path:
                node = node.setdefault(str(step), {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        raise ApiError(Refusal.INVALID_FORM, tree)


def refuse(key: str, code: str, message: str) -> NoReturn:
    """Refuse a form for one reason.

    Raises:
        ApiError: 50035.
    """
    raise ApiError(Refusal.INVALID_FORM, {key: {"_errors": [{"code": code, "message": message}]}})
