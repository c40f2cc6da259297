"""Armies on the ground, and the map they see of it."""

import math

from canvas import (
    EMBER,
    FOG,
    HEIGHT,
    INK,
    MIST,
    NAVY,
    OCHRE,
    PAPER,
    RUST,
    SAND,
    SLATE,
    STEEL,
    WIDTH,
    Canvas,
    Point,
    curve,
    mix,
)
from landscape import bumps, clouds, forest, haze, isolines, sky, smooth, spruce, sun
from vehicles import howitzer, launcher, lorry_from_ahead, radar_mast, tank


def contour_arrows() -> str:
    canvas = Canvas(67, PAPER)
    canvas.sheet(canvas.linear((0, 0), (1600, 900), (0, PAPER, 1), (1, mix(PAPER, SAND, 0.45), 1)))
    relief = bumps(canvas, 40, smallest=60, largest=200)
    course = [
        (-20, 640),
        (160, 600),
        (330, 668),
        (520, 640),
        (690, 720),
        (900, 700),
        (1080, 790),
        (1300, 770),
        (1640, 850),
    ]
    banks = _dense(course)

    def field(x: float, y: float) -> float:
        level = next((at[1] for at in banks if at[0] >= x), banks[-1][1])
        return (relief(x, y) + 0.35) * (1 - 0.85 * math.exp(-(((y - level) / 120) ** 2)))

    levels = [index * 0.11 - 0.25 for index in range(17)]
    loops = isolines(field, levels)
    tints = [mix(MIST, PAPER, 0.45), mix(MIST, PAPER, 0.2), mix(FOG, SAND, 0.35), mix(FOG, SAND, 0.15)]
    for at, tint in zip((3, 6, 9, 12), tints):
        canvas.path(smooth(loops[levels[at]]), tint, 'opacity="0.5"')
    canvas.path(smooth(loops[levels[10]]), SLATE, 'filter="url(#spray)" opacity="0.10"')
    for at, level in enumerate(levels):
        width, opacity = (2.1, 0.62) if at % 4 == 0 else (1.0, 0.45)
        canvas.path(smooth(loops[level]), "none", f'stroke="{STEEL}" stroke-width="{width}" opacity="{opacity}"')
    river = curve(course)
    canvas.path(river, "none", f'stroke="{FOG}" stroke-width="15" opacity="0.9"')
    canvas.path(river, "none", f'stroke="{STEEL}" stroke-width="3" opacity="0.5"')
    for points, width, colour in (
        ([(150, 850), (300, 640), (520, 470), (820, 370), (1120, 300)], 46, EMBER),
        ([(640, 880), (800, 690), (960, 560), (1180, 500), (1330, 420)], 34, EMBER),
        ([(110, 150), (330, 120), (560, 190), (860, 210), (1130, 190)], 30, NAVY),
    ):
        _arrow(canvas, points, width, colour)
    front = curve([(1280, -20), (1245, 120), (1300, 250), (1425, 350), (1480, 520), (1420, 700), (1500, 920)])
    canvas.path(front, "none", f'stroke="{NAVY}" stroke-width="5" stroke-dasharray="26 15" opacity="0.85"')
    for spot in ((1392, 150), (1490, 330), (1545, 560), (1370, 60)):
        canvas.rectangle(spot[0] - 23, spot[1] - 15, 46, 30, PAPER, f'stroke="{NAVY}" stroke-width="3.4"')
        canvas.line([(spot[0] - 22, spot[1] + 14), (spot[0] + 22, spot[1] - 14)], NAVY, 2.4)
    for spot in ((150, 850), (640, 880), (110, 150)):
        canvas.circle(spot, 13, PAPER, f'stroke="{INK}" stroke-width="4"')
    return canvas.svg(grain=0.26, vignette=0.22)


def _arrow(canvas: Canvas, spine: list[Point], width: float, colour: str) -> None:
    """A tapering arrow that swells along its way and casts a slight shadow."""
    dense = _dense(spine)
    left, right = [], []
    last = len(dense) - 1
    for at in range(last):
        (x, y), (ahead_x, ahead_y) = dense[at], dense[at + 1]
        length = max(((ahead_x - x) ** 2 + (ahead_y - y) ** 2) ** 0.5, 0.01)
        across = ((ahead_y - y) / length, -(ahead_x - x) / length)
        half = width * (0.08 + 0.42 * (at / last) ** 1.2)
        left.append((x + across[0] * half, y + across[1] * half))
        right.append((x - across[0] * half, y - across[1] * half))
    tip, base = dense[-1], dense[-2]
    run = ((tip[0] - base[0]) ** 2 + (tip[1] - base[1]) ** 2) ** 0.5
    forward = ((tip[0] - base[0]) / run, (tip[1] - base[1]) / run)
    side = (forward[1], -forward[0])
    point = (tip[0] + forward[0] * width * 1.35, tip[1] + forward[1] * width * 1.35)
    wings = [
        (tip[0] + side[0] * width, tip[1] + side[1] * width),
        point,
        (tip[0] - side[0] * width, tip[1] - side[1] * width),
    ]
    ring = [*left, *wings, *reversed(right)]
    canvas.polygon([(x + 7, y + 9) for x, y in ring], INK, 'opacity="0.22" filter="url(#soft6)"')
    tail, head = spine[0], spine[-1]
    canvas.polygon(ring, canvas.linear(tail, head, (0, colour, 0.25), (0.45, colour, 0.85), (1, colour, 1)))
    canvas.polygon(ring, canvas.linear(tail, head, (0, PAPER, 0), (1, INK, 0.8)), 'filter="url(#spray)" opacity="0.16"')


def _dense(spine: list[Point]) -> list[Point]:
    """Catmull-Rom points along the spine, sixteen to a piece."""
    around = [spine[0], *spine, spine[-1]]
    dense = []
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:]):
        for step in range(16):
            t = step / 16
            dense.append(
                tuple(
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d)
                )
            )
    return [*dense, spine[-1]]


def tank_ridge() -> str:
    canvas = Canvas(14)
    sky(
        canvas,
        mix(SLATE, STEEL, 0.2),
        mix(STEEL, FOG, 0.4),
        mix(SAND, OCHRE, 0.2),
        mix(SAND, PAPER, 0.4),
        horizon=640,
    )
    sun(canvas, (1090, 420), 104, mix(PAPER, SAND, 0.3), mix(EMBER, OCHRE, 0.4))
    clouds(canvas, 70, 420, mix(MIST, SAND, 0.4), 10, opacity=0.35)
    for level, height, share in ((470, 110, 0.15), (530, 90, 0.38), (590, 70, 0.62)):
        canvas.ridge(level, height, mix(mix(FOG, SAND, 0.5), SLATE, share), rough=0.55)
        haze(canvas, level + 70, 80, mix(SAND, PAPER, 0.2), 0.5)
    ground = mix(INK, NAVY, 0.35)
    for _ in range(46):
        x, y = 520 - abs(canvas.random.gauss(0, 210)), 690 + canvas.random.uniform(-20, 20)
        canvas.circle(
            (x, y - (520 - x) * 0.16),
            canvas.random.uniform(30, 90),
            mix(SAND, OCHRE, 0.35),
            'opacity="0.10" filter="url(#soft20)"',
        )
    canvas.add(f'<g transform="translate(500 706) rotate(-5) scale(1.55)">{tank(ground, mix(SAND, PAPER, 0.2))}</g>')
    crest = [
        (-20, 790),
        (160, 760),
        (330, 724),
        (500, 704),
        (740, 686),
        (960, 664),
        (1130, 668),
        (1330, 720),
        (1640, 800),
        (1640, 920),
        (-20, 920),
    ]
    canvas.path(curve(crest[:-2]) + "L1640 920L-20 920Z", canvas.vertical((0, ground, 1), (1, INK, 1), top=660))
    canvas.path(curve(crest[:-2]), "none", f'stroke="{mix(SAND, OCHRE, 0.3)}" stroke-width="2.5" opacity="0.4"')
    _grass(canvas, crest[:-2], ground)
    canvas.path(
        curve(crest[:-2]) + "L1640 920L-20 920Z",
        mix(SLATE, OCHRE, 0.3),
        'filter="url(#spray)" opacity="0.12"',
    )
    return canvas.svg()


def _grass(canvas: Canvas, crest: list[Point], fill: str) -> None:
    dense = _dense(crest)
    for _ in range(420):
        x, y = canvas.random.choice(dense)
        x += canvas.random.uniform(-14, 14)
        tall = canvas.random.uniform(5, 19)
        canvas.line([(x, y + 6), (x + canvas.random.uniform(-5, 8), y - tall)], fill, 1.6)


def howitzer_line() -> str:
    canvas, horizon = Canvas(37), 640
    sky(
        canvas,
        mix(NAVY, INK, 0.2),
        mix(SLATE, NAVY, 0.3),
        mix(STEEL, RUST, 0.3),
        mix(OCHRE, EMBER, 0.4),
        mix(SAND, OCHRE, 0.3),
        horizon=horizon,
    )
    clouds(canvas, 90, 560, mix(NAVY, RUST, 0.3), 17, opacity=0.5)
    canvas.ridge(600, 46, mix(STEEL, RUST, 0.4), rough=0.5)
    canvas.ridge(626, 24, mix(SLATE, RUST, 0.3), rough=0.5)
    haze(canvas, horizon - 6, 50, mix(SAND, OCHRE, 0.3), 0.6)
    canvas.rectangle(
        0,
        horizon,
        WIDTH,
        HEIGHT,
        canvas.vertical((0, mix(SLATE, OCHRE, 0.4), 1), (0.3, mix(NAVY, OCHRE, 0.12), 1), (1, INK, 1), top=horizon),
    )
    flash = (1475, 540)
    canvas.circle(
        flash,
        320,
        canvas.radial(flash, 320, (0, PAPER, 0.95), (0.1, SAND, 0.75), (0.3, EMBER, 0.4), (1, EMBER, 0)),
    )
    for _ in range(40):
        spot = (1500 + canvas.random.gauss(20, 70), 520 - abs(canvas.random.gauss(0, 60)))
        canvas.circle(spot, canvas.random.uniform(18, 60), mix(FOG, SAND, 0.5), 'opacity="0.16" filter="url(#soft20)"')
    guns = [(1270, 662, 0.3), (1130, 678, 0.42), (930, 704, 0.6), (620, 752, 0.92), (90, 842, 1.55)]
    for x, y, size in guns:
        far = 1 - min(1, size / 1.3)
        body, light = mix(mix(INK, NAVY, 0.4), mix(STEEL, OCHRE, 0.45), far * 0.75), mix(OCHRE, SAND, 0.4)
        canvas.ellipse((x + 150 * size, y + 2), 190 * size, 13 * size, INK, 'opacity="0.6" filter="url(#soft6)"')
        canvas.add(f'<g transform="translate({x} {y}) scale({size})">{howitzer(body, light, 46)}</g>')
    canvas.rectangle(0, horizon, WIDTH, HEIGHT, mix(STEEL, OCHRE, 0.4), 'filter="url(#spray)" opacity="0.10"')
    return canvas.svg()


def missile_battery() -> str:
    canvas = Canvas(83)
    sky(
        canvas,
        mix(SLATE, NAVY, 0.2),
        STEEL,
        mix(FOG, EMBER, 0.25),
        mix(SAND, EMBER, 0.25),
        mix(SAND, PAPER, 0.4),
        horizon=700,
    )
    for _ in range(60):
        canvas.circle(
            (canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, 240)),
            canvas.random.uniform(0.6, 1.5),
            PAPER,
            f'opacity="{canvas.random.uniform(0.2, 0.7):.2f}"',
        )
    glow = (700, 700)
    canvas.circle(glow, 700, canvas.radial(glow, 700, (0, PAPER, 0.7), (0.4, SAND, 0.3), (1, SAND, 0)))
    clouds(canvas, 200, 600, mix(STEEL, EMBER, 0.25), 16, opacity=0.45)
    canvas.ridge(620, 70, mix(FOG, SAND, 0.4), rough=0.52)
    haze(canvas, 670, 70, PAPER, 0.5)
    canvas.ridge(672, 46, mix(STEEL, SAND, 0.25), rough=0.5)
    haze(canvas, 716, 60, mix(SAND, PAPER, 0.4), 0.6)
    light = mix(SAND, PAPER, 0.3)
    for x, y, size, far in ((1140, 726, 0.62, 0.42), (880, 744, 0.82, 0.26)):
        canvas.place(launcher(mix(INK, STEEL, far + 0.2), light), (x, y), size)
    canvas.add(f'<g transform="translate(1390 722) scale(0.78)">{radar_mast(mix(INK, STEEL, 0.5), light)}</g>')
    canvas.ridge(752, 24, mix(NAVY, SLATE, 0.35), rough=0.5)
    haze(canvas, 770, 36, mix(SAND, STEEL, 0.4), 0.4)
    for x, y, size in ((520, 782, 1.12), (90, 818, 1.5)):
        canvas.add(f'<g transform="translate({x} {y}) scale({size})">{launcher(mix(INK, NAVY, 0.4), light)}</g>')
    front = canvas.ridge(812, 22, mix(INK, NAVY, 0.25), rough=0.5)
    _grass(canvas, front[::10], mix(INK, NAVY, 0.25))
    return canvas.svg()


def convoy_snow() -> str:
    canvas = Canvas(97)
    sky(
        canvas,
        mix(NAVY, SLATE, 0.5),
        mix(STEEL, SLATE, 0.3),
        mix(FOG, STEEL, 0.3),
        mix(SAND, MIST, 0.4),
        horizon=470,
    )
    clouds(canvas, 60, 330, mix(STEEL, FOG, 0.4), 12, opacity=0.4)
    canvas.ridge(372, 130, mix(FOG, MIST, 0.5), rough=0.56)
    canvas.ridge(430, 90, mix(FOG, STEEL, 0.35), rough=0.55)
    haze(canvas, 466, 60, mix(SAND, MIST, 0.4), 0.6)
    snow = [mix(FOG, MIST, 0.7), mix(MIST, PAPER, 0.25), mix(MIST, PAPER, 0.5)]
    for level, height, tint, trees, dark in ((490, 40, snow[0], 34, 0.35), (540, 36, snow[1], 60, 0.6)):
        skyline = canvas.ridge(level, height, tint, rough=0.5)
        forest(canvas, skyline, mix(FOG, NAVY, dark), trees, gap=0.34)
        haze(canvas, level + 26, 40, MIST, 0.5)
    canvas.path(
        "M-20 640C240 560 480 570 760 606C1080 640 1330 560 1640 590V920H-20Z",
        canvas.vertical(
            (0, mix(MIST, PAPER, 0.3), 1),
            (0.5, mix(FOG, MIST, 0.6), 1),
            (1, mix(STEEL, FOG, 0.4), 1),
            top=560,
        ),
    )
    road = [
        (1215, 578, 5),
        (1130, 594, 9),
        (960, 606, 15),
        (800, 622, 23),
        (700, 654, 36),
        (740, 706, 62),
        (850, 780, 108),
        (960, 930, 210),
    ]
    centre, widths = _dense([(x, y) for x, y, _ in road]), _dense([(width, 0) for _, _, width in road])
    left = [(x - width, y) for (x, y), (width, _) in zip(centre, widths)]
    right = [(x + width, y) for (x, y), (width, _) in zip(centre, widths)]
    canvas.polygon(
        [*left, *reversed(right)],
        canvas.vertical((0, mix(FOG, STEEL, 0.3), 1), (1, mix(SLATE, STEEL, 0.4), 1), top=570),
    )
    for side in (-0.45, 0.45):
        canvas.line(
            [(x + side * width, y) for (x, y), (width, _) in zip(centre, widths)],
            mix(MIST, STEEL, 0.3),
            3,
            'opacity="0.5"',
        )
    _snow_shadow(canvas)
    for at in (4, 20, 36, 50, 64, 78, 97):
        (x, y), (width, _) = centre[at], widths[at]
        _lit_lorry(canvas, (x, y), width * 0.0105 * 1.05, 1 - min(1, width / 120))
    for x in (40, 140, 235, 330, 1330, 1420, 1500, 1580):
        spruce(canvas, (x, 930), canvas.random.uniform(240, 430), mix(INK, NAVY, 0.35))
    for _ in range(230):
        spot = (canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, HEIGHT))
        canvas.circle(
            spot,
            canvas.random.choice((1.2, 1.8, 2.6, 3.6)),
            PAPER,
            f'opacity="{canvas.random.uniform(0.3, 0.85):.2f}"',
        )
    return canvas.svg()


def _snow_shadow(canvas: Canvas) -> None:
    for _ in range(26):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(640, 890)
        canvas.ellipse(
            (x, y),
            canvas.random.uniform(60, 240),
            canvas.random.uniform(2, 7),
            mix(STEEL, SLATE, 0.2),
            'opacity="0.16" filter="url(#soft2)"',
        )


def _lit_lorry(canvas: Canvas, foot: Point, size: float, far: float) -> None:
    x, y = foot
    body, cab = mix(mix(NAVY, SLATE, 0.4), FOG, far * 0.5), mix(mix(INK, NAVY, 0.5), FOG, far * 0.45)
    reach = 150 * size
    canvas.ellipse(
        (x, y + 26 * size),
        reach,
        34 * size,
        canvas.radial((x, y + 26 * size), reach, (0, SAND, 0.85), (1, SAND, 0)),
    )
    canvas.ellipse((x, y + 2), 62 * size, 7 * size, INK, 'opacity="0.6"')
    canvas.place(lorry_from_ahead(body, cab, PAPER), (x, y), size)
    for side in (-32, 32):
        lamp = (x + side * size, y - 42 * size)
        glow = max(46 * size, 9)
        canvas.circle(lamp, glow, canvas.radial(lamp, glow, (0, PAPER, 1), (0.25, SAND, 0.7), (1, OCHRE, 0)))


SCENES = {
    "contour-arrows": contour_arrows,
    "convoy-snow": convoy_snow,
    "howitzer-line": howitzer_line,
    "missile-battery": missile_battery,
    "tank-ridge": tank_ridge,
}
