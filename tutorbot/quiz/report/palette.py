"""The picture's colours. It brings its own dark ground, so it looks the same in Discord's light and dark."""

Colour = tuple[int, int, int]


def _hex(code: str) -> Colour:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


GROUND, PANEL, LINE = _hex("1B2030"), _hex("242B3D"), _hex("343D54")
INK, MUTED = _hex("F4F6FB"), _hex("A4AEC4")
GOLD, SILVER, BRONZE = _hex("F5C451"), _hex("C6D0DE"), _hex("D9935F")
RIGHT, WRONG, NONE = _hex("3DD68C"), _hex("FF6B6B"), _hex("3A435A")
MEDALS = {1: GOLD, 2: SILVER, 3: BRONZE}
TEAMS = tuple(map(_hex, ("E5484D", "4C8DFF", "3DD68C", "F5C451", "A774F0", "FF9149", "F277C6", "D3DAE6")))
"""In the order of the teams' names."""


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """``share`` (0..1) of the one, the rest of the other."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue
