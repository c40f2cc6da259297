"""Ships, ports and the water around them."""

from canvas import (
    EMBER,
    FOG,
    INK,
    MIST,
    NAVY,
    OCHRE,
    PAPER,
    RUST,
    SAND,
    SLATE,
    STEEL,
    Canvas,
    mix,
)
from landscape import clouds, glitter, haze, sea, sky, sun, swell
from ships import frigate, minehunter, mirrored, patrol_boat


def frigate_dusk() -> str:
    canvas, horizon = Canvas(11), 590
    sky(canvas, NAVY, SLATE, mix(STEEL, OCHRE, 0.35), mix(OCHRE, EMBER, 0.35), SAND, horizon=horizon)
    sun(canvas, (1120, horizon - 34), 92, mix(SAND, PAPER, 0.6), EMBER)
    clouds(canvas, 120, 520, mix(SLATE, RUST, 0.25), 15, opacity=0.42)
    canvas.ridge(horizon - 46, 26, mix(STEEL, EMBER, 0.35), rough=0.5, extra='opacity="0.55"')
    canvas.ridge(horizon - 18, 30, mix(SLATE, RUST, 0.25), rough=0.5, extra='opacity="0.8"')
    haze(canvas, horizon - 6, 70, SAND, 0.5)
    sea(canvas, horizon, mix(OCHRE, SLATE, 0.5), INK)
    glitter(canvas, 1120, horizon, mix(SAND, PAPER, 0.5), spread=70, count=230)
    swell(canvas, horizon, INK, count=210, opacity=0.5)
    ship = frigate(mix(INK, NAVY, 0.35), mix(OCHRE, EMBER, 0.3))
    mirrored(canvas, ship, (300, 668), 1.12, 'opacity="0.5" filter="url(#soft6)"')
    canvas.add(f'<g transform="translate(300 668) scale(1.12)">{ship}</g>')
    for step in range(26):
        canvas.ellipse(
            (300 - step * 11 + canvas.random.uniform(-20, 20), 670 + step * 1.8),
            60,
            2.2,
            MIST,
            f'opacity="{0.34 - step * 0.012:.2f}"',
        )
    canvas.ellipse((1062, 669), 46, 3.5, PAPER, 'opacity="0.5" filter="url(#soft2)"')
    canvas.ellipse((690, 671), 390, 3, MIST, 'opacity="0.28" filter="url(#soft2)"')
    return canvas.svg()


def patrol_boat_and_freighter() -> str:
    canvas, horizon = Canvas(19, INK), 520
    sky(canvas, "#0a141f", NAVY, mix(SLATE, STEEL, 0.3), mix(STEEL, FOG, 0.35), horizon=horizon)
    clouds(canvas, 90, 480, mix(NAVY, INK, 0.4), 16, opacity=0.5)
    canvas.ridge(horizon - 8, 16, mix(SLATE, STEEL, 0.3), rough=0.5)
    haze(canvas, horizon - 4, 60, FOG, 0.4)
    sea(canvas, horizon, mix(SLATE, STEEL, 0.35), "#0a141f")
    swell(canvas, horizon, "#081019", count=230, opacity=0.6)
    swell(canvas, horizon, mix(STEEL, FOG, 0.5), count=90, opacity=0.35)
    glitter(canvas, 700, horizon + 60, SAND, spread=90, count=90)
    side = [(830, 196), (1640, -60), (1640, 900), (1100, 760), (905, 664)]
    canvas.polygon(
        [(x - 16, y + 24) for x, y in side[2:]] + [(1640, 1000), (900, 700)],
        INK,
        'opacity="0.6" filter="url(#soft20)"',
    )
    canvas.polygon(
        side,
        canvas.linear(
            (840, 400),
            (1640, 500),
            (0, mix(SLATE, STEEL, 0.25), 1),
            (0.5, mix(NAVY, SLATE, 0.5), 1),
            (1, INK, 1),
        ),
    )
    canvas.polygon(
        [(890, 572), (1640, 700), (1640, 900), (1100, 760), (905, 664)],
        canvas.linear((890, 600), (1640, 800), (0, RUST, 1), (0.6, mix(RUST, INK, 0.55), 1), (1, INK, 1)),
    )
    for row in range(1, 6):
        share = row / 6
        canvas.line([(830 + 62 * share, 196 + 376 * share), (1640, -60 + 760 * share)], INK, 1.4, 'opacity="0.4"')
    for column in range(1, 12):
        x = 840 + 70 * column + column**2 * 1.6
        canvas.line([(x, 196 - (x - 830) * 0.316), (x + 22, 590 + (x - 830) * 0.17)], INK, 1.2, 'opacity="0.3"')
    for _ in range(22):
        x = canvas.random.uniform(870, 1560)
        top = 230 - (x - 830) * 0.26 + canvas.random.uniform(0, 120)
        canvas.polygon(
            [(x, top), (x + 7, top), (x + 3, top + canvas.random.uniform(70, 240))],
            mix(RUST, INK, 0.3),
            'opacity="0.5" filter="url(#soft2)"',
        )
    for _ in range(120):
        share = canvas.random.random()
        x, y = (
            (905 + 195 * share * 2, 664 + 96 * share * 2)
            if share < 0.5
            else (1100 + 540 * (share * 2 - 1), 760 + 140 * (share * 2 - 1))
        )
        canvas.ellipse(
            (x - 6, y + canvas.random.uniform(-2, 9)),
            canvas.random.uniform(14, 60),
            3,
            mix(STEEL, MIST, 0.5),
            'opacity="0.3"',
        )
    canvas.polygon([(916, 260), (934, 256), (940, 300), (922, 306)], INK)
    canvas.line([(930, 290), (946, 668)], INK, 5, 'stroke-dasharray="11 4"')
    canvas.line([(826, 190), (1640, -68)], mix(STEEL, FOG, 0.3), 3, 'opacity="0.7"')
    for lamp in range(5):
        spot = (880 + lamp * 165, 172 - lamp * 52)
        canvas.circle(spot, 44, canvas.radial(spot, 44, (0, SAND, 0.9), (0.2, OCHRE, 0.35), (1, OCHRE, 0)))
        canvas.circle(spot, 4.5, PAPER)
    lamp = (452, 478)
    pool = canvas.radial((985, 470), 215, (0, PAPER, 0.6), (0.6, SAND, 0.28), (1, SAND, 0))
    canvas.open_group(f'clip-path="{canvas.clip("M830 196L1640 -60V900L1100 760L905 664Z")}"')
    canvas.circle((985, 470), 215, pool)
    canvas.close_group()
    canvas.polygon(
        [lamp, (930, 300), (990, 630)],
        canvas.linear(lamp, (960, 470), (0, PAPER, 0.75), (0.5, SAND, 0.25), (0.85, SAND, 0.1), (1, SAND, 0)),
    )
    boat = patrol_boat(mix(SLATE, FOG, 0.35), EMBER)
    mirrored(canvas, boat, (270, 640), 1.45, 'opacity="0.35" filter="url(#soft6)"')
    canvas.add(f'<g transform="translate(270 640) scale(1.45)">{boat}</g>')
    canvas.circle(lamp, 60, canvas.radial(lamp, 60, (0, PAPER, 1), (0.2, SAND, 0.6), (1, SAND, 0)))
    for _ in range(40):
        share = canvas.random.random()
        canvas.ellipse(
            (600 - share * 520, 640 + share * 34 + canvas.random.uniform(-4, 8)),
            40 * (1 - share) + 12,
            2.6,
            PAPER,
            f'opacity="{0.5 * (1 - share):.2f}"',
        )
    return canvas.svg()


def submarine_surfacing() -> str:
    canvas, horizon = Canvas(31, INK), 470
    sky(canvas, "#0a141f", NAVY, SLATE, mix(STEEL, FOG, 0.2), mix(FOG, MIST, 0.3), horizon=horizon)
    sun(canvas, (430, 190), 62, mix(PAPER, MIST, 0.3), FOG)
    clouds(canvas, 80, 440, mix(SLATE, STEEL, 0.5), 18, opacity=0.5)
    canvas.ridge(horizon - 22, 44, mix(STEEL, SLATE, 0.4), rough=0.5)
    haze(canvas, horizon - 4, 60, MIST, 0.6)
    sea(canvas, horizon, mix(STEEL, FOG, 0.25), "#0b1622")
    glitter(canvas, 430, horizon, PAPER, spread=60, count=230)
    swell(canvas, horizon, INK, count=180, opacity=0.45)
    dark, top = mix(INK, NAVY, 0.2), mix(SLATE, NAVY, 0.2)
    canvas.ellipse((860, 690), 640, 42, INK, 'opacity="0.55" filter="url(#soft20)"')
    back = "M250 668C420 640 620 622 800 618C1010 614 1200 622 1310 640C1380 652 1404 668 1396 684V700H300Z"
    canvas.path(
        back,
        canvas.vertical((0, mix(STEEL, SLATE, 0.4), 1), (0.35, top, 1), (1, dark, 1), top=612, bottom=700),
    )
    canvas.path(
        "M300 660C460 638 640 626 800 622C1010 618 1190 626 1300 642",
        "none",
        f'stroke="{MIST}" stroke-width="3" opacity="0.5"',
    )
    canvas.path(
        "M700 626L716 436C720 418 738 408 760 408L872 410C896 412 910 424 914 446L948 624Z",
        canvas.linear(
            (700, 500),
            (940, 500),
            (0, mix(STEEL, FOG, 0.35), 1),
            (0.22, mix(SLATE, STEEL, 0.3), 1),
            (1, dark, 1),
        ),
    )
    canvas.path(
        "M716 436C720 418 738 408 760 408L872 410C896 412 910 424 914 446",
        "none",
        f'stroke="{MIST}" stroke-width="3" opacity="0.7"',
    )
    canvas.polygon([(780, 512), (990, 506), (1000, 514), (986, 522), (784, 524)], dark)
    for x, height, width in ((770, 128, 7), (800, 96, 10), (834, 150, 4), (858, 74, 8)):
        canvas.rectangle(x, 410 - height, width, height + 4, dark)
    canvas.rectangle(794, 306, 22, 12, dark)
    for x in (884, 900):
        canvas.path(f"M{x - 6} 424V402Q{x} 394 {x + 6} 402V424Z", dark)
        canvas.circle((x, 392), 5.5, dark)
    lamp = (836, 262)
    canvas.circle(lamp, 34, canvas.radial(lamp, 34, (0, EMBER, 0.9), (0.3, EMBER, 0.3), (1, EMBER, 0)))
    canvas.circle(lamp, 4, mix(EMBER, PAPER, 0.5))
    canvas.polygon([(296, 662), (276, 560), (320, 556), (356, 654)], dark)
    _foam(canvas)
    return canvas.svg()


def _foam(canvas: Canvas) -> None:
    """White water along a hull and thrown up at its bow."""
    for _ in range(320):
        x = canvas.random.uniform(240, 1420)
        lift = max(0.0, (x - 1230) / 190) ** 2
        y = 690 + canvas.random.gauss(0, 7) - lift * canvas.random.uniform(-6, 34)
        width = canvas.random.uniform(10, 58) * (0.7 + 0.7 * lift)
        canvas.ellipse(
            (x, y),
            width,
            canvas.random.uniform(1.4, 5),
            PAPER,
            f'opacity="{canvas.random.uniform(0.12, 0.5):.2f}"',
        )
    for step in range(60):
        share = step / 60
        x, y = (
            1400 - share * 900 + canvas.random.uniform(-40, 40),
            706 + share * 96 + canvas.random.uniform(-6, 6),
        )
        canvas.ellipse((x, y), 90 * (1 - 0.4 * share), 3.4, MIST, f'opacity="{0.34 * (1 - share):.2f}"')


def minehunter_fog() -> str:
    canvas, horizon = Canvas(77, MIST), 600
    sky(canvas, mix(FOG, STEEL, 0.3), FOG, MIST, mix(PAPER, MIST, 0.3), horizon=horizon)
    sun(canvas, (1180, 250), 70, PAPER, mix(PAPER, SAND, 0.5))
    canvas.ridge(520, 80, mix(MIST, FOG, 0.55), rough=0.5)
    haze(canvas, 560, 120, PAPER, 0.7)
    canvas.ridge(578, 36, mix(FOG, STEEL, 0.2), rough=0.5, extra='opacity="0.8"')
    haze(canvas, 596, 60, PAPER, 0.8)
    sea(canvas, horizon, mix(PAPER, MIST, 0.5), mix(STEEL, SLATE, 0.5))
    glitter(canvas, 1180, horizon, PAPER, spread=80, count=110)
    _lighthouse(canvas, horizon)
    haze(canvas, horizon + 6, 60, PAPER, 0.55)
    swell(canvas, horizon + 60, SLATE, count=110, opacity=0.3)
    swell(canvas, horizon + 40, PAPER, count=90, opacity=0.4)
    ship = minehunter(mix(SLATE, STEEL, 0.15), mix(PAPER, SAND, 0.4))
    mirrored(canvas, ship, (330, 694), 1.5, 'opacity="0.42" filter="url(#soft6)"')
    canvas.add(f'<g transform="translate(330 694) scale(1.5)">{ship}</g>')
    canvas.ellipse((630, 697), 340, 3.4, PAPER, 'opacity="0.6"')
    haze(canvas, 640, 46, PAPER, 0.35)
    for x, y, size in ((820, 300, 13), (862, 272, 10), (900, 316, 8), (950, 286, 7)):
        canvas.path(
            f"M{x - size} {y - size * 0.4}Q{x - size * 0.4} {y - size * 0.7} {x} {y}"
            f"Q{x + size * 0.4} {y - size * 0.7} {x + size} {y - size * 0.4}",
            "none",
            f'stroke="{SLATE}" stroke-width="2.2" stroke-linecap="round"',
        )
    return canvas.svg(vignette=0.2)


def _lighthouse(canvas: Canvas, horizon: float) -> None:
    rock = mix(STEEL, FOG, 0.35)
    points = [
        (1210, horizon + 16),
        (1240, 574),
        (1290, 560),
        (1330, 536),
        (1400, 530),
        (1450, 552),
        (1500, 566),
        (1570, 596),
        (1640, 604),
        (1640, horizon + 20),
    ]
    canvas.polygon(
        points,
        canvas.linear((1210, 0), (1600, 0), (0, mix(rock, PAPER, 0.25), 1), (1, mix(rock, SLATE, 0.3), 1)),
    )
    canvas.polygon(
        [(1348, 536), (1358, 344), (1392, 344), (1402, 536)],
        canvas.linear((1348, 0), (1402, 0), (0, PAPER, 1), (1, mix(FOG, MIST, 0.4), 1)),
    )
    for top, bottom in ((392, 440), (488, 536)):
        left, right = 1358 - (top - 344) * 0.052, 1392 + (top - 344) * 0.052
        canvas.polygon([(left, top), (right, top), (right + 2.5, bottom), (left - 2.5, bottom)], mix(EMBER, MIST, 0.25))
    canvas.polygon([(1350, 344), (1350, 336), (1400, 336), (1400, 344)], rock)
    canvas.rectangle(1362, 308, 26, 28, mix(SAND, PAPER, 0.5))
    canvas.path("M1358 308Q1375 284 1392 308Z", mix(EMBER, MIST, 0.25))


SCENES = {
    "frigate-dusk": frigate_dusk,
    "minehunter-fog": minehunter_fog,
    "patrol-boat": patrol_boat_and_freighter,
    "submarine-surfacing": submarine_surfacing,
}
