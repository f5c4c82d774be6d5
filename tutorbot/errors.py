"""The tree of errors that TutorBot raises on purpose.

Each message is one sentence for the person who can mend it: what is wrong, where, and what to do. The command line prints it
and ends with ``exit_code``; the bot logs it.
"""

from typing import Literal

Trouble = Literal["locked", "full", "unreachable", "other"]
"""What a database can have: another writer holds it, no room is left, it cannot be reached or opened, anything else."""


class TutorbotError(Exception):
    """Something is wrong that a person can mend. ``exit_code`` is what the command line ends with."""

    exit_code = 1


class CourseError(TutorbotError):
    """A course cannot be read, or there is no such course."""


class SourceError(TutorbotError):
    """A lecture document cannot be read or its fingerprint is missing."""


class ModelError(TutorbotError):
    """The encoder's weights are missing, changed or unusable."""


class SettingsError(TutorbotError):
    """A setting is missing or has a value that cannot be used."""


class TemplateError(TutorbotError):
    """A wording template is missing or does not render."""


class StoreError(TutorbotError):
    """The database did not do what was asked; nothing of it was kept. ``trouble`` says why."""

    def __init__(self, said: str, trouble: Trouble) -> None:
        super().__init__(said)
        self.trouble: Trouble = trouble
