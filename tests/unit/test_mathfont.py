from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from deckbuild.mathfont import math_font
from deckbuild.mathml import MathML, to_mathml


def font_for(*formulas: str) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(math_font(formulas)))


def mathml(tex: str) -> str:
    made = to_mathml(tex, display=True)
    assert isinstance(made, MathML)
    return made.html


def test_a_lone_letter_needs_its_italic_a_name_its_upright_letters() -> None:
    known = font_for("<math><mi>x</mi><mi>lim</mi><mi>π</mi></math>").getBestCmap()
    assert {chr(code) for code in known} == {"𝑥", "l", "i", "m", "𝜋", "√"}


def test_the_italic_of_h_stands_elsewhere() -> None:
    assert 0x210E in font_for("<math><mi>h</mi></math>").getBestCmap()


def test_the_tex_beside_a_formula_needs_no_glyphs() -> None:
    formula = "<math><semantics><mi>x</mi><annotation>\\vec y</annotation></semantics></math>"
    assert ord("y") not in font_for(formula).getBestCmap()


def test_escaped_signs_are_found() -> None:
    assert ord("<") in font_for(mathml("a < b")).getBestCmap()


@pytest.mark.parametrize("sign", ["(", "√"])
def test_brackets_and_roots_can_stretch(sign: str) -> None:
    font = font_for(mathml(r"\left(\sqrt{x}\right)"))
    variants = font["MATH"].table.MathVariants
    stretched = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    assert len(stretched[font.getBestCmap()[ord(sign)]].MathGlyphVariantRecord) > 3


def test_brackets_that_keep_the_height_of_their_line_have_one_form() -> None:
    glyphs, bare = font_for(mathml("f(x)")).getGlyphOrder(), font_for("<math></math>").getGlyphOrder()
    assert len(glyphs) - len(bare) == len("f(x)")


def test_what_is_taller_than_the_sizes_kept_has_its_parts() -> None:
    font = font_for(mathml(r"\left(\sqrt{x}\right)"))
    variants = font["MATH"].table.MathVariants
    forms = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    assert len(forms[font.getBestCmap()[ord("(")]].GlyphAssembly.PartRecords) == 3


def test_the_license_travels_along() -> None:
    assert "SIL Open Font License" in font_for("<math><mi>x</mi></math>")["name"].getDebugName(13)


def test_equal_characters_give_equal_bytes_in_any_order() -> None:
    first, second = "<math><mi>x</mi></math>", "<math><mo>+</mo></math>"
    assert math_font([first, second]) == math_font([second, first, first])
