r"""Which TeX is refused, and what to write instead.

Three programs show a formula: MathJax in Anki, browsers in the handout, and ziamath on paper. The
converter in front of the last two takes commands that MathJax does not know, and gives MathML for
some that a page or the drawing shows wrong; a few inputs would keep it busy for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

MAX_LENGTH = 4000
MAX_NESTING = 64
"""5 000 groups inside one another end the whole process."""
MAX_UNCLOSED = 16
"""math-core 0.9 tries each bracket without a partner twice over: 16 take 2 ms, 32 two minutes."""


@dataclass(frozen=True, slots=True)
class MathError:
    """Why a formula cannot be used, what to write instead, and the place in its TeX."""

    message: str
    help: str
    start: int
    end: int


# What the converter knows and MathJax, as Anki ships it, does not.
_ONLY_HERE = """
    Chi Colondash Dagger Darr Dashcolon Epsilon Eta Harr Iota Kappa Larr Lrarr Mu Nu Omicron Overrightarrow
    Rarr Rho Simcolon Tau Uarr VDash Yleft Yright Zeta alef alefsym angl angln approxcolon approxcoloncolon
    arcctg arceq arctg ascnode awint bigcupdot bigdoublevee bigdoublewedge bigsqcap botdoteq bull ch
    cirfnint clubs coloncolon coloncolonapprox coloncolonequals coloncolonminus coloncolonsim colondash
    colonequals colonminus copyright cosec cotg ctg cth dArr darr dashcolon diamonds dotsminusdots empty
    eqdef equalscolon equalscoloncolon erf erfc exist fcmp fint hArr harr hearts iddots image imageof infin
    intBar intbar intclockwise isin kernelcontraction lAngle lArr lBrace lang larr lightning llangle
    llbracket llparenthesis lrArr lrarr mathsterling measeq minuscolon minuscoloncolon minuso nequiv
    ngtrless ngtrsim nlessgt nlesssim notni nsubset nsupset oiiint oiint ointctrclockwise origof overgroup
    overleftharpoon overrightharpoon phase plusmn pounds prescript questeq rAngle rArr rBrace rang rarr
    ratio rrangle rrbracket rrparenthesis rupee sh simcolon simcoloncolon slashed spades stareq sub sube
    sumint supe tg th thetasym uArr uarr undergroup varointclockwise vcentcolon veeeq vertoverlay wedgeq
    weierp
"""
_NO_DEFINITIONS = "write the formula out: definitions would go on to other cards"
_NO_SIZES = "leave it out: a formula has the size of its surroundings"
_NO_NUMBERS = "leave it out: formulas are not numbered"
_ARGMAX = "write `\\operatorname*{arg\\,max}`"

# Refused commands that have something to write instead; the converter knows about half of them.
_INSTEAD = {
    **dict.fromkeys(("def", "gdef", "let", "newcommand", "renewcommand", "providecommand"), _NO_DEFINITIONS),
    **dict.fromkeys(("DeclareMathOperator", "global", "begingroup", "endgroup"), _NO_DEFINITIONS),
    **dict.fromkeys(("Huge", "huge", "LARGE", "Large", "large", "normalsize"), _NO_SIZES),
    **dict.fromkeys(("small", "footnotesize", "scriptsize", "sixptsize", "tiny"), _NO_SIZES),
    **dict.fromkeys(("tag", "label", "ref", "eqref", "nonumber", "notag"), _NO_NUMBERS),
    **dict.fromkeys(("argmax", "argmin", "plim"), _ARGMAX),
    "bm": "write `\\boldsymbol`",
    "bold": "write `\\mathbf`",
    "mathbbm": "write `\\mathbb`",
    "mathds": "write `\\mathbb`",
    "R": "write `\\mathbb{R}`",
    "N": "write `\\mathbb{N}`",
    "Z": "write `\\mathbb{Z}`",
    "reals": "write `\\mathbb{R}`",
    "Reals": "write `\\mathbb{R}`",
    "real": "write `\\Re`",
    "natnums": "write `\\mathbb{N}`",
    "Complex": "write `\\mathbb{C}`",
    "cnums": "write `\\mathbb{C}`",
    "Alpha": "write `\\mathrm{A}`",
    "Beta": "write `\\mathrm{B}`",
    "abs": "write `\\lvert x \\rvert`",
    "norm": "write `\\lVert x \\rVert`",
    "ce": "write `\\mathrm{H_2O}`",
    "SI": "write `3\\,\\mathrm{m}`",
    "si": "write `\\mathrm{m}`",
    "qty": "write `3\\,\\mathrm{m}`",
    "unit": "write `\\mathrm{m}`",
    "textbf": "write `\\mathbf`",
    "textit": "write `\\mathit`",
    "emph": "write `\\mathit`",
    "textrm": "write `\\text`",
    "textsf": "write `\\mathsf`",
    "texttt": "write `\\mathtt`",
    "textsc": "write `\\text`",
    "widetilde": "write `\\tilde`",
    "underbar": "write `\\underline`",
    "sout": "write `\\cancel`",
    "mathop": "write `\\operatorname*{name}`",
    "operatornamewithlimits": "write `\\operatorname*`",
    "mathrel": "write the sign without it",
    "mathinner": "write the signs without it",
    "mathpunct": "write the sign without it",
    "mathchoice": "write the one form that fits",
    "cramped": "leave it out",
    "relax": "leave it out",
    "displaylimits": "write `\\limits`",
    "genfrac": "write `\\frac` or `\\binom`",
    "sideset": "write `{}_a^b\\sum_c^d`",
    "substack": "write `\\begin{subarray}{c} a \\\\ b \\end{subarray}`",
    "raisebox": "leave it out",
    "hline": "leave rules out, or write a Markdown table",
    "hdashline": "leave rules out, or write a Markdown table",
    "newline": "write `\\begin{aligned} … \\\\ … \\end{aligned}` around the lines",
    "href": "put the link into the text around the formula",
    "includegraphics": "put the picture into the text around the formula",
}
_INSTEAD |= dict.fromkeys(
    _ONLY_HERE.split(), "Anki does not know it: write the character itself, or `\\operatorname{name}`"
)

_ALIGNED = "write `\\begin{aligned}` and `\\end{aligned}`"
_GATHERED = "write `\\begin{gathered}` and `\\end{gathered}`"
_ENVIRONMENTS = {
    **dict.fromkeys(("align", "align*", "alignat", "alignat*", "alignedat", "flalign", "flalign*"), _ALIGNED),
    **dict.fromkeys(("split", "eqnarray", "eqnarray*", "multline", "multline*"), _ALIGNED),
    **dict.fromkeys(("gather", "gather*"), _GATHERED),
    **dict.fromkeys(("equation", "equation*", "math", "displaymath"), "leave `\\begin` and `\\end` out"),
    **dict.fromkeys(("smallmatrix", "darray"), "write `\\begin{matrix}` and `\\end{matrix}`"),
    "tabular": "write a Markdown table",
}

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|\S", re.DOTALL)
_REFUSED_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ENVIRONMENT = re.compile(r"\\begin\s*\{([^{}]*)\}")
_RULES = re.compile(r"\\begin\s*\{array\}\s*\{[^{}]*?([|:])")
_LINE_SPACE = re.compile(r"\\\\\s*(\*|\[\s*-?[\d.]+\s*[a-z]{2}\s*\])")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COMMENT = re.compile(r"\\.|(%)", re.DOTALL)
_NEW_LINE = re.compile(r"\\\\|\\(begin|end)(?![A-Za-z])|\\.", re.DOTALL)

_BRACKETS = {"(": ")", "[": "]", r"\{": r"\}", r"\lbrace": r"\rbrace", r"\lbrack": r"\rbrack"}
_BRACKETS |= {rf"\l{name}": rf"\r{name}" for name in ("angle", "floor", "ceil", "vert", "Vert", "group")}
_BRACKETS |= {r"\lparen": r"\rparen", r"\lmoustache": r"\rmoustache", r"\mathopen": r"\mathclose"}
_BRACKETS |= {r"\ulcorner": r"\urcorner", r"\llcorner": r"\lrcorner"}
_BRACKETS |= {rf"\{size}l": rf"\{size}r" for size in ("big", "Big", "bigg", "Bigg")}
_CLOSING = frozenset(_BRACKETS.values())
_LEVEL_STARTS = ("{", r"\left", r"\begin")
_LEVEL_ENDS = ("}", r"\right", r"\end")


def refused(tex: str) -> MathError | None:
    """Return why a formula is refused before it is converted."""
    if not tex.strip():
        return MathError(
            "this formula is empty", "write it between the dollars, or leave them out", 0, len(tex)
        )
    if len(tex) > MAX_LENGTH:
        message = f"this formula has {len(tex)} characters, more than {MAX_LENGTH}"
        return MathError(message, "write it as several formulas", 0, len(tex))
    return _refused_command(tex) or _refused_sign(tex) or _too_deep(tex)


def explain(message: str, tex: str, at: int) -> MathError:
    """Return the converter's message in our words, with the command at that place."""
    start = min(at, max(len(tex) - 1, 0))
    found = _TOKEN.match(tex, start)
    end = found.end() if found else start + 1
    said = message.strip().removesuffix(".").replace('"', "`")
    return MathError(said[:1].lower() + said[1:], _help(said), start, end)


def _help(said: str) -> str:
    if said.startswith("Unknown command"):
        return "see how it is spelt; commands of LaTeX packages are not known, and words go into `\\text{…}`"
    if said.startswith("Unknown environment"):
        return "write `aligned`, `gathered`, `cases`, `matrix`, `pmatrix`, `bmatrix` or `array`"
    if said.startswith("Math mode within text"):
        return "end the text before the formula: `\\text{if }x\\text{ is}`"
    if "&" in said:
        return "write `\\&` for the sign; between columns `&` stands outside of braces and gaps"
    if "$" in said:
        return "write `\\$` for the sign"
    if "#" in said or "arameter" in said:
        return "write `\\#` for the sign"
    if "subscript or superscript" in said:
        return "put braces around the first: `{a^b}^c`"
    return "put braces in pairs, and around what belongs together: `x^{10}`"


def _refused_command(tex: str) -> MathError | None:
    for found in _REFUSED_COMMAND.finditer(tex):
        if (instead := _INSTEAD.get(found[1])) and not tex.startswith("\\", found.start() - 1, found.start()):
            return MathError(f"`{found[0]}` cannot be used here", instead, found.start(), found.end())
    for found in _ENVIRONMENT.finditer(tex):
        if instead := _ENVIRONMENTS.get(found[1]):
            message = f"`\\begin{{{found[1]}}}` cannot be used here"
            return MathError(message, instead, found.start(), found.end())
    return None


def _refused_sign(tex: str) -> MathError | None:
    r"""Refuse what would vanish or turn up as text: `%`, `\\` between no lines, `\\[2pt]`, rules."""
    if control := _CONTROL.search(tex):
        message = f"U+{ord(control[0]):04X} cannot be shown"
        return MathError(message, "leave this control character out", *control.span())
    for found in _COMMENT.finditer(tex):
        if found[1]:
            message = "`%` makes a comment of the rest of the line, which is not shown"
            return MathError(message, "write `\\%` for the sign", found.start(), found.end())
    if space := _LINE_SPACE.search(tex):
        return MathError(f"`{space[1]}` behind `\\\\` is shown as text", "leave it out", *space.span(1))
    if rule := _RULES.search(tex):
        message = "rules between columns are not drawn on paper"
        return MathError(message, "leave them out, or write a Markdown table", *rule.span(1))
    level = 0
    for found in _NEW_LINE.finditer(tex):
        level += (found[1] == "begin") - (found[1] == "end")
        if found[0] == "\\\\" and level < 1:
            message = "`\\\\` breaks no line here"
            help_ = "write `\\begin{aligned} … \\\\ … \\end{aligned}` around the lines"
            return MathError(message, help_, found.start(), found.end())
    return None


def _too_deep(tex: str) -> MathError | None:
    r"""Refuse what would end the converter, or never let it end.

    Counts the brackets that have no partner in their cell or `\left … \right`. A closing one may be
    the argument of what stands before it (`(\hat)`), and then is no partner.
    """
    levels = [0]
    before = ("", "")
    for found in _TOKEN.finditer(tex):
        token = found[0]
        if token in _LEVEL_STARTS:
            levels.append(0)
        elif token in _LEVEL_ENDS:
            inner = levels.pop() if len(levels) > 1 else 0
            levels[-1] += inner * (token not in (r"\right", r"\end"))
        elif token in ("&", r"\\"):
            levels[-1] = 0
        elif before[1] not in (r"\left", r"\right"):
            levels[-1] += token in _BRACKETS
            levels[-1] -= levels[-1] > 0 and token in _CLOSING and not any(map(_may_take, before))
        if len(levels) > MAX_NESTING or levels[-1] > MAX_UNCLOSED:
            message = "groups or brackets are nested too deeply, or not closed"
            return MathError(message, "close them in pairs, or write several formulas", *found.span())
        before = (before[1], token)
    return None


def _may_take(token: str) -> bool:
    """Tell whether a token may take what follows as its argument."""
    return token in ("^", "_") or (token[1:].isalpha() and not _stands_alone(token))


@cache
def _stands_alone(command: str) -> bool:
    from math_core import LatexError, LatexToMathML

    try:
        LatexToMathML(fancy_error=False).convert_with_local_state(command, displaystyle=False)
    except LatexError:
        return False
    return True
