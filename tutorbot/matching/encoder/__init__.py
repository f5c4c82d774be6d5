"""Texts in, unit vectors out. The only package that knows the model libraries."""

from tutorbot.matching.encoder.sentence import DEFAULT_MODEL, Encoder, SentenceEncoder, Vectors

__all__ = ["DEFAULT_MODEL", "Encoder", "SentenceEncoder", "Vectors"]
