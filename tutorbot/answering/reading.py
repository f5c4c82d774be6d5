"""Reading a question: what was typed, mended; what it asks for; the sides of a comparison."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from tutorbot.answering.answer import QuestionKind
from tutorbot.knowledge.text import words
from tutorbot.matching.lexical import content_words, tokens_of
from tutorbot.matching.spelling import Speller

MAX_LENGTH = 1_000
"""Characters of a question that are read; the rest of a longer one is left out."""

_MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w+:|/[^:>]{1,64}:|t:)[^<>\s]{0,64}>")
_LINK = re.compile(r"\bhttps?://\S+")
_ADDRESS = re.compile(r"^\s*@\w{1,32}[,:]?\s+")  # "@tutor what is…" typed as plain text
_COURTESY = re.compile(
    r"\b(?:dear (?:tutor|professor|prof|teacher|bot|sir|madam|team)|(?:kind|best|warm|many) (?:regards|thanks|wishes)|thank you(?: (?:so much|very much|in advance))?"
    r"|thanks in advance|good (?:morning|evening|afternoon)|if you (?:don't|do not) mind|i (?:would|'d) be (?:very |so )?grateful (?:for|if you (?:could|would))"
    r"|(?:would|could|will|can) you (?:be so kind (?:as )?to|kindly|please)"
    r"|(?:(?:would|could|will|can) you |please )*(?:tell|remind) me(?= (?:who|whose|what|which|when|where|why|how)\b)|would you mind|sorry (?:to|for) bother(?:ing)?(?: you)?)\b[,.!]*",
    re.I,
)
_MARKUP = re.compile(r"[*_~`|>#\\]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|both|all)"
_CUES = {
    QuestionKind.COMPARISON: re.compile(
        r"\b(?:differen(?:t|ce|ces|tiate)|diff|differs?|differing|distinguish\w*|distinction|compar\w+|contrast\w*|versus|vs|similar\w*"
        r"|opposed to|the same|same as|set apart|unlike|relat(?:e|es|ed|ion|ionship) (?:to|between|with)|as against|side by side|next to each other"
        r"|in common|interchangeabl\w+|part company|(?:dis)?agree with|upside down|reverse of|alike|where(?:'s| is) the line|line between"
        r"|(?:in|by|for|with|from|is|are|was|were|do|does|did|has|have) each(?! of)|which (?:one )?(?:was|came|is) (?:when|first|earlier|later|older|newer))\b"
    ),
    QuestionKind.ATTRIBUTION: re.compile(
        r"\bwho(?:'s| is| was)? (?:\w+ ){0,3}?(?:sa(?:id|ys?|ying)|argu\w+|claim\w*|wr(?:ote|ites?)|c[ao]mes? up|coin\w*|defin\w+|propos\w+|credited|thinks?"
        r"|thought|believe\w*|behind|invent\w*|introduc\w+|holds?|held|develop\w*|call(?:s|ed)|describ\w+|put|named|idea|theory|quote\w*|distinguish\w*|predict\w*"
        r"|add(?:s|ed)|refin\w+|explain\w*|point\w*|author|wise|maintain\w*|assert\w*|suggest\w*|state[sd]"
        r"|discover\w*|identif\w*|measur\w*|observ\w*|found)\b"
        r"|\b(?:which|what|name (?:of )?the|name of a?) ?(?:the )?(?:\w+ )?(?:author|scholar|writer|guy|theorist|academic|thinker|person|professor|researcher|dude|bloke)\b"
        r"|\bwhose\b|\baccording to who|\bauthor of\b|\bby whom\b|\bwho(?:'s| is) (?:it|that|this) (?:by|from)\b|\bwho came\b|\bsource (?:for|of)\b|\bcredit(?:ed)? (?:for|to)\b"
        r"|^(?:and )?(?:by )?who\??$|\bwho (?:said|wrote|is (?:the )?author)\b|\bauthor\?*$"
    ),
    QuestionKind.LIST: re.compile(
        rf"\b(?:list|enumerate|name (?:the |all |me )*{_NUMBER}|which {_NUMBER}|what (?:are|were) (?:the |all |these |those )*(?:\w+ )?{_NUMBER}|the {_NUMBER} \w+s\b|all (?:the |of )*{_NUMBER}"
        rf"|{_NUMBER} (?:\w+ )?(?:types|kinds|sorts|ways|reasons|risks|dangers|costs|goals|methods|strategies|functions|factors|examples|definitions|theories|schools|things)"
        r"|(?:types|kinds|sorts|ways|reasons|risks|dangers|costs|goals|methods|functions|factors|advantages|forms|categories)\b|how many)\b"
    ),
    QuestionKind.EXAMPLE: re.compile(
        r"\b(?:examples?|instances?|e\.?g\.?|for instance|cases? of|illustrat\w+)(?:\b|$)"
    ),
    QuestionKind.WHY: re.compile(r"\b(?:why|how come|what makes|what for|for what reason)\b"),
}
_OTHER = re.compile(
    r"\b(?:other|others|opposite|instead|contrary|reverse|alternative|rather|another|else|counterpart|second|first|former|latter)\b"
    r"|\b(?:and|but|about) (?:in |for |with |of )?(?:the|those) (?:\w+ ){1,2}(?:ones?|kinds?|sorts?|types?|guys|side)\b"
)
_WHEN = re.compile(
    r"\b(?:what|which) (?:year|date|day|month|century)\b|\bwhen (?:was|were|did|is|exactly)\b|\bhow (?:much|long|old|far|big|large|often)\b|\bduration\b|\bhow many (?:second|minute|hour|day|week|month|year)s?\b|\bwhat percent\w*\b|\bpercent\w*\b|\bdates?\b"
)

# Where a comparison may be split into its sides, the surest first.
_BETWEEN = re.compile(
    r"\b(?:versus|vs|compared (?:to|with)|in comparison (?:to|with)|different (?:from|to|than)|differs? from|as opposed to|opposed to|unlike|the same(?: thing)? as|same as|apart from)\b\.?"
)
_AND = re.compile(r"\b(?:and|or|from|with|to|than|as|but|while|whereas)\b|[,/;&]")
_FILLER = re.compile(
    r"\b(?:what(?:'s|s)?|how|tell|explain|show|me|please|pls|can|could|you|i|to|do|does|did|they|is|are|was|were|the|of|in|between|both|it|its|each|here|there|"
    r"differen\w+|diff|differs?|distinguish\w*|distinction|compar\w+|contrast\w*|relation\w*|apart|same|thing|similar\w*)\b",
    re.I,
)
_MOST_SPLITS = 4


def _set(words_in_a_row: str) -> frozenset[str]:
    return frozenset(words_in_a_row.split())


# Words that ask for a thing by its name and for nothing else about it.
_NEUTRAL = _set(
    """
    what whats is are s the a an of by for to in on define definition def meaning mean means meant explain explanation describe tell me about
    us please pls plz can could would you u give show i need want know term word again hi hey hello thanks thx does do somebody someone anybody
    anyone quickly briefly exactly actually just sorry
    """
)

# Words that point to what was named in another clause: "what was that again".
_POINTING = _set("it its this that these those they one was were")

# Words that ask what a scholar has to do with the subject, and nothing else.
_CONTRIBUTION = _set(
    """
    who did and with up on their his her they he she view views idea ideas say says said argue argues argued argument claim claims claimed
    contribute contributed contribution come comes came think thinks thought theory write writes wrote propose proposes proposed believe
    believes believed known according work famous scholar author
    """
)

# Words that ask when something was, and nothing else about it.
_DATING = _set(
    """
    when which year date day month was were did take took place happen happened sign signed agree agreed conclude concluded form formed make made start
    started begin began
    """
)

# Words that ask how long something takes or lasts, and nothing else about it.
_LASTING = _set(
    """
    how long many hours days weeks months years time did does do will was were is last lasts lasted run runs ran take takes took duration period valid stay stays stayed
    hold holds held go goes went until till
    """
)

# Words that ask for an answer of some form, for its place or for help, and for nothing of the subject.
_FORM = _set(
    """
    explain explained explanation describe tell give show write put say answer answers expected simple simply simpler plain easy easily easier slow slowly
    short shorter shortly brief briefly quick quickly summary summarize summarise sentence sentences word words term terms line lines bullet bullets point
    points key main detail details detailed more version translation translate translated language english german french spanish italian native speaker
    child children kid kids old year years five ten twelve picture context slide slides page pages card cards chapter lecture lectures week number source
    sources note notes exam exams test quiz tomorrow today remember learn study mnemonic help anyone anybody someone somebody something anything please
    question questions know need want like way list s m re
    """
)

# Where one question of a message ends and the next begins.
_ASKS = re.compile(
    r"(?:and |also |so |then )*"
    r"(?:(?:what|wat|who|when|where|why|how)s?|whose|which|explain|define|describe|compare|name|list|tell me|give me)\b",
    re.I,
)
_NEXT_LINE = re.compile(r"(?<=\?)\s+|\n+")
_NEXT = re.compile(
    rf"{_NEXT_LINE.pattern}|[.;]\s+(?={_ASKS.pattern})|,?\s+(?:and|also|plus)\s+(?={_ASKS.pattern})", re.I
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|their|he|she|his|her|ones?|both|same|other|others|there|then)\b"
)

# Between two scholars whose views are wanted.
_BESIDE = re.compile(r"\b(?:and|or|while|whereas|but|versus|vs|against|next to|than)\b")

# Of the examples of a thing: words that want more than one.
_SEVERAL = re.compile(r"\b(?:examples|instances|cases|two|three|both|all|each|list)\b")

# Of two things that are both named: words that weigh one against the other without saying that they compare.
_WEIGHS = re.compile(
    r"\b(?:or|both|each|which of|either|neither|opposites?|rather than|than|just|simply|merely|one and the same)\b"
)

_ORDINALS = [
    (at, re.compile(rf"\b(?:{cue})\b"))
    for at, cue in enumerate(["first|1st", "second|2nd", "third|3rd", "fourth|4th", "fifth|5th"])
] + [(-1, re.compile(r"\b(?:last|final)(?: one)?\b"))]

_PAUSE = re.compile(r"[.?!;,:()\n\"]+|\s-+\s")
_MORE_ASKED = re.compile(r"\b(?:who|whose|when|where|why|how|which|what|examples?|difference|list|name)\b", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood. ``text`` is cleaned and mended, ``splits`` are possible pairs of sides of a comparison.

    ``weighs`` says whether two things that it names may be set side by side, ``beside`` the same of two scholars, ``several`` whether it
    wants more than one example; ``asks_other`` whether it points away from what was just spoken of ("the other one"), ``asks_figure``
    whether only a date or an amount would answer it, ``ordinal`` which item of a list it points to (0 for the first, -1 for the last).
    """

    text: str
    kind: QuestionKind
    splits: tuple[tuple[str, str], ...] = ()
    weighs: bool = False
    beside: bool = False
    several: bool = False
    asks_other: bool = False
    asks_figure: bool = False
    ordinal: int | None = None

    @property
    def name(self) -> tuple[str, ...]:
        """The words that are left when those are taken away that ask for nothing but a definition."""
        return _without(words(self.text), _NEUTRAL)

    @property
    def trimmed(self) -> tuple[str, ...]:
        """The same, with such words kept inside: "kinds of sails"."""
        found = words(self.text)
        asking = [word in _NEUTRAL for word in found]
        if all(asking):
            return ()
        return tuple(found[asking.index(False) : len(found) - asking[::-1].index(False)])

    @property
    def clauses(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """For each clause its words like those of ``name``, and the other clauses, if these ask for nothing more."""
        parts = [part for part in _PAUSE.split(self.text) if _without(words(part), _NEUTRAL | _POINTING)]
        if len(parts) < 2 and not _PAUSE.search(self.text.strip(" .?!")):
            return ()  # one clause, which `name` tells
        found = [
            (_without(words(part), _NEUTRAL), " ".join(parts[:at] + parts[at + 1 :])) for at, part in enumerate(parts)
        ]
        return tuple((name, rest) for name, rest in found if name and not _MORE_ASKED.search(rest))

    @property
    def besides_a_contribution(self) -> tuple[str, ...]:
        """The words of the question without those that only ask what somebody said."""
        return _without(words(self.text), _NEUTRAL | _CONTRIBUTION)

    @property
    def besides_a_date(self) -> tuple[str, ...]:
        """The words of the question without those that only ask when something was."""
        return _without(words(self.text), _NEUTRAL | _DATING)

    @property
    def besides_a_duration(self) -> tuple[str, ...]:
        """The words of the question without those that only ask how long something lasts."""
        return _without(words(self.text), _NEUTRAL | _LASTING)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not any(sign.isalnum() for sign in self.text)


def cleaned(question: str) -> str:
    """The question's words: without mentions, links, markup, control characters and courtesies, and in at most MAX_LENGTH characters."""
    text = unicodedata.normalize("NFKC", question[: 4 * MAX_LENGTH])
    if not text.isprintable():
        text = "".join(map(_printed, text))
    for pattern in (_MENTION, _LINK, _ADDRESS, _MARKUP):
        text = pattern.sub(" ", text)
    text = " ".join(text.translate(_QUOTES).split())[:MAX_LENGTH]
    blunt = " ".join(_COURTESY.sub(" ", text).split()).strip(" ,.")
    return blunt if any(map(str.isalnum, blunt)) else text


def _printed(sign: str) -> str:
    """A space for what parts lines, nothing for other signs that control or format."""
    category = unicodedata.category(sign)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category.startswith("C") else sign


def read_question(question: str, speller: Speller) -> Reading:
    """Read one question."""
    text = speller.mend(cleaned(question))[:MAX_LENGTH].rstrip()  # mending may have made it longer
    folded = text.casefold()
    kind = next((kind for kind, cue in _CUES.items() if cue.search(folded)), QuestionKind.DEFINITION)
    splits = tuple(islice(_splits(text), _MOST_SPLITS)) if kind is QuestionKind.COMPARISON else ()
    ordinal = next((at for at, cue in _ORDINALS if cue.search(folded)), None)
    return Reading(
        text,
        kind,
        splits,
        weighs=bool(_WEIGHS.search(folded)),
        beside=kind is not QuestionKind.ATTRIBUTION and bool(_BESIDE.search(folded)),
        several=bool(_SEVERAL.search(folded)),
        asks_other=bool(_OTHER.search(folded)),
        asks_figure=bool(_WHEN.search(folded)),
        ordinal=ordinal,
    )


def _without(found: Iterable[str], some: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in found if word not in some)


def several_questions(question: str) -> tuple[str, ...]:
    """The questions of a message that asks two or three, each with words of its own to go by; empty if it asks one."""
    text = question[:MAX_LENGTH]
    compares = _CUES[QuestionKind.COMPARISON].search(text.casefold())
    parts = [part.strip() for part in (_NEXT_LINE if compares else _NEXT).split(text) if part and part.strip()]
    parts = [part for part in parts if part.casefold() not in {"and", "also", "plus"}]
    asked = [part for part in parts if len(content_words(tokens_of(cleaned(part)))) >= 1]
    if not 2 <= len(asked) <= 3 or len(asked) < len(parts):
        return ()
    return tuple(asked) if all("?" in part or _ASKS.match(part) for part in asked[:-1]) else ()


def asks(part: str) -> bool:
    """Whether this part of a message is a question."""
    return "?" in part or _ASKS.match(part) is not None


def points_back(part: str) -> bool:
    """Whether this part of a message can only be understood by what stands before it."""
    return _POINTS_BACK.search(part.casefold()) is not None


def asks_for_form(part: str) -> bool:
    """Whether this part of a message asks for an answer of some form, for its place or for help: "in simple words, please"."""
    return all(word in _FORM or word.isdecimal() for word in words(cleaned(part)) if content_words([word]))


def compared(text: str) -> str:
    """What a question compares: its text without the words that say that it compares."""
    return _side(_AND.sub(" ", text))


def _splits(text: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for pattern in (_BETWEEN, _AND):
        for found in pattern.finditer(text, re.I):
            left, right = _side(text[: found.start()]), _side(re.split(r"[?!]", text[found.end() :])[0])
            if left and right and (left, right) not in seen:
                seen.add((left, right))
                yield left, right


def _side(text: str) -> str:
    return " ".join(_FILLER.sub(" ", text).split()).strip(" ,.?!:-")
