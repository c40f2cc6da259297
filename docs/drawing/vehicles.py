"""Silhouettes of vehicles as SVG fragments: facing right, x from the rear, y 0 on the ground."""

import math

from canvas import INK, Point, mix
from ships import shape, stroke


def _tracks(length: float, wheels: int, fill: str, gap: str) -> str:
    height = 34.0
    belt = (
        f'<path d="M22 0H{length - 26}L{length - 2} {-height * 0.55}L{length - 12} {-height}H8'
        f'L0 {-height * 0.6}Z" fill="{fill}"/>'
    )
    rims = "".join(
        f'<circle cx="{30 + index * (length - 62) / (wheels - 1):.1f}" cy="-13" r="12" fill="{gap}"/>'
        f'<circle cx="{30 + index * (length - 62) / (wheels - 1):.1f}" cy="-13" r="7.5" fill="{fill}"/>'
        for index in range(wheels)
    )
    return belt + rims


def tank(fill: str, light: str) -> str:
    """A main battle tank, 300 units of hull, the gun reaching to 415."""
    upper, gap = mix(fill, light, 0.1), mix(fill, light, 0.22)
    return "".join(
        [
            stroke([(96, -98), (84, -172)], fill, 1.4),
            stroke([(112, -98), (104, -150)], fill, 1.2),
            _tracks(296, 7, fill, gap),
            shape([(2, -30), (8, -50), (30, -62), (246, -62), (300, -45), (290, -28)], fill),
            shape([(70, -61), (62, -72), (70, -92), (86, -102), (184, -102), (238, -80), (222, -61)], upper),
            shape([(62, -72), (40, -74), (38, -90), (70, -92)], fill),
            shape([(150, -102), (154, -114), (180, -114), (184, -102)], fill),
            shape([(112, -102), (114, -109), (136, -109), (138, -102)], fill),
            stroke([(120, -110), (160, -117)], fill, 3),
            shape([(226, -86), (226, -74), (262, -77), (262, -87)], fill),
            stroke([(250, -82), (412, -92)], fill, 6.4),
            stroke([(318, -86.5), (352, -88.6)], fill, 10),
            stroke([(406, -91.6), (414, -92.1)], fill, 8.5),
            stroke([(86, -102), (184, -102), (238, -80)], light, 1.8, 'opacity="0.8"'),
            stroke([(246, -62), (300, -45)], light, 1.8, 'opacity="0.8"'),
            stroke([(260, -85), (412, -95)], light, 1.2, 'opacity="0.7"'),
        ]
    )


def howitzer(fill: str, light: str, elevation: float) -> str:
    """A tracked howitzer with the turret at the rear and the barrel raised by `elevation` degrees."""
    upper, gap = mix(fill, light, 0.05), mix(fill, light, 0.22)
    angle = math.radians(elevation)
    pivot = (172.0, -98.0)

    def out(reach: float) -> Point:
        return (pivot[0] + reach * math.cos(angle), pivot[1] - reach * math.sin(angle))

    return "".join(
        [
            stroke([(36, -132), (26, -196)], fill, 1.4),
            stroke([out(0), out(300)], fill, 8),
            stroke([out(150), out(184)], fill, 13),
            stroke([out(286), out(306)], fill, 13),
            stroke([out(10), out(92)], fill, 15),
            _tracks(286, 7, fill, gap),
            shape([(2, -30), (6, -58), (244, -60), (290, -42), (280, -26)], fill),
            shape([(8, -58), (4, -118), (18, -132), (140, -132), (196, -104), (204, -60)], upper),
            shape([(52, -132), (56, -142), (88, -142), (92, -132)], fill),
            stroke([(70, -141), (108, -147)], fill, 3),
            shape([(4, -114), (-16, -110), (-16, -70), (6, -66)], fill),
            stroke([(18, -132), (140, -132), (196, -104), (204, -62)], light, 1.8, 'opacity="0.75"'),
            stroke([(244, -60), (290, -42)], light, 1.8, 'opacity="0.75"'),
        ]
    )


def launcher(fill: str, light: str) -> str:
    """A lorry that carries eight missile canisters, raised."""
    gap = mix(fill, light, 0.25)
    wheels = "".join(
        f'<circle cx="{x}" cy="-17" r="17" fill="{fill}"/><circle cx="{x}" cy="-17" r="7" fill="{gap}"/>'
        for x in (28, 70, 178, 226, 268)
    )
    box = "".join(
        [
            shape([(0, 0), (0, -208), (72, -208), (72, 0)], mix(fill, light, 0.12)),
            *[stroke([(x, -3), (x, -205)], fill, 2.2) for x in (18, 36, 54)],
            stroke([(0, -70), (72, -70)], fill, 5),
            stroke([(0, -146), (72, -146)], fill, 5),
            shape([(0, -208), (0, -216), (72, -216), (72, -208)], fill),
            stroke([(72, 0), (72, -216)], light, 2.2, 'opacity="0.85"'),
        ]
    )
    return "".join(
        [
            wheels,
            shape([(0, -30), (0, -48), (300, -48), (300, -26), (2, -26)], fill),
            shape([(226, -46), (226, -104), (282, -104), (306, -72), (306, -28), (226, -28)], fill),
            shape([(258, -98), (280, -98), (298, -72), (258, -72)], gap),
            stroke([(282, -104), (306, -72), (306, -30)], light, 2, 'opacity="0.8"'),
            shape([(4, -46), (20, -58), (90, -86), (104, -46)], fill),
            stroke([(150, -48), (50, -172)], fill, 9),
            stroke([(10, -36), (-14, -2)], fill, 6),
            stroke([(208, -36), (212, -2)], fill, 5),
            f'<g transform="translate(22 -54) rotate(-24)">{box}</g>',
        ]
    )


def radar_mast(fill: str, light: str) -> str:
    """A mobile radar: lorry, folding mast, flat tilted antenna."""
    return "".join(
        [
            *[f'<circle cx="{x}" cy="-15" r="15" fill="{fill}"/>' for x in (24, 62, 148, 186)],
            shape([(0, -26), (0, -44), (210, -44), (210, -26)], fill),
            shape([(152, -44), (152, -96), (196, -96), (212, -68), (212, -40)], fill),
            shape([(10, -44), (10, -92), (86, -92), (86, -44)], fill),
            stroke([(56, -90), (56, -214)], fill, 10),
            shape([(8, -206), (24, -288), (110, -276), (96, -192)], mix(fill, light, 0.12)),
            stroke([(24, -288), (110, -276), (96, -192)], light, 2, 'opacity="0.8"'),
        ]
    )


def lorry_from_ahead(body: str, cab: str, lamp: str) -> str:
    """A covered army lorry seen from ahead, 100 units wide, lamps lit; the origin is the ground below."""
    return "".join(
        [
            '<path d="M-48 -44V-132Q-48 -146 -34 -148H34Q48 -146 48 -132V-44Z" fill="' + body + '"/>',
            shape([(-42, -20), (-42, -78), (-36, -112), (36, -112), (42, -78), (42, -20)], cab),
            shape([(-33, -82), (-29, -106), (-2, -106), (-2, -82)], INK),
            shape([(2, -82), (2, -106), (29, -106), (33, -82)], INK),
            shape([(-46, -18), (-46, -34), (46, -34), (46, -18)], mix(cab, INK, 0.45)),
            shape([(-42, 0), (-42, -22), (-24, -22), (-24, 0)], INK),
            shape([(24, 0), (24, -22), (42, -22), (42, 0)], INK),
            stroke([(-24, -70), (24, -70)], body, 3),
            stroke([(-24, -60), (24, -60)], body, 3),
            stroke([(-24, -50), (24, -50)], body, 3),
            f'<g fill="{lamp}"><circle cx="-32" cy="-42" r="7.5"/><circle cx="32" cy="-42" r="7.5"/></g>',
        ]
    )
