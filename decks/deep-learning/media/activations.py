"""Draw activations.svg beside this file: logistic, tanh and ReLU on one scale.

Needs only the standard library. Running it again gives the same bytes:

    python activations.py
"""

import math
from pathlib import Path

FONT = "'Source Sans 3', 'Source Sans Pro', Helvetica, Arial, sans-serif"
INK, QUIET, SLATE = "#1b1c1f", "#55585f", "#475569"
WIDTH, HEIGHT = 360, 236
PLOT_WIDTH, PLOT_TOP, PLOT_BOTTOM = 104, 46, 196
X_MAX, Y_MIN, Y_MAX = 4.0, -1.3, 2.4
HAIRLINE, CURVE = 1.25, 2.5

# name, hue, function, range, asymptotes, (tick, side of the axis)
PLOTS = [
    ("logistic", "#1d5b9f", lambda z: 1 / (1 + math.exp(-z)), "0 to 1", (1,), ((1, "left"),)),
    ("tanh", "#0b6b64", math.tanh, "−1 to 1", (1, -1), ((1, "left"), (-1, "right"))),
    ("ReLU", "#a8411b", lambda z: max(0.0, z), "0 and up", (), ((1, "left"),)),
]


def num(value: float) -> str:
    """At most two decimals, no trailing zeros, no negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def label(
    x: float, y: float, text: str, fill: str, size: int = 15, anchor: str = "middle", extra: str = ""
) -> str:
    return (
        f'<text x="{num(x)}" y="{num(y)}" font-family="{FONT}" font-size="{size}" fill="{fill}"'
        f' text-anchor="{anchor}"{extra}>{text}</text>'
    )


def plot(left: float, name: str, hue: str, function, reach: str, asymptotes, ticks) -> list[str]:
    """One small plot; all share their scales."""
    middle = left + PLOT_WIDTH / 2

    def x_of(z: float) -> float:
        return middle + z / X_MAX * (PLOT_WIDTH / 2 - 4)

    def y_of(value: float) -> float:
        return PLOT_BOTTOM - (value - Y_MIN) / (Y_MAX - Y_MIN) * (PLOT_BOTTOM - PLOT_TOP)

    out = [label(middle, 28, name, hue, 16, extra=' font-weight="600"')]
    for value in asymptotes:
        out.append(
            f'<path d="M{num(left)} {num(y_of(value))}H{num(left + PLOT_WIDTH)}" fill="none" stroke="{SLATE}"'
            f' stroke-width="{HAIRLINE}" stroke-dasharray="4 3"/>'
        )
    out.append(
        f'<path d="M{num(left)} {num(y_of(0))}H{num(left + PLOT_WIDTH)}M{num(middle)} {PLOT_TOP}V{PLOT_BOTTOM}"'
        f' fill="none" stroke="{SLATE}" stroke-width="{HAIRLINE}"/>'
    )
    for value, side in ticks:
        text = str(value).replace("-", "−")
        dx, anchor = (-6, "end") if side == "left" else (6, "start")
        out.append(
            f'<path d="M{num(middle - 3)} {num(y_of(value))}h6" fill="none" stroke="{SLATE}" stroke-width="{HAIRLINE}"/>'
        )
        out.append(label(middle + dx, y_of(value) - 5, text, QUIET, anchor=anchor))
    points = []
    for step in range(-100, 101):
        z = X_MAX * step / 100
        value = function(z)
        if value <= Y_MAX:
            points.append(f"{num(x_of(z))} {num(y_of(value))}")
    out.append(
        f'<path d="M{"L".join(points)}" fill="none" stroke="{hue}" stroke-width="{CURVE}"'
        f' stroke-linecap="round" stroke-linejoin="round"/>'
    )
    out.append(label(middle, 220, reach, INK))
    return out


def main() -> None:
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>Three activation functions</title>",
        (
            "<desc>On one scale: the logistic function rises from 0 to 1, tanh from −1 to 1 through the origin; "
            "ReLU is 0 for negative inputs and equals its input for positive ones.</desc>"
        ),
        f'<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#ffffff"/>',
    ]
    for index, (name, hue, function, reach, asymptotes, ticks) in enumerate(PLOTS):
        out += plot(12 + index * 116, name, hue, function, reach, asymptotes, ticks)
    out.append("</svg>")
    Path(__file__).with_suffix(".svg").write_bytes(("\n".join(out) + "\n").encode())


if __name__ == "__main__":
    main()
