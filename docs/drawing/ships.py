"""Silhouettes of ships as SVG fragments: x grows towards the bow, y is 0 at the waterline, negative above."""

from canvas import INK, MIST, Canvas, Point, mix, outline


def shape(points: list[Point], fill: str, extra: str = "") -> str:
    return f'<path d="{outline(points)}" fill="{fill}" {extra}/>'


def stroke(points: list[Point], colour: str, width: float, extra: str = "") -> str:
    data = outline(points, closed=False)
    pen = f'stroke="{colour}" stroke-width="{width}" stroke-linecap="round"'
    return f'<path d="{data}" fill="none" {pen} {extra}/>'


def mirrored(canvas: Canvas, ship: str, at: Point, scale: float, extra: str) -> None:
    """The ship's reflection, hanging from its waterline."""
    canvas.add(f'<g transform="translate({at[0]} {at[1]}) scale({scale} {-scale * 0.8})" {extra}>{ship}</g>')


def frigate(hull: str, light: str) -> str:
    """A frigate of 720 units with an enclosed mast; `light` lies on the edges facing the bow."""
    upper, lower = mix(hull, MIST, 0.09), mix(hull, INK, 0.3)
    parts = [
        shape([(6, 0), (0, -44), (150, -50), (420, -54), (560, -60), (712, -82), (690, -52), (655, 0)], hull),
        shape([(3, -22), (672, -28), (655, 0), (6, 0)], lower),
        shape([(146, -49), (150, -98), (158, -106), (246, -106), (252, -84), (268, -84), (274, -52)], upper),
        shape([(150, -49), (150, -98), (232, -98), (232, -50)], mix(hull, INK, 0.25)),
        shape([(270, -52), (276, -86), (388, -86), (392, -54)], mix(upper, hull, 0.4)),
        shape([(282, -84), (288, -132), (296, -138), (332, -138), (340, -84)], upper),
        shape([(296, -138), (298, -144), (328, -144), (330, -138)], INK),
        shape([(384, -54), (392, -112), (400, -120), (478, -120), (500, -96), (522, -58)], upper),
        shape([(398, -118), (404, -150), (462, -150), (474, -120)], mix(upper, MIST, 0.05)),
        shape([(404, -140), (468, -140), (471, -131), (402, -131)], INK),
        shape([(416, -149), (424, -214), (432, -236), (444, -236), (452, -214), (460, -149)], upper),
        shape([(438, -149), (438, -236), (444, -236), (452, -214), (460, -149)], mix(upper, light, 0.16)),
        shape([(424, -186), (412, -190), (412, -198), (425, -198)], hull),
        shape([(452, -186), (466, -190), (466, -198), (451, -198)], hull),
        '<circle cx="438" cy="-243" r="10" fill="' + upper + '"/>',
        stroke([(438, -252), (438, -282)], hull, 2.4),
        stroke([(424, -262), (452, -262)], hull, 1.8),
        stroke([(430, -272), (446, -272)], hull, 1.5),
        shape([(204, -106), (208, -136), (222, -136), (226, -106)], upper),
        '<ellipse cx="215" cy="-142" rx="15" ry="7" fill="' + upper + '"/>',
        stroke([(215, -148), (215, -172)], hull, 2),
        shape([(172, -106), (174, -118), (190, -118), (192, -106)], hull),
        stroke([(182, -116), (164, -122)], hull, 2.4),
        shape([(346, -86), (350, -98), (378, -98), (382, -86)], hull),
        shape([(528, -59), (532, -66), (560, -67), (566, -60)], upper),
        shape([(584, -63), (590, -84), (598, -90), (616, -88), (624, -66)], upper),
        stroke([(618, -80), (668, -89)], hull, 3.6),
        stroke([(2, -44), (2, -66)], hull, 1.6),
        stroke([(0, -56), (144, -61)], hull, 0.8, 'opacity="0.6"'),
        stroke([(640, -72), (640, -82), (706, -92), (708, -82)], hull, 0.8, 'opacity="0.6"'),
    ]
    for x in range(16, 144, 16):
        parts.append(stroke([(x, -46), (x, -57)], hull, 0.8, 'opacity="0.6"'))
    rims = [
        [(478, -120), (500, -96), (522, -58)],
        [(462, -150), (474, -120)],
        [(444, -236), (452, -214), (460, -149)],
        [(332, -138), (340, -86)],
        [(560, -60), (712, -82), (690, -52), (656, -2)],
        [(246, -106), (252, -84)],
    ]
    parts += [stroke(rim, light, 1.8, 'opacity="0.85"') for rim in rims]
    parts.append(stroke([(4, -43), (150, -49), (270, -52)], light, 1, 'opacity="0.5"'))
    return "".join(parts)


def patrol_boat(hull: str, light: str) -> str:
    """A coast-guard cutter of 240 units."""
    upper = mix(hull, MIST, 0.18)
    return "".join(
        [
            shape([(4, 0), (0, -22), (96, -26), (150, -32), (240, -46), (214, 0)], hull),
            shape([(150, -32), (168, -34), (186, -2), (168, 0)], light, 'opacity="0.85"'),
            shape([(60, -25), (64, -50), (100, -52), (104, -76), (146, -76), (160, -52), (168, -33)], upper),
            shape([(108, -71), (146, -71), (153, -58), (108, -58)], INK),
            shape([(70, -50), (76, -66), (94, -66), (96, -50)], hull),
            stroke([(122, -76), (116, -122)], hull, 3.4),
            stroke([(104, -100), (136, -100)], hull, 2),
            stroke([(110, -110), (130, -110)], hull, 2),
            '<circle cx="120" cy="-82" r="5" fill="' + hull + '"/>',
            shape([(188, -39), (190, -48), (202, -50), (206, -41)], hull),
            stroke([(200, -48), (222, -52)], hull, 2),
            stroke([(4, -22), (4, -34), (58, -37)], hull, 1, 'opacity="0.7"'),
            shape([(14, -24), (18, -34), (46, -35), (52, -25)], light, 'opacity="0.5"'),
        ]
    )


def minehunter(hull: str, light: str) -> str:
    """A minehunter of 400 units: high bow, house forward, long low working deck."""
    upper = mix(hull, MIST, 0.16)
    return "".join(
        [
            shape([(6, 0), (0, -30), (170, -34), (176, -52), (330, -60), (402, -82), (384, -40), (366, 0)], hull),
            shape([(168, -50), (172, -88), (214, -90), (220, -112), (300, -112), (316, -86), (330, -60)], upper),
            shape([(226, -106), (298, -106), (308, -92), (224, -92)], mix(hull, INK, 0.4)),
            shape([(240, -112), (246, -124), (278, -124), (282, -112)], upper),
            stroke([(256, -124), (256, -196)], hull, 4),
            stroke([(256, -196), (256, -218)], hull, 1.8),
            stroke([(236, -170), (278, -170)], hull, 2.4),
            stroke([(244, -184), (268, -184)], hull, 2),
            shape([(246, -150), (268, -150), (266, -158), (248, -158)], hull),
            shape([(182, -88), (186, -126), (206, -126), (210, -90)], hull),
            shape([(346, -65), (350, -76), (364, -78), (368, -70)], hull),
            stroke([(362, -75), (386, -81)], hull, 2.4),
            stroke([(112, -32), (112, -74)], hull, 5),
            stroke([(112, -74), (44, -92)], hull, 3.4),
            stroke([(46, -91), (46, -62)], hull, 1.2),
            shape([(34, -32), (38, -48), (86, -48), (90, -33)], upper),
            stroke([(300, -112), (316, -86), (330, -60), (402, -82)], light, 1.8, 'opacity="0.8"'),
            *[stroke([(x, -31), (x, -42)], hull, 0.8) for x in range(8, 168, 16)],
            stroke([(4, -42), (166, -45)], hull, 0.8),
        ]
    )
