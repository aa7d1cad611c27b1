"""Draw bias-variance.svg, cross-validation.svg and kernel-margin.svg beside this file.

Run `python draw_basics.py` after a change. Standard library only, the same bytes every time.
"""

import math
from collections.abc import Callable, Iterable
from pathlib import Path

INK, QUIET = "#1b1c1f", "#55585f"
BLUE, RUST, TEAL = "#1d5b9f", "#a8411b", "#0b6b64"
FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"

Point = tuple[float, float]


def svg(height: int, title: str, parts: Iterable[str]) -> str:
    body = "\n".join(f"  {part}" for part in parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 {height}" width="360" height="{height}"'
        f' font-family="{FONT}" font-size="16" fill="{INK}">\n'
        f"  <title>{title}</title>\n"
        f'  <rect x="0" y="0" width="360" height="{height}" rx="8" fill="#ffffff"/>\n'
        f"{body}\n</svg>\n"
    )


def text(x: float, y: float, words: str, color: str = INK, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" fill="{color}" text-anchor="{anchor}"{weight}>{words}</text>'


def line(a: Point, b: Point, color: str = INK, width: float = 1.5, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}"'
        f' stroke="{color}" stroke-width="{width:g}" stroke-linecap="round"{dashes}/>'
    )


def head(tip: Point, angle: float, color: str = INK, size: float = 8) -> str:
    """An arrow head at `tip`, pointing along `angle` (radians, y downwards)."""
    corners = [tip]
    for turn in (2.7, -2.7):
        corners.append((tip[0] + size * math.cos(angle + turn), tip[1] + size * math.sin(angle + turn)))
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)}" fill="{color}"/>'


def bias_variance() -> str:
    """Error against complexity; the total is exactly the sum of the other three curves."""
    left, right, bottom, top = 42.0, 346.0, 216.0, 34.0

    def bias2(c: float) -> float:
        return 0.85 * math.exp(-4.2 * c)

    def variance(c: float) -> float:
        return 0.62 * math.pow(c, 2.4)

    def noise(_: float) -> float:
        return 0.14

    def total(c: float) -> float:
        return bias2(c) + variance(c) + noise(c)

    def place(c: float, error: float) -> Point:
        return left + c * (right - left - 8), bottom - error * (bottom - top)

    def curve(f: Callable[[float], float], color: str, width: float, dash: str = "") -> str:
        points = " ".join("{:.1f},{:.1f}".format(*place(i / 60, f(i / 60))) for i in range(1, 61))
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return (
            f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="{width:g}"'
            f' stroke-linejoin="round" stroke-linecap="round"{dashes}/>'
        )

    best = min((i / 1000 for i in range(1001)), key=total)
    x_best, y_best = place(best, total(best))
    return svg(
        246,
        "Error against model complexity: bias squared falls, variance rises, their sum with the noise is U-shaped",
        [
            line((x_best, bottom), (x_best, 44), QUIET, 1.5, "2 5"),
            curve(noise, QUIET, 2, "1 5"),
            curve(bias2, BLUE, 2.5, "9 5"),
            curve(variance, RUST, 2.5, "9 4 2 4"),
            curve(total, INK, 3.5),
            f'<circle cx="{x_best:.1f}" cy="{y_best:.1f}" r="5" fill="{INK}"/>',
            line((left, bottom), (right, bottom)),
            line((left, bottom), (left, 18)),
            head((right + 3, bottom), 0),
            head((left, 14), -math.pi / 2),
            text(x_best, 36, "best complexity", QUIET, "middle"),
            text(44, 238, "underfits", QUIET),
            text(194, 238, "model complexity", anchor="middle"),
            text(348, 238, "overfits", QUIET, "end"),
            text(26, 118, "expected error", anchor="middle").replace(
                "<text ", '<text transform="rotate(-90 26 118)" '
            ),
            text(290, 98, "total", INK, "end", bold=True),
            text(52, 158, "bias²", BLUE, bold=True),
            text(342, 179, "variance", RUST, "end", bold=True),
            text(52, 183, "noise", QUIET),
        ],
    )


def cross_validation() -> str:
    """Five rows, each with another fold held out; the scores are those of the worked example."""
    scores = ("0.81", "0.84", "0.79", "0.83", "0.83")
    left, top, width, height = 62, 34, 44, 30
    parts = [text(left, 24, "five folds of the data", QUIET), text(350, 24, "score", QUIET, "end")]
    for row, score in enumerate(scores):
        y = top + row * (height + 5)
        parts.append(text(10, y + 21, f"run {row + 1}"))
        for column in range(5):
            held_out = row == column
            color = RUST if held_out else "#ffffff"
            parts.append(
                f'<rect x="{left + column * width + 1}" y="{y}" width="{width - 2}" height="{height}" rx="3"'
                f' fill="{color}" stroke="{RUST if held_out else BLUE}" stroke-width="1.5"/>'
            )
            word, ink = ("val", "#ffffff") if held_out else ("train", BLUE)
            parts.append(text(left + column * width + width / 2, y + 21, word, ink, "middle", bold=held_out))
        parts.append(text(350, y + 21, score, INK, "end"))
    y = top + 5 * (height + 5)
    parts += [
        line((308, y + 1), (350, y + 1), INK, 1.5),
        text(298, y + 22, "mean of the five scores", INK, "end"),
    ]
    parts.append(text(350, y + 22, "0.82", INK, "end", bold=True))
    return svg(
        y + 34, "Five-fold cross-validation: each fold is held out once, the five scores are averaged", parts
    )


def kernel_margin() -> str:
    """A separating line with its margin; coordinates (along, across) are turned onto the page."""
    angle = math.radians(-35)
    center, half = (192.0, 118.0), 36.0
    along = (math.cos(angle), math.sin(angle))
    across = (-math.sin(angle), math.cos(angle))

    def place(u: float, v: float) -> Point:
        return center[0] + u * along[0] + v * across[0], center[1] + u * along[1] + v * across[1]

    def circle(p: Point) -> str:
        return f'<circle cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="6" fill="{BLUE}"/>'

    def square(p: Point) -> str:
        return f'<rect x="{p[0] - 5.5:.1f}" y="{p[1] - 5.5:.1f}" width="11" height="11" fill="{RUST}"/>'

    def ring(p: Point) -> str:
        return (
            f'<circle cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="11.5" fill="none" stroke="{INK}" stroke-width="2"/>'
        )

    up_support = [place(-78, -half), place(58, -half)]
    down_support = [place(-12, half)]
    up = [place(u, v) for u, v in ((-60, -66), (-22, -88), (-10, -58), (28, -74), (-96, -78), (-44, -104))]
    down = [place(u, v) for u, v in ((-62, 70), (32, 62), (84, 58), (-14, 92), (62, 96), (106, 76))]
    top_arrow, low_arrow = place(-112, -half), place(-112, half)
    return svg(
        262,
        "Maximum-margin line between two classes; the three ringed points on the margin are the support vectors",
        [
            line(place(-132, 0), place(104, 0), INK, 3),
            line(place(-132, -half), place(104, -half), QUIET, 1.8, "6 5"),
            line(place(-132, half), place(104, half), QUIET, 1.8, "6 5"),
            line(top_arrow, low_arrow, TEAL, 2),
            head(top_arrow, angle - math.pi / 2, TEAL),
            head(low_arrow, angle + math.pi / 2, TEAL),
            *map(circle, up + up_support),
            *map(square, down + down_support),
            *map(ring, up_support + down_support),
            text(10, 190, "margin", TEAL, "start", bold=True),
            text(10, 210, "2 / |w|", TEAL),
            *(
                text(place(104, v)[0] + 7, place(104, v)[1], words)
                for v, words in ((-half, "f = 1"), (0, "f = 0"), (half, "f = −1"))
            ),
            ring((222, 244)),
            text(242, 250, "support vector"),
        ],
    )


if __name__ == "__main__":
    here = Path(__file__).parent
    for name, draw in (
        ("bias-variance", bias_variance),
        ("cross-validation", cross_validation),
        ("kernel-margin", kernel_margin),
    ):
        (here / f"{name}.svg").write_text(draw(), encoding="utf-8")
