"""Lecture documents, read into segments: the smallest parts that a locator names.

A deck gives ``slide 4: What a cell is`` (a dump of it to text also ``…, paragraph 2`` for the later paragraphs of a slide),
a set of flashcards ``card: Definition: soft power``, a PDF ``page 12``. Plain texts and Markdown give one segment a paragraph
under its heading. Every document is untrusted: see `tutorbot.knowledge.documents.reading`.
"""

from tutorbot.knowledge.documents.reading import MAX_BYTES, SUFFIXES, read_document, read_held
from tutorbot.knowledge.documents.segment import Segment

__all__ = ["MAX_BYTES", "SUFFIXES", "Segment", "read_document", "read_held"]
