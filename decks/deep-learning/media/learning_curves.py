"""Draw learning-curves.svg beside this file: training and validation loss, and where to stop.

Needs only the standard library. Running it again gives the same bytes:

    python learning_curves.py
"""

import math
from pathlib import Path

FONT = "'Source Sans 3', 'Source Sans Pro', Helvetica, Arial, sans-serif"
INK, QUIET, SLATE, BLUE, RUST = "#1b1c1f", "#55585f", "#475569", "#1d5b9f", "#a8411b"
WIDTH, HEIGHT = 360, 240
LEFT, RIGHT, TOP, BOTTOM = 34, 348, 16, 186
LOSS_OF_ONE = 34
"""Where a loss of 1 is drawn; the axis goes on a little above it."""
HAIRLINE, CURVE = 1.25, 2.5

TIMES = [step / 120 for step in range(121)]
UNDERFITTING_UNTIL = 0.3


def training(time: float) -> float:
    return 0.10 + 0.86 * math.exp(-4.6 * time)


def validation(time: float) -> float:
    """Fall like the training loss; from a point on, overfitting comes on top."""
    return 0.26 + 0.72 * math.exp(-5.2 * time) + 0.46 * max(0, time - 0.22) ** 1.35


def x_of(time: float) -> float:
    return LEFT + 4 + (RIGHT - LEFT - 8) * time


def y_of(loss: float) -> float:
    return BOTTOM - (BOTTOM - LOSS_OF_ONE) * loss


def num(value: float) -> str:
    """At most two decimals, no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def label(x: float, y: float, text: str, fill: str, anchor: str = "", *, bold: bool = True) -> str:
    weight = ' font-weight="600"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{num(x)}" y="{num(y)}" font-family="{FONT}" font-size="15" fill="{fill}"'
        f"{weight}{side}>{text}</text>"
    )


def zone(start: float, end: float, fill: str) -> str:
    return (
        f'<rect x="{num(start)}" y="{TOP}" width="{num(end - start)}" height="{BOTTOM - TOP}"'
        f' fill="{fill}" fill-opacity="0.09"/>'
    )


def line(path: str, more: str = "") -> str:
    return f'<path d="{path}" fill="none" stroke="{SLATE}" stroke-width="{HAIRLINE}"{more}/>'


def curve(loss, hue: str) -> str:
    points = "L".join(f"{x_of(time):.1f} {y_of(loss(time)):.1f}" for time in TIMES)
    return (
        f'<path d="M{points}" fill="none" stroke="{hue}" stroke-width="{CURVE}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def main() -> None:
    best = min(TIMES, key=validation)
    stop, middle = x_of(best), num((BOTTOM + TOP) / 2)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        "<title>Training and validation loss over the epochs</title>",
        (
            "<desc>Training loss falls all the time. Validation loss falls, reaches its minimum and rises again: left of it "
            "the model underfits, right of it it overfits. Early stopping keeps the weights of the minimum.</desc>"
        ),
        f'<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#ffffff"/>',
        zone(LEFT, x_of(UNDERFITTING_UNTIL), SLATE),
        zone(stop, RIGHT, RUST),
        line(f"M{stop:.1f} {TOP}V{BOTTOM}", ' stroke-dasharray="4 3"'),
        curve(training, BLUE),
        curve(validation, RUST),
        (
            f'<circle cx="{num(stop)}" cy="{num(y_of(validation(best)))}" r="5" fill="#ffffff"'
            f' stroke="{RUST}" stroke-width="{CURVE}"/>'
        ),
        line(f"M{LEFT} {TOP - 4}V{BOTTOM}H{RIGHT}"),
        label(stop + 8, 37, "early stopping", INK),
        label(RIGHT - 4, y_of(validation(0.98)) - 14, "validation", RUST, "end"),
        label(RIGHT - 4, y_of(training(0.98)) - 9, "training", BLUE, "end"),
        label(LEFT + 2, 206, "underfitting", SLATE),
        label((stop + RIGHT) / 2, 206, "overfitting", RUST, "middle"),
        label(RIGHT, 229, "epochs", QUIET, "end", bold=False),
        line(f"M{LEFT} 224L{RIGHT - 64} 224"),
        f'<path d="M{RIGHT - 58} 224L{RIGHT - 65} 227.15L{RIGHT - 65} 220.85Z" fill="{SLATE}"/>',
        (
            f'<text x="22" y="{middle}" transform="rotate(-90 22 {middle})" font-family="{FONT}" font-size="15"'
            f' fill="{QUIET}" text-anchor="middle">loss</text>'
        ),
        "</svg>",
    ]
    Path(__file__).with_name("learning-curves.svg").write_bytes(("\n".join(out) + "\n").encode())


if __name__ == "__main__":
    main()
