"""Indoors and on paper: parliament, press room, servers, charts, the chart of cables."""

from canvas import EMBER, FOG, INK, MIST, NAVY, OCHRE, PAPER, RUST, SAND, SLATE, STEEL, Canvas, curve, mix
from landscape import bumps, isolines, smooth


def cable_map() -> str:
    canvas = Canvas(88, NAVY)
    canvas.sheet(canvas.linear((0, 0), (1200, 900), (0, mix(SLATE, STEEL, 0.35), 1), (1, NAVY, 1)))
    relief, detail = bumps(canvas, 40, smallest=40, largest=150), bumps(canvas, 300, smallest=12, largest=40)

    def field(x: float, y: float) -> float:
        gulf = abs(y - 482 - (x - 800) * -0.12) / 312
        return (
            gulf
            - 0.95
            + relief(x, y) * 0.42
            + detail(x, y) * 0.17 * max(0.0, min(1.0, gulf))
            + max(0, (x - 1330) / 420) ** 2
        )

    depths, land = [-0.85, -0.7, -0.55, -0.4, -0.25, -0.1], [0.05, 0.3, 0.6]
    loops = isolines(field, [*depths, *land], cell=10)
    for index, depth in enumerate(depths):
        canvas.path(smooth(loops[depth]), mix(SLATE, FOG, 0.1 + index * 0.1), 'opacity="0.28"')
        canvas.path(smooth(loops[depth]), "none", f'stroke="{MIST}" stroke-width="1" opacity="0.22"')
    for x in range(100, 1600, 200):
        canvas.line([(x, 0), (x, 900)], MIST, 0.8, 'opacity="0.16"')
    for y in range(50, 900, 200):
        canvas.line([(0, y), (1600, y)], MIST, 0.8, 'opacity="0.16"')
    canvas.path(smooth(loops[0.05]), INK, 'opacity="0.4" transform="translate(7 10)" filter="url(#soft6)"')
    for index, height in enumerate(land):
        canvas.path(smooth(loops[height]), mix(PAPER, SAND, 0.25 + index * 0.28))
    canvas.path(smooth(loops[0.3]), OCHRE, 'opacity="0.2" filter="url(#spray)"')
    canvas.path(smooth(loops[0.05]), "none", f'stroke="{INK}" stroke-width="2" opacity="0.55"')
    _cables(canvas)
    return canvas.svg(grain=0.24)


def _cables(canvas: Canvas) -> None:
    routes = (
        [(150, 232), (330, 350), (420, 520), (360, 700), (300, 800)],
        [(-20, 560), (260, 540), (560, 575), (900, 520), (1200, 480), (1420, 470)],
        [(1130, 190), (1060, 340), (1090, 520), (1010, 650), (1040, 760)],
    )
    for route in routes:
        canvas.path(curve(route), "none", f'stroke="{INK}" stroke-width="8" opacity="0.25"')
        canvas.path(curve(route), "none", f'stroke="{SAND}" stroke-width="3.4"')
    for spot in ((150, 232), (300, 800), (1420, 470), (1130, 190), (1040, 760)):
        canvas.circle(spot, 11, NAVY, f'stroke="{SAND}" stroke-width="4"')
    upper, lower = (
        [(640, 196), (668, 290), (706, 372), (716, 428)],
        [(734, 506), (766, 590), (742, 690), (770, 790)],
    )
    for part in (upper, lower):
        canvas.path(curve(part), "none", f'stroke="{INK}" stroke-width="11" opacity="0.3"')
        canvas.path(curve(part), "none", f'stroke="{EMBER}" stroke-width="5.4" stroke-linecap="round"')
    for spot in (upper[0], lower[-1]):
        canvas.circle(spot, 12, NAVY, f'stroke="{EMBER}" stroke-width="5"')
    broken = (726, 467)
    canvas.circle(broken, 150, canvas.radial(broken, 150, (0, EMBER, 0.5), (1, EMBER, 0)))
    for radius, opacity in ((46, 0.95), (78, 0.5), (112, 0.26)):
        canvas.circle(
            broken,
            radius,
            "none",
            f'stroke="{mix(EMBER, PAPER, 0.3)}" stroke-width="2.6" opacity="{opacity}"',
        )
    track = [
        (1560, 330),
        (1300, 400),
        (1000, 420),
        (800, 446),
        (640, 490),
        (420, 640),
        (180, 660),
        (-20, 690),
    ]
    canvas.path(
        curve(track),
        "none",
        f'stroke="{PAPER}" stroke-width="2.6" stroke-dasharray="3 12" stroke-linecap="round" opacity="0.9"',
    )


def budget_charts() -> str:
    canvas = Canvas(72, PAPER)
    canvas.sheet(
        canvas.linear(
            (0, 0),
            (1600, 900),
            (0, mix(PAPER, MIST, 0.25), 1),
            (0.6, PAPER, 1),
            (1, mix(PAPER, SAND, 0.6), 1),
        )
    )
    for y in range(170, 800, 90):
        canvas.line([(110, y), (1520, y)], mix(FOG, PAPER, 0.3), 1.6, 'stroke-dasharray="2 8"')
    base, heights = 790, (150, 205, 190, 270, 330, 300, 410, 520, 470)
    for at, height in enumerate(heights):
        x = 170 + at * 146
        canvas.polygon(
            [
                (x + 92, base),
                (x + 92, base - height * 0.9),
                (x + 92 + height * 0.5, base - height * 0.26),
                (x + 92 + height * 0.5, base + 40),
                (x + 40, base + 40),
            ],
            canvas.linear((x + 92, 0), (x + 92 + height * 0.5, 0), (0, SLATE, 0.4), (1, SLATE, 0)),
            'filter="url(#soft6)"',
        )
    canvas.rectangle(90, base, 1440, 3, mix(NAVY, SLATE, 0.3))
    for at, height in enumerate(heights):
        _column(
            canvas,
            170 + at * 146,
            base,
            height,
            EMBER if at == 7 else (mix(SLATE, STEEL, at / 9), mix(SAND, OCHRE, 0.5))[at % 3 == 1],
        )
    points = [
        (130, 600),
        (290, 520),
        (440, 555),
        (590, 470),
        (740, 370),
        (880, 405),
        (1030, 290),
        (1170, 165),
        (1330, 215),
        (1490, 120),
    ]
    canvas.path(
        curve([(x + 5, y + 9) for x, y in points]),
        "none",
        f'stroke="{INK}" stroke-width="6" opacity="0.2" filter="url(#soft2)"',
    )
    canvas.path(curve(points), "none", f'stroke="{NAVY}" stroke-width="5" stroke-linecap="round"')
    for x, y in points[1:-1]:
        canvas.circle((x, y), 9, PAPER, f'stroke="{NAVY}" stroke-width="4.5"')
    canvas.circle(points[-1], 13, EMBER)
    return canvas.svg(grain=0.26, vignette=0.2)


def _column(canvas: Canvas, x: float, base: float, height: float, colour: str) -> None:
    """A paper prism: lit front, dark right side, pale top."""
    top, deep, rise = base - height, 24, 16
    canvas.polygon(
        [(x + 84, top), (x + 84 + deep, top - rise), (x + 84 + deep, base - rise), (x + 84, base)],
        mix(colour, INK, 0.4),
    )
    canvas.polygon(
        [(x, top), (x + deep, top - rise), (x + 84 + deep, top - rise), (x + 84, top)],
        mix(colour, PAPER, 0.5),
    )
    canvas.rectangle(
        x,
        top,
        84,
        height,
        canvas.linear((x, top), (x + 84, base), (0, mix(colour, PAPER, 0.18), 1), (1, mix(colour, INK, 0.12), 1)),
    )
    canvas.rectangle(
        x,
        top,
        84,
        height,
        canvas.vertical((0, INK, 0), (1, INK, 0.9), top=top, bottom=base),
        'filter="url(#spray)" opacity="0.22"',
    )


def shell_line() -> str:
    canvas, eye = Canvas(91, INK), (980, 330)
    canvas.sheet(
        canvas.radial(
            eye,
            1100,
            (0, mix(RUST, OCHRE, 0.3), 1),
            (0.22, mix(RUST, NAVY, 0.55), 1),
            (0.6, NAVY, 1),
            (1, "#070f17", 1),
        )
    )
    for step in range(9):
        depth = 1.5 * 0.74**step
        roof = [
            (eye[0] - 900 * depth, 900),
            (eye[0] - 900 * depth, eye[1] - 160 * depth),
            (eye[0], eye[1] - 420 * depth),
            (eye[0] + 900 * depth, eye[1] - 160 * depth),
            (eye[0] + 900 * depth, 900),
        ]
        canvas.line(
            roof,
            mix(INK, mix(STEEL, OCHRE, 0.4), (1 - depth / 1.5) * 0.6),
            26 * depth,
            'opacity="0.85" stroke-linejoin="round"',
        )
    canvas.circle(
        eye,
        430,
        canvas.radial(eye, 430, (0, PAPER, 1), (0.08, SAND, 0.95), (0.25, EMBER, 0.55), (1, EMBER, 0)),
    )
    canvas.rectangle(eye[0] - 46, eye[1] - 44, 92, 84, mix(PAPER, SAND, 0.4), 'rx="6"')
    canvas.polygon(
        [(eye[0] - 60, eye[1] + 40), (eye[0] + 60, eye[1] + 40), (2300, 900), (-900, 900)],
        canvas.vertical(
            (0, mix(OCHRE, EMBER, 0.4), 0.75),
            (0.3, mix(SLATE, RUST, 0.3), 0.8),
            (1, INK, 0.9),
            top=eye[1] + 40,
            bottom=900,
        ),
    )
    for step in range(15, -1, -1):
        depth = 1.28 * 0.83**step
        for lane in (-3.05, -1.75, -0.45, 1.05, 2.3):
            x, y = eye[0] + lane * 290 * depth, eye[1] + 40 + 520 * depth
            if -160 < x < 1760:
                _shell(canvas, (x, y), depth * 1.0, lane, depth)
    canvas.circle(eye, 700, canvas.radial(eye, 700, (0, SAND, 0.3), (0.5, EMBER, 0.1), (1, EMBER, 0)))
    return canvas.svg()


def _shell(canvas: Canvas, foot: tuple[float, float], size: float, lane: float, depth: float) -> None:
    """An upright shell body; the side towards the furnace glows."""
    x, y = foot
    body = mix(mix(STEEL, SLATE, 0.55), mix(RUST, OCHRE, 0.3), max(0.0, 0.75 - depth))
    glow = mix(EMBER, SAND, 0.45)
    start, end = ((x - 48 * size, 0), (x + 48 * size, 0)) if lane < 0 else ((x + 48 * size, 0), (x - 48 * size, 0))
    fill = canvas.linear(
        start,
        end,
        (0, mix(body, INK, 0.65), 1),
        (0.45, body, 1),
        (0.85, mix(body, glow, 0.5), 1),
        (1, glow, 1),
    )
    canvas.ellipse((x, y), 62 * size, 13 * size, INK, 'opacity="0.55"')
    canvas.add(_shell_path(x, y, size, fill))
    canvas.polygon(
        [
            (x - 46 * size, y - 48 * size),
            (x + 46 * size, y - 48 * size),
            (x + 46 * size, y - 28 * size),
            (x - 46 * size, y - 28 * size),
        ],
        mix(OCHRE, RUST, 0.35),
        'opacity="0.85"',
    )
    canvas.ellipse((x, y - 372 * size), 13 * size, 3.4 * size, INK, 'opacity="0.8"')


def _shell_path(x: float, y: float, size: float, fill: str) -> str:
    def at(dx: float, dy: float) -> str:
        return f"{x + dx * size:.1f} {y + dy * size:.1f}"

    data = (
        f"M{at(-46, 0)}L{at(-46, -190)}C{at(-46, -270)} {at(-26, -340)} {at(-13, -372)}L{at(13, -372)}"
        f"C{at(26, -340)} {at(46, -270)} {at(46, -190)}L{at(46, 0)}Q{at(0, 16)} {at(-46, 0)}Z"
    )
    return f'<path d="{data}" fill="{fill}"/>'


SCENES = {"budget-charts": budget_charts, "cable-map": cable_map, "shell-line": shell_line}
