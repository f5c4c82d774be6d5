"""Texts in, unit vectors out. The only package that knows the model libraries."""

from tutorbot.matching.encoder.sentence import DEFAULT_MODEL, Encoder, SentenceEncoder, Vectors
from tutorbot.matching.encoder.shared import plain_encoder

__all__ = ["DEFAULT_MODEL", "Encoder", "SentenceEncoder", "Vectors", "plain_encoder"]
