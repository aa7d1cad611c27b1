"""Draw kmeans.svg, pca.svg, roc-pr.svg and p-value.svg beside this file.

Standard library only; the same files on every run:  python draw_metrics_and_statistics.py
"""

import math
import random
from pathlib import Path
from statistics import NormalDist

HERE = Path(__file__).parent
INK, QUIET, LINE = "#1b1c1f", "#55585f", "#a7abb3"
BLUE, TEAL, RUST, PLUM = "#1d5b9f", "#0b6b64", "#a8411b", "#7d3c8c"
N = NormalDist()


def num(value):
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def save(name, height, title, parts):
    svg = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 {height}" width="360" height="{height}" '
            "font-family=\"'Source Sans 3', 'Source Sans Pro', 'Helvetica Neue', Arial, sans-serif\" font-size=\"15\">"
        ),
        f"<title>{title}</title>",
        f'<rect x="0" y="0" width="360" height="{height}" rx="8" fill="#ffffff"/>',
        *parts,
        "</svg>",
    ]
    (HERE / name).write_text("\n".join(svg) + "\n", encoding="utf-8", newline="\n")


def text(x, y, words, anchor="start", fill=INK, weight="400", size=None, turn=None):
    more = f' font-size="{size}"' if size else ""
    if turn is not None:
        more += f' transform="rotate({turn} {num(x)} {num(y)})"'
    return f'<text x="{num(x)}" y="{num(y)}" text-anchor="{anchor}" fill="{fill}" font-weight="{weight}"{more}>{words}</text>'


def line(x1, y1, x2, y2, stroke=QUIET, width=1, dash=None):
    more = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}" stroke="{stroke}" stroke-width="{width}"{more}/>'


def path(points, stroke, width=2.2):
    d = "M" + " L".join(f"{num(x)} {num(y)}" for x, y in points)
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"/>'


def arrow(x1, y1, x2, y2, stroke, width=2.5, head=9):
    length = math.hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bx, by = x2 - ux * head, y2 - uy * head
    half = head * 0.45
    tip = f"{num(x2)},{num(y2)} {num(bx - uy * half)},{num(by + ux * half)} {num(bx + uy * half)},{num(by - ux * half)}"
    return line(x1, y1, bx, by, stroke, width) + f'<polygon points="{tip}" fill="{stroke}"/>'


def shape(kind, x, y, r, fill, stroke="none", width=0.0):
    look = f'fill="{fill}"' + (
        f' stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round"' if width else ""
    )
    if kind == 0:
        return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" {look}/>'
    if kind == 1:
        s = r * 0.9
        return f'<rect x="{num(x - s)}" y="{num(y - s)}" width="{num(2 * s)}" height="{num(2 * s)}" {look}/>'
    s = r * 1.3
    corners = [(x, y - s), (x - s * 0.87, y + s * 0.6), (x + s * 0.87, y + s * 0.6)]
    return '<polygon points="' + " ".join(f"{num(a)},{num(b)}" for a, b in corners) + f'" {look}/>'


def kmeans():
    rng = random.Random(7)
    blobs = [(0.24, 0.27), (0.76, 0.3), (0.45, 0.78)]
    points = [(rng.gauss(bx, 0.085), rng.gauss(by, 0.085)) for bx, by in blobs for _ in range(11)]
    centers = [(0.08, 0.46), (0.55, 0.14), (0.78, 0.66)]

    def nearest(p, cs):
        return min(range(3), key=lambda j: (p[0] - cs[j][0]) ** 2 + (p[1] - cs[j][1]) ** 2)

    groups = [nearest(p, centers) for p in points]
    moved = []
    for j in range(3):
        own = [p for p, g in zip(points, groups, strict=False) if g == j]
        moved.append((sum(p[0] for p in own) / len(own), sum(p[1] for p in own) / len(own)))
    hues = [BLUE, RUST, TEAL]
    side, top, parts = 108, 30, []
    for i, label in enumerate(["1 Start", "2 Assign", "3 Update"]):
        left = 9 + i * 117
        parts.append(text(left + side / 2, 20, label, "middle", weight="600"))
        parts.append(
            f'<rect x="{left}" y="{top}" width="{side}" height="{side}" rx="4" fill="none" stroke="{LINE}"/>'
        )

        def at(p, left=left):
            return left + p[0] * side, top + p[1] * side

        for p, g in zip(points, groups, strict=False):
            parts.append(shape(0, *at(p), 2.6, QUIET) if i == 0 else shape(g, *at(p), 3, hues[g]))
        for j in range(3):
            if i == 2:
                parts.append(shape(j, *at(centers[j]), 5.5, "#ffffff", LINE, 1.3))
                (ax, ay), (bx, by) = at(centers[j]), at(moved[j])
                short = 1 - 7 / math.hypot(bx - ax, by - ay)
                parts.append(arrow(ax, ay, ax + (bx - ax) * short, ay + (by - ay) * short, INK, 1.5, 6))
            parts.append(shape(j, *at(moved[j] if i == 2 else centers[j]), 5.5, hues[j], INK, 1.6))
    save("kmeans.svg", top + side + 9, "One round of k-means: start, assign, update", parts)


def pca():
    rng = random.Random(11)
    turn = math.radians(27)
    raw = []
    for _ in range(70):
        a, b = rng.gauss(0, 52), rng.gauss(0, 19)
        raw.append((a * math.cos(turn) - b * math.sin(turn), a * math.sin(turn) + b * math.cos(turn)))
    n = len(raw)
    mx, my = sum(p[0] for p in raw) / n, sum(p[1] for p in raw) / n
    xx = sum((p[0] - mx) ** 2 for p in raw) / (n - 1)
    yy = sum((p[1] - my) ** 2 for p in raw) / (n - 1)
    xy = sum((p[0] - mx) * (p[1] - my) for p in raw) / (n - 1)
    mid, gap = (xx + yy) / 2, math.hypot((xx - yy) / 2, xy)
    l1, l2 = mid + gap, mid - gap
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    cx, cy = 178, 104

    def at(x, y):
        return cx + x, cy - y

    parts = [line(22, 196, 346, 196), line(22, 12, 22, 196)]
    parts.append(text(346, 214, "feature 1", "end", QUIET))
    parts.append(text(16, 14, "feature 2", "end", QUIET, turn=-90))
    parts += [shape(0, *at(x - mx, y - my), 2.8, LINE) for x, y in raw]
    e1 = (math.cos(angle), math.sin(angle))
    e2 = (-e1[1], e1[0])
    for (ex, ey), value, hue in ((e1, l1, RUST), (e2, l2, BLUE)):
        reach = 2 * math.sqrt(value)
        parts.append(arrow(*at(0, 0), *at(ex * reach, ey * reach), hue, 3, 11))
    parts.append(shape(0, *at(0, 0), 3.5, INK))
    share = round(100 * l1 / (l1 + l2))
    parts.append(text(346, 118, "PC 1", "end", RUST, "600", 17))
    parts.append(text(346, 137, f"{share}% of the variance", "end", RUST))
    parts.append(text(44, 30, "PC 2", "start", BLUE, "600", 17))
    parts.append(text(44, 49, f"{100 - share}%", "start", BLUE))
    save("pca.svg", 222, "Principal axes of a tilted cloud of points", parts)


def roc_pr():
    shift = math.sqrt(2) * N.inv_cdf(0.9)  # two normal score distributions, ROC AUC 0.90
    cuts = [-4 + i * 0.02 for i in range(551)]
    tpr = [1 - N.cdf(t - shift) for t in cuts]
    fpr = [1 - N.cdf(t) for t in cuts]

    def precision(share):
        return [
            share * a / (share * a + (1 - share) * b) if a or b else 1.0
            for a, b in zip(tpr, fpr, strict=False)
        ]

    size, top = 122, 32
    bottom = top + size
    parts = []
    for left, head, xname, yname in (
        (46, "ROC", "false positive rate", "true positive rate"),
        (228, "Precision-recall", "recall", "precision"),
    ):
        parts.append(text(left + size / 2, 20, head, "middle", weight="600"))
        parts.append(
            f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="{LINE}"/>'
        )
        parts.append(text(left + size / 2, bottom + 36, xname, "middle"))
        parts.append(text(left - 26, top + size / 2, yname, "middle", turn=-90))
        for where, label in ((0, "0"), (1, "1")):
            parts.append(text(left + where * size, bottom + 17, label, "middle", QUIET))
            parts.append(text(left - 6, bottom - where * size + 5, label, "end", QUIET))

    def put(left, xs, ys):
        return [(left + x * size, bottom - y * size) for x, y in zip(xs, ys, strict=False)]

    parts.append(line(46, bottom, 46 + size, top, QUIET, 1, "4 4"))
    parts.append(path(put(46, [1, *fpr, 0], [1, *tpr, 0]), RUST))
    area = sum((fpr[i] - fpr[i + 1]) * (tpr[i] + tpr[i + 1]) / 2 for i in range(len(cuts) - 1))
    parts.append(text(46 + size - 8, bottom - 14, f"AUC {area:.2f}", "end", RUST, "600"))
    for share, hue in ((0.5, PLUM), (0.05, BLUE)):
        p = precision(share)
        keep = [i for i in range(len(cuts)) if tpr[i] > 0.004]
        parts.append(path(put(228, [tpr[i] for i in keep], [p[i] for i in keep]), hue))
        ap = sum((tpr[i] - tpr[i + 1]) * (p[i] + p[i + 1]) / 2 for i in range(len(cuts) - 1))
        print(f"share {share}: PR area {ap:.3f}")
    parts.append(text(228 + 0.8 * size, top + 38, "50%", "end", PLUM, "600"))
    parts.append(text(228 + 8, bottom - 10, "5% positive", "start", BLUE, "600"))
    save("roc-pr.svg", bottom + 46, "ROC curve and precision-recall curves of one model", parts)


def p_value():
    z = 2.1
    left, right, base, high = 20, 340, 150, 116

    def at(v):
        return left + (v + 3.6) / 7.2 * (right - left), base - N.pdf(v) / N.pdf(0) * high

    def span(a, b, steps=120):
        return [at(a + (b - a) * i / steps) for i in range(steps + 1)]

    parts = []
    for a, b in ((-3.6, -z), (z, 3.6)):
        d = (
            f"M{num(at(a)[0])} {base} L"
            + " L".join(f"{num(x)} {num(y)}" for x, y in span(a, b, 40))
            + f" L{num(at(b)[0])} {base} Z"
        )
        parts.append(f'<path d="{d}" fill="{RUST}"/>')
    parts.append(path(span(-3.6, 3.6), INK, 2))
    parts.append(line(left, base, right, base))
    for v, label in ((-z, f"\u2212{z}"), (0, "0"), (z, f"{z}")):
        parts.append(line(at(v)[0], base, at(v)[0], base + 5))
        parts.append(text(at(v)[0], base + 21, label, "middle"))
    x, y = at(z)
    parts.append(line(x, base, x, y - 42, RUST, 1.5, "4 3"))
    parts.append(text(x, y - 66, "observed", "middle", RUST, "600"))
    parts.append(text(x, y - 49, f"z = {z}", "middle", RUST, "600"))
    p = 2 * (1 - N.cdf(z))
    parts.append(text(12, 26, "if the null holds", "start", QUIET))
    parts.append(text(180, base + 47, f"p = area of both tails = {p:.3f}", "middle", INK, "600"))
    save("p-value.svg", base + 60, "Two-sided p-value under a normal curve", parts)


if __name__ == "__main__":
    kmeans()
    pca()
    roc_pr()
    p_value()
