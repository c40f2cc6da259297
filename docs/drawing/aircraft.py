"""Silhouettes of aircraft as SVG fragments; each docstring says where its origin lies."""

from ships import shape, stroke


def fighter_from_ahead(dark: str, body: str, light: str) -> str:
    """A parked twin-tailed fighter seen from ahead; the origin is the ground below the nose wheel."""
    half = [
        shape([(22, -108), (250, -92), (262, -88), (262, -84), (120, -84), (30, -78)], body),
        shape([(60, -106), (250, -92), (262, -88), (120, -92)], light, 'opacity="0.55"'),
        shape([(18, -140), (58, -128), (62, -86), (46, -72), (14, -74)], body),
        shape([(26, -130), (54, -122), (56, -90), (44, -82), (24, -84)], dark),
        shape([(50, -120), (92, -226), (98, -226), (72, -112)], body),
        shape([(92, -226), (98, -226), (72, -112), (66, -114)], light, 'opacity="0.6"'),
        shape([(60, -102), (150, -112), (152, -108), (64, -96)], dark),
        shape([(118, -90), (132, -90), (130, -76), (120, -76)], dark),
        stroke([(125, -74), (125, -66)], dark, 9),
        shape([(196, -88), (206, -88), (205, -78), (197, -78)], dark),
        stroke([(201, -76), (201, -70)], dark, 6),
        stroke([(44, -76), (60, -22)], dark, 7),
        shape([(50, -28), (68, -28), (68, 0), (50, 0)], dark),
    ]
    nose = [
        shape(
            [
                (0, -182),
                (14, -172),
                (20, -150),
                (24, -120),
                (20, -92),
                (8, -74),
                (-8, -74),
                (-20, -92),
                (-24, -120),
                (-20, -150),
                (-14, -172),
            ],
            body,
        ),
        shape([(0, -180), (11, -170), (15, -150), (-15, -150), (-11, -170)], dark),
        shape([(4, -178), (11, -170), (14, -154), (8, -154)], light, 'opacity="0.8"'),
        shape([(0, -140), (17, -118), (12, -92), (0, -84), (-12, -92), (-17, -118)], dark, 'opacity="0.45"'),
        stroke([(0, -76), (0, -22)], dark, 6),
        shape([(-11, -26), (-2, -26), (-2, 0), (-11, 0)], dark),
        shape([(2, -26), (11, -26), (11, 0), (2, 0)], dark),
        f'<circle cx="0" cy="-52" r="4.5" fill="{light}"/>',
    ]
    side = "".join(half)
    return f'<g transform="scale(-1 1)">{side}</g>{side}{"".join(nose)}'


def helicopter(dark: str, body: str, light: str) -> str:
    """A medium transport helicopter flying left, 480 units long; the origin lies below the rotor mast."""
    fuselage = (
        "M-168 6C-172 -14 -150 -44 -118 -54C-96 -62 -64 -64 -30 -64L-22 -82C-6 -92 60 -92 78 -80L88 -62"
        "L250 -52L286 -118L308 -118L296 -40L276 -30L112 -2C88 26 60 34 20 34L-110 34C-142 34 -164 24 -168 6Z"
    )
    belly = "M-168 6C-164 24 -142 34 -110 34L20 34C60 34 88 26 112 -2L276 -30L296 -40L120 -22C60 6 -100 16 -168 6Z"
    back = "M-118 -54C-96 -62 -64 -64 -30 -64L-22 -82C-6 -92 60 -92 78 -80L88 -62L250 -52"
    return "".join(
        [
            f'<path d="{fuselage}" fill="{body}"/>',
            f'<path d="{belly}" fill="{dark}" opacity="0.55"/>',
            '<path d="M-162 -14C-152 -40 -126 -50 -108 -53L-92 -22L-160 -4Z" fill="' + dark + '"/>',
            shape([(-96, -54), (-62, -58), (-62, -22), (-82, -22)], dark),
            shape([(-46, -46), (-18, -46), (-18, -22), (-46, -22)], dark),
            shape([(14, -46), (42, -46), (42, -22), (14, -22)], dark),
            stroke([(-52, -54), (-52, 30)], dark, 1.6),
            stroke([(4, -54), (4, 30)], dark, 1.6),
            stroke([(-52, -54), (52, -54)], dark, 1.4),
            shape([(-14, -78), (10, -84), (10, -70), (-14, -68)], dark),
            f'<path d="{back}" fill="none" stroke="{light}" stroke-width="3" opacity="0.9"/>',
            stroke([(250, -52), (286, -118), (308, -118)], light, 2.4, 'opacity="0.8"'),
            shape([(240, -50), (246, -66), (262, -66), (262, -48)], body),
            stroke([(230, -58), (268, -58)], dark, 4),
            stroke([(18, -88), (18, -112)], dark, 8),
            shape([(4, -108), (32, -108), (28, -116), (8, -116)], dark),
            f'<ellipse cx="18" cy="-116" rx="286" ry="13" fill="{dark}" opacity="0.16"/>',
            shape([(18, -118), (-266, -128), (-268, -124), (18, -113)], dark),
            shape([(18, -118), (300, -106), (300, -102), (18, -113)], dark),
            shape([(18, -118), (170, -130), (172, -127), (18, -113)], dark),
            shape([(18, -118), (-120, -106), (-122, -103), (18, -113)], dark),
            f'<circle cx="294" cy="-102" r="40" fill="{dark}" opacity="0.18"/>',
            stroke([(262, -126), (326, -78)], dark, 3.6),
            stroke([(272, -70), (318, -134)], dark, 3.6),
            stroke([(-116, 34), (-116, 48)], dark, 5),
            f'<circle cx="-116" cy="52" r="9" fill="{dark}"/>',
            stroke([(56, 28), (56, 46)], dark, 5),
            f'<circle cx="56" cy="50" r="11" fill="{dark}"/>',
        ]
    )


def delta_drone(body: str, shade: str, light: str) -> str:
    """A long-range attack drone with a delta wing seen from above, nose up, 240 units across."""
    return "".join(
        [
            shape(
                [
                    (0, -118),
                    (14, -92),
                    (30, -38),
                    (122, 66),
                    (122, 86),
                    (34, 80),
                    (20, 98),
                    (-20, 98),
                    (-34, 80),
                    (-122, 86),
                    (-122, 66),
                    (-30, -38),
                    (-14, -92),
                ],
                body,
            ),
            shape(
                [(0, -118), (-14, -92), (-30, -38), (-122, 66), (-122, 86), (-34, 80), (-20, 98), (0, 98)],
                shade,
                'opacity="0.5"',
            ),
            shape([(0, -112), (11, -88), (16, 60), (9, 100), (-9, 100), (-16, 60), (-11, -88)], shade),
            shape([(2, -110), (11, -88), (16, 60), (9, 98), (4, 98)], light, 'opacity="0.5"'),
            shape([(116, 40), (126, 44), (126, 96), (116, 96)], shade),
            shape([(-116, 40), (-126, 44), (-126, 96), (-116, 96)], shade),
            stroke([(30, -38), (122, 66)], light, 2.4, 'opacity="0.9"'),
            stroke([(40, 74), (112, 80)], shade, 1.6),
            stroke([(-40, 74), (-112, 80)], shade, 1.6),
            shape([(-38, 104), (38, 104), (36, 108), (-36, 108)], shade, 'opacity="0.8"'),
            f'<circle cx="0" cy="104" r="6" fill="{shade}"/>',
        ]
    )
