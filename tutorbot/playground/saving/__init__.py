"""Keeping a local Discord in an SQLite file, so that it is still there at the next start."""

from tutorbot.playground.saving.file import SavedFile, SavedFileError

__all__ = ["SavedFile", "SavedFileError"]
