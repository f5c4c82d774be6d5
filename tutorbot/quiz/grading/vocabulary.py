"""The words that grading treats apart: those that carry no answer, negations, numerals, irregular forms, endings."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


STOP_WORDS = _words(
    """
    a about against also am among amongst an and any anything are as at be because been being between but by called
    can could did do does doing done due during each either else et etc for from get gets getting got had has have
    having he her hers him his how i if in into is it its itself just kind let lets like may me might mine must my
    name named of off ok okay on one ones onto or our ours own per said say says shall she should since so some
    somebody somehow someone something such term than that the their theirs them themselves then there these they
    thing things this those though through thus to too toward towards unless until upon us very via was way we were
    what when where whereas whether which while who whom whose why will with within would yes you your yours
    """
)
"""Words that carry no answer."""

CHATTER = _words(
    """
    actually afaik answer basically believe called certainly correct defined definitely describes er erm guess hm hmm
    idk im imo its know known lol maybe mean meaning means perhaps please pls plz probably really refers remember
    stuff suppose sure thats think u uh um ur well word would
    """
)
"""What students wrap an answer in."""

LIGHT = _words(
    """
    able act amount another bad become both case cause certain change come different do example find form general give
    go good happen help involve lead less level main make many mean more most much need new number other own part
    people person place provide put require result same see show sort state take thing time two type use various want
    way work
    """
)
"""Words that carry little."""

NEGATORS = _words(
    """
    cannot neither never no nobody non none nor not nothing nowhere without
    """
)

SOFT_NEGATORS = _words(
    """
    absence avoid block deter except fail hardly hinder instead keep lack lose prevent refrain refuse stop unlike
    """
)
"""Words that may or may not turn what follows: "prevent", "lack"."""

ENDS_SCOPE = _words(
    """
    although and because but however since so then therefore unless whereas while
    """
)
"""Where a negation ends."""

SUFFIXES = _words(
    """
    d e n r s y al ed er es ic ly or ty ant ent ers ful ial ian ics ies ing ion ism ist ity ive ize ous able ally ance
    ence ible ical ists ized ment ness tion ation izing ments ations ization
    """
)
"""Endings that part two forms of one word."""

NUMERALS = _pairs(
    """
    zero:0 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14
    fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fifty:50 sixty:60
    seventy:70 eighty:80 ninety:90 hundred:100 thousand:1000 million:1000000 billion:1000000000
    """
)
""""one" is mostly a pronoun and is left out."""

IRREGULAR = _pairs(
    """
    rose:rise risen:rise fell:fall fallen:fall grew:grow grown:grow began:begin begun:begin kept:keep lost:lose
    won:win sold:sell bought:buy sent:send led:lead went:go gone:go goes:go made:make took:take taken:take gave:give
    given:give came:come found:find held:hold left:leave paid:pay brought:bring broke:break broken:break built:build
    fought:fight chose:choose chosen:choose knew:know known:know wrote:write written:write spoke:speak spoken:speak
    shown:show meant:mean felt:feel told:tell thought:think taught:teach caught:catch stood:stand
    understood:understand drew:draw drawn:draw spent:spend lent:lend hid:hide hidden:hide forgot:forget
    forgotten:forget forgone:forgo drove:drive driven:drive ran:run men:man women:woman children:child people:person
    feet:foot mice:mouse bacteria:bacterium mitochondria:mitochondrion better:good best:good worse:bad worst:bad
    criteria:criterion phenomena:phenomenon nuclei:nucleus clarity:clear length:long strength:strong width:wide
    depth:deep height:high belief:believe proof:prove growth:grow death:die choice:choose loss:lose analysis:analyze
    """
)

PHRASAL_VERBS = _pairs(
    """
    give-in:yield give-up:abandon give-away:donate go-up:rise go-down:fall go-away:vanish fall-apart:collapse break-apart:collapse
    break-down:collapse break-away:separate carry-out:perform speed-up:accelerate slow-down:slow blow-up:explode set-up:establish
    find-out:discover take-part:participate take-over:seize take-in:absorb take-away:remove make-sure:ensure turn-down:refuse
    back-down:yield hold-back:restrain put-off:postpone put-together:combine add-up:combine build-up:accumulate bring-about:cause
    get-bigger:grow get-smaller:shrink grow-apart:separate keep-going:continue go-on:continue leave-out:omit make-up:constitute
    run-out:exhaust stick-together:unite stand-for:represent team-up:cooperate work-together:cooperate throw-away:discard
    use-up:consume cut-down:reduce cut-off:interrupt pay-back:repay let-down:disappoint step-in:intervene come-together:unite
    """
)
"""A verb and its particle, with one word that says the same."""
