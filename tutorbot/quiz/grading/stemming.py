"""Stems: what the forms and spellings of an English word share."""

import re

import snowballstemmer

from tutorbot.quiz.grading.vocabulary import IRREGULAR, NUMERALS

_STEMMER = snowballstemmer.stemmer("english")
_AMERICAN = (
    (re.compile(r"(?<=\w{3})our(?=$|s$|ed$|ing$|al|able|ite|ful|er)"), "or"),
    (re.compile(r"(?<=\w{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)"), "iz"),
    (re.compile(r"(?<=\w{3})ys(?=(?:e|es|ed|ing)$)"), "yz"),
    (re.compile(r"(?<=\w{2}[bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=\w)ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=en)ce(?=(?:s|less)?$)"), "se"),
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"amme(?=s?$)"), "am"),
    (re.compile(r"ae|oe(?=d|t|s[ot])"), "e"),
)


def stem(word: str) -> str:
    """The stem of a lower-case word: American spelling, irregular forms and numerals resolved, then Snowball's English stemmer."""
    word = NUMERALS.get(word, IRREGULAR.get(word, word))
    for british, american in _AMERICAN:
        word = british.sub(american, word)
    return str(_STEMMER.stemWord(word))
