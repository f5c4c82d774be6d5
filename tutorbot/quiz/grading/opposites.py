"""Pairs of opposites in general English: an answer that turns the key round shares most of its words with it."""

from tutorbot.quiz.grading.stemming import stem

_AXES = """
increase rise raise grow growth gain up more higher greater high large larger big bigger expand climb lengthen | decrease fall drop decline reduce reduction lower less fewer low small smaller shrink down lose diminish shorten lessen
fast speedy quick quickly rapid rapidly faster quicker accelerate hasten speed | slow slowly slower brake
start begin initiate launch commence open | stop end halt cease finish quit terminate
preserve preservation maintain maintenance keep stay remain same constant unchanged stable steady sustain unaltered | change alter alteration modify modification vary shift transform disrupt overturn
same identical equal alike equally | different unequal distinct differ differently
internal inside inner within domestic internally home | external outside outer foreign abroad externally
strong strength strengthen powerful stronger | weak weakness weaken powerless weaker
positive | negative
attack offense offensive aggressive | defend defense defensive
ally friend partner friendly | enemy adversary opponent rival foe hostile
win gain victory | lose loss defeat
open | closed close shut
import | export
buy purchase | sell
public | private
first | last
before earlier prior | after later afterwards
above over | below under beneath
hot warm heat | cold cool
near close closer nearer | far distant farther further
long longer | short shorter
easy easier simple | hard difficult harder
cheap cheaper inexpensive | expensive costly dear
create creation build produce production form | destroy destruction demolish
accept acceptance comply compliance agree agreement obey obedience consent yield submission | reject rejection refuse refusal resist resistance disagree disagreement defy defiance
temporary temporarily | permanent permanently
voluntary voluntarily freely | forced compulsory involuntary mandatory
punish punishment | reward
send sender | receive receiver
absorb | release emit
attract attraction | repel repulsion
compete competition | cooperate cooperation collaborate
include inclusion | exclude exclusion
join enter entry | leave exit withdraw
peace peaceful | war
rich wealthy | poor
succeed success | fail failure
true | false
single | many multiple several
majority | minority
maximum maximize | minimum minimize
allow allowance permit permission enable let | block forbid prevent prohibit ban hinder
help support assist favor | harm oppose
thick | thin
light lighter | heavy heavier
bright brighter | dim dark dimmer
loud louder | quiet quieter soft
active | passive
supply | demand
producer | consumer
credible | bluff empty
complete whole full entire | incomplete partial partly
direct directly | indirect indirectly
always | never rarely
all every everyone | none nobody
encourage incentive | discourage deterrent
unite unify union | divide split division
trust | distrust suspicion
concentrated | spread dispersed
explicit formal formally | implicit tacit informal
deliberate deliberately intentional | accidental accident
""".strip()

_PREFIXES = """in ex|endo exo|inter intra|hyper hypo|over under|pre post|macro micro|uni multi|uni bi|bi multi|mono poly|sub super|de en|de|pro anti|
anti|non|un|dis|a|an|counter|mis|in|im|il|ir|homo hetero|ortho para|ab ad|intro extra|max min|cat an|as des|em im|up down|up out|upper lower|
inter super|mono oligo|mono duo""".replace("\n", "")
_LEAST_ROOT = 4


def _tables() -> dict[str, tuple[tuple[int, bool], ...]]:
    poles: dict[str, dict[tuple[int, bool], None]] = {}
    for axis, line in enumerate(_AXES.splitlines()):
        for side, group in enumerate(line.split("|")):
            for word in group.split():
                poles.setdefault(stem(word), {})[axis, bool(side)] = None
    return {root: tuple(sides) for root, sides in poles.items()}


_POLES = _tables()
_PREFIX_PAIRS = tuple(tuple(pair.split()) if " " in pair else (pair, "") for pair in _PREFIXES.split("|"))


def are_opposites(one: str, other: str) -> bool:
    """Whether two stems stand at two ends of one axis, or differ by a prefix that turns the meaning ("symmetr", "asymmetr")."""
    if any((axis, not side) in _POLES.get(other, ()) for axis, side in _POLES.get(one, ())):
        return True
    return differ_by_prefix(one, other)


def are_alike(one: str, other: str) -> bool:
    """Whether two stems stand at the same end of an axis ("increas", "rise")."""
    return any(pole in _POLES.get(other, ()) for pole in _POLES.get(one, ()))


def differ_by_prefix(one: str, other: str) -> bool:
    """Whether two stems share a root of four letters or more and only an opposing prefix parts them."""
    for left, right in _PREFIX_PAIRS:
        for first, second in ((left, right), (right, left)):
            if one.startswith(first) and other.startswith(second):
                root, counterpart = one[len(first) :], other[len(second) :]
                if root == counterpart and len(root) >= _LEAST_ROOT and one != other:
                    return True
    return False
