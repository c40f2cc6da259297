"""What flies, and what watches it."""

from aircraft import delta_drone, fighter_from_ahead, helicopter
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
    along,
    curve,
    mix,
)
from landscape import clouds, forest, haze, sky, sun


def runway_jets() -> str:
    canvas, horizon, vanishing = Canvas(5), 430, (985, 430)
    sky(canvas, mix(NAVY, SLATE, 0.6), STEEL, mix(FOG, SAND, 0.4), mix(SAND, PAPER, 0.35), horizon=horizon)
    sun(canvas, (985, 392), 58, mix(PAPER, SAND, 0.2), mix(OCHRE, EMBER, 0.3))
    clouds(canvas, 60, 360, MIST, 12, opacity=0.35)
    canvas.ridge(398, 52, mix(FOG, SAND, 0.3), rough=0.52)
    canvas.ridge(415, 30, mix(STEEL, SAND, 0.15), rough=0.5)
    haze(canvas, horizon - 6, 46, mix(SAND, PAPER, 0.3), 0.75)
    canvas.rectangle(
        0,
        horizon,
        WIDTH,
        HEIGHT - horizon,
        canvas.vertical((0, mix(STEEL, OCHRE, 0.35), 1), (0.35, mix(SLATE, OCHRE, 0.12), 1), (1, NAVY, 1), top=horizon),
    )
    asphalt = canvas.vertical((0, mix(FOG, SAND, 0.5), 1), (0.25, STEEL, 1), (1, mix(NAVY, INK, 0.35), 1), top=horizon)
    canvas.polygon([vanishing, (1680, HEIGHT), (-900, HEIGHT)], asphalt)
    canvas.polygon([vanishing, (900, HEIGHT), (560, HEIGHT)], SAND, 'opacity="0.10" filter="url(#spray)"')
    for step in range(15):
        near, far = 1 / (1 + step * 0.62), 1 / (1 + step * 0.62 + 0.27)
        left, right = (716, HEIGHT), (752, HEIGHT)
        canvas.polygon(
            [
                along(vanishing, left, near),
                along(vanishing, right, near),
                along(vanishing, right, far),
                along(vanishing, left, far),
            ],
            PAPER,
            f'opacity="{0.75 * near**0.35:.2f}"',
        )
    for edge in ((-830, HEIGHT), (1610, HEIGHT)):
        for step in range(22):
            near = 1 / (1 + step * 0.42)
            spot = along(vanishing, edge, near * 0.98)
            canvas.circle(spot, 30 * near, canvas.radial(spot, 30 * near, (0, SAND, 0.75), (1, OCHRE, 0)))
            canvas.circle(spot, 4.4 * near + 0.7, PAPER)
    _tower(canvas)
    for share, height in ((0.16, 0.24), (0.32, 0.48), (0.68, 1.02)):
        x, y = along(vanishing, (40, 905), share)
        fade = (1 - share) * 0.5
        canvas.ellipse(
            (x, y + 4),
            250 * height,
            13 * height,
            INK,
            f'opacity="{0.5 * (1 - fade):.2f}" filter="url(#soft6)"',
        )
        jet = fighter_from_ahead(mix(INK, FOG, fade), mix(SLATE, FOG, fade), mix(SAND, FOG, fade * 0.6))
        canvas.add(f'<g transform="translate({x:.1f} {y:.1f}) scale({height})">{jet}</g>')
    return canvas.svg()


def _tower(canvas: Canvas) -> None:
    colour = mix(STEEL, SAND, 0.2)
    canvas.polygon([(1384, 436), (1390, 342), (1408, 342), (1414, 436)], colour)
    canvas.polygon([(1372, 342), (1366, 316), (1432, 316), (1426, 342)], mix(colour, SLATE, 0.5))
    canvas.polygon([(1372, 316), (1380, 308), (1418, 308), (1426, 316)], colour)
    canvas.line([(1399, 308), (1399, 278)], colour, 2.5)
    for x, width, height in ((1200, 120, 22), (1440, 150, 30), (1320, 52, 18)):
        canvas.rectangle(x, 436 - height, width, height, mix(colour, FOG, 0.25))


def helicopter_trees() -> str:
    canvas, horizon = Canvas(29, MIST), 900
    sky(
        canvas,
        mix(STEEL, FOG, 0.3),
        mix(FOG, MIST, 0.3),
        mix(MIST, SAND, 0.35),
        mix(SAND, PAPER, 0.5),
        horizon=horizon * 0.8,
    )
    sun(canvas, (520, 330), 128, mix(PAPER, SAND, 0.3), mix(OCHRE, SAND, 0.4))
    clouds(canvas, 60, 380, PAPER, 9, opacity=0.35)
    for level, height, tint, trees in ((520, 70, 0.18, 46), (590, 60, 0.36, 74), (664, 56, 0.58, 112)):
        colour = mix(mix(MIST, SAND, 0.2), SLATE, tint)
        skyline = canvas.ridge(level, height, colour, rough=0.5)
        forest(canvas, skyline, colour, trees)
        haze(canvas, level + 66, 74, mix(PAPER, SAND, 0.25), 0.62)
    craft = helicopter(mix(INK, NAVY, 0.4), mix(SLATE, NAVY, 0.5), mix(SAND, PAPER, 0.3))
    canvas.add(f'<g transform="translate(960 372) rotate(-4) scale(1.3)">{craft}</g>')
    for level, height, tint, trees in ((770, 50, 0.75, 170), (880, 46, 1.0, 290)):
        colour = mix(STEEL, mix(INK, NAVY, 0.5), tint)
        skyline = canvas.ridge(level, height, colour, rough=0.5)
        forest(canvas, skyline, colour, trees, gap=0.3)
        haze(canvas, level + 60, 70, FOG, 0.3 if tint < 1 else 0.0)
    return canvas.svg(vignette=0.2)


def drone_fields() -> str:
    canvas, horizon = Canvas(61), 250
    sky(
        canvas,
        mix(SLATE, STEEL, 0.4),
        mix(STEEL, FOG, 0.5),
        mix(FOG, SAND, 0.6),
        mix(SAND, PAPER, 0.4),
        horizon=horizon,
    )
    canvas.ridge(238, 26, mix(FOG, SAND, 0.35), rough=0.5)
    canvas.rectangle(0, horizon, WIDTH, HEIGHT - horizon, mix(SAND, OCHRE, 0.25))
    rows = [horizon + 650 * (step / 11) ** 1.9 + step * 3 for step in range(13)]
    tints = [
        mix(SAND, PAPER, 0.3),
        mix(SAND, OCHRE, 0.4),
        mix(FOG, SAND, 0.35),
        mix(STEEL, SAND, 0.4),
        mix(OCHRE, RUST, 0.15),
        mix(STEEL, FOG, 0.4),
    ]
    for at, (top, bottom) in enumerate(zip(rows, rows[1:])):
        _strip(canvas, top, bottom, horizon, tints, canvas.random.uniform(-1, 0), 1 - at / 12)
    canvas.rectangle(
        0,
        horizon,
        WIDTH,
        300,
        canvas.vertical(
            (0, mix(SAND, PAPER, 0.4), 0.9),
            (0.4, mix(SAND, PAPER, 0.3), 0.4),
            (1, SAND, 0),
            top=horizon,
            bottom=horizon + 300,
        ),
    )
    stream = [(1240, 262), (1190, 300), (1270, 350), (1150, 430), (1230, 540), (1040, 690), (1120, 930)]
    canvas.path(_ribbon(stream, horizon), mix(STEEL, FOG, 0.3))
    drone = delta_drone(mix(SLATE, STEEL, 0.2), mix(INK, NAVY, 0.4), PAPER)
    dark = delta_drone(INK, INK, INK)
    turn = "rotate(24) scale(1.05 0.55)"
    canvas.place(f'<g transform="{turn}">{dark}</g>', (650, 720), 1, 'opacity="0.4" filter="url(#soft6)"')
    canvas.add(f'<g transform="translate(880 430) rotate(24) scale(1.75 1.5)">{drone}</g>')
    return canvas.svg()


def _ribbon(course: list[Point], horizon: float) -> str:
    """A stream whose width grows with the distance below the horizon."""
    left = [(x - (y - horizon) * 0.032 - 1, y) for x, y in course]
    right = [(x + (y - horizon) * 0.032 + 1, y) for x, y in reversed(course)]
    return curve(left) + curve(right).replace("M", "L", 1) + "Z"


def _strip(
    canvas: Canvas, top: float, bottom: float, horizon: float, tints: list[str], start: float, far: float
) -> None:
    """One row of fields in perspective towards (760, horizon - 60), each with furrows and a hedge."""
    eye_x, eye_y = 760, horizon - 60

    def spread(position: float, level: float) -> float:
        return eye_x + position * (level - eye_y) * 1.6

    position = -7 + start * 0.4
    while position < 7:
        width = canvas.random.uniform(0.14, 0.5)
        corners = [
            (spread(position, top), top),
            (spread(position + width, top), top),
            (spread(position + width, bottom), bottom),
            (spread(position, bottom), bottom),
        ]
        tint = canvas.random.choice(tints)
        canvas.polygon(corners, mix(tint, SLATE, 0.28 * (1 - far)))
        furrows = int(width * 26)
        if canvas.random.random() < 0.6:
            for furrow in range(1, furrows):
                share = furrow / furrows
                canvas.line(
                    [along(corners[0], corners[1], share), along(corners[3], corners[2], share)],
                    INK,
                    1.2 * (1.3 - far),
                    'opacity="0.16"',
                )
        elif canvas.random.random() < 0.7:
            canvas.polygon(corners, mix(tint, INK, 0.5), 'filter="url(#spray)" opacity="0.22"')
        if canvas.random.random() < 0.55:
            for _ in range(int(10 + 16 * width / 0.4)):
                share = canvas.random.random()
                spot = along(corners[3], corners[2], share)
                size = 1.2 + (bottom - horizon) / 62 * canvas.random.uniform(0.6, 1.3)
                canvas.circle((spot[0], spot[1] - size * 0.5), size, mix(mix(NAVY, SLATE, 0.5), SAND, 0.45 * far))
        position += width


SCENES = {"drone-fields": drone_fields, "helicopter-trees": helicopter_trees, "runway-jets": runway_jets}
