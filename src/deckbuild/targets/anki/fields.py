"""The fields of a note: every part of an item as HTML, under the names of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from markupsafe import escape

from deckbuild.identity import digest
from deckbuild.ledger import gap_numbers
from deckbuild.markup.events import BulletList, unwrapped
from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed
from deckbuild.plain import list_of
from deckbuild.targets.anki.context import context
from deckbuild.targets.anki.schema import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckbuild.ledger import Published
    from deckbuild.markup.prose import Prose
    from deckbuild.model import Body, Figure, Option, Point
    from deckbuild.plain import LearningItem
    from deckbuild.targets.anki.text import Html
    from deckbuild.targets.base import Job

MOST_POINTS = 16
"""A rubric with more points is graded as if half of these were half of it."""

Fields = dict[str, str]


def fields_of(job: Job, item: LearningItem, html: Html) -> tuple[str, ...]:
    """Return the values of all fields of an item's note, in the order of the schema."""
    published = job.ledger.notes[item.ref]
    match item.body:
        case Question() as question:
            values = _question(question, html)
        case Followup(ask=ask, answer=answer):
            values = {"Question": _prompt(ask, html), "Answer": html.block(answer.events)}
        case Card(body=body):
            values = _card(body, published, html)
        case _:
            assert_never(item.body)
    values |= _frame(job, item, html)
    fields = SCHEMAS[item.kind].fields
    assert values.keys() <= {field.name for field in fields}, "every part has a field of its own"
    return tuple(values.get(field.name, "") for field in fields)


def _frame(job: Job, item: LearningItem, html: Html) -> Fields:
    """Return what stands around the content of every card."""
    question, ledger = item.question, job.ledger
    is_main = isinstance(item.body, Question)
    return {
        "Context": html.inline(context(item)),
        "Hint": html.block(item.hint.events) if item.hint else "",
        "Number": ledger.numbering.questions[question.id],
        "Section": html.text(ledger.sections[item.section.id].title),
        "Level": str(question.difficulty or "") if is_main else "",
        "Hue": ledger.numbering.hue(item.section.id),
        "Language": html.text(job.deck.lang),
        "Direction": str(job.deck.direction),
        "Id": html.text(ledger.notes[item.ref].id),
    }


# A question's main card -------------------------------------------------------------------------


def _question(question: Question, html: Html) -> Fields:
    return {
        "Question": _prompt(question.ask, html),
        "Answer": html.block(question.answer.events, "answer-") if question.answer else "",
        "Points": _points(question.points, html),
        "Figure": _figure(question.figure, html),
        "Details": html.block(question.details.events, "details-") if question.details else "",
        "Pitfalls": _list(question.pitfalls, html),
        "Sources": _sources(question, html),
    }


def _points(points: tuple[Point, ...], html: Html) -> str:
    """Return boxes to tick with their points, siblings of one another, so that CSS can count them."""
    if not points:
        return ""
    must = ' class="must"'
    rows = (
        f'<input type="checkbox" id="point-{number}"{must if point.must else ""}>'
        f'<label for="point-{number}" class="tappable">{html.inline(point.text.events)}</label>'
        for number, point in enumerate(points, 1)
    )
    half = min((len(points) + 1) // 2, MOST_POINTS // 2)
    return f'<div class="points half-{half}">{"".join(rows)}</div>'


def _sources(question: Question, html: Html) -> str:
    lines = [
        f'<li><a href="{escape(source.url)}">{html.text(source.title)}</a></li>'
        if source.url
        else f"<li>{html.text(source.title)}</li>"
        for source in question.sources
    ]
    lines += [f'<li class="license">{html.text(question.license)}</li>'] if question.license else []
    lines += [f'<li class="reviewed">{html.text(question.reviewed)}</li>'] if question.reviewed else []
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


# Cards ------------------------------------------------------------------------------------------


def _card(body: Body, published: Published, html: Html) -> Fields:
    match body:
        case Basic(ask, answer, reverse, figure):
            return {
                "Question": _prompt(ask, html),
                "Answer": _prompt(answer, html),
                "Figure": _figure(figure, html),
                "Reverse": "1" if reverse else "",
            }
        case Cloze(text):
            numbers = _numbers(gap_numbers(text.events), published)
            return {"Text": html.cloze(unwrapped(text.events), numbers)}
        case Choice(ask, options, shuffle):
            shown = _shuffled(options, published.guid) if shuffle else options
            return {"Question": _prompt(ask, html), "Options": _options(shown, html, shuffle=shuffle)}
        case Steps(ask, steps):
            return {"Question": _prompt(ask, html), "Steps": "".join(_steps(steps, published, html))}
        case Typed(ask, answer, accept):
            accepted = "".join(f"<li>{html.text(other)}</li>" for other in accept)
            return {"Question": _prompt(ask, html), "Answer": html.text(answer), "Accepted": accepted}
        case Occlusion():
            return _occlusion(body, published, html)
        case _:
            assert_never(body)


def _options(options: Iterable[Option], html: Html, *, shuffle: bool) -> str:
    """Return boxes to tick with their options. The class says how many are right."""
    options = tuple(options)
    one = sum(option.right for option in options) == 1
    kind = "radio" if one else "checkbox"
    rows = (
        f'<div class="option {"right" if option.right else "wrong"}">'
        f'<input type="{kind}" name="option" id="option-{number}">'
        f'<label for="option-{number}" class="tappable">{html.inline(option.text.events)}</label>'
        f"{_why(option, html)}</div>"
        for number, option in enumerate(options, 1)
    )
    classes = f"{'one' if one else 'many'}{'' if shuffle else ' fixed'}"
    return f'<div class="{classes}">{"".join(rows)}</div>'


def _why(option: Option, html: Html) -> str:
    return f'<div class="why">{html.inline(option.why.events)}</div>' if option.why else ""


def _shuffled(options: tuple[Option, ...], seed: str) -> tuple[Option, ...]:
    """Return options in an order that does not tell which is right, for clients without scripts."""
    return tuple(sorted(options, key=lambda option: digest(seed, option.text.raw)))


def _steps(steps: tuple[Prose, ...], published: Published, html: Html) -> Iterator[str]:
    for step, ordinal in zip(steps, published.ordinals, strict=True):
        yield html.gap(ordinal + 1, f"<div>{html.inline(step.events)}</div>")


def _occlusion(body: Occlusion, published: Published, html: Html) -> Fields:
    pairs = tuple(zip(body.masks, published.ordinals, strict=True))
    shapes = (
        html.gap(ordinal + 1, f"image-occlusion:rect:{_rect(mask.rect)}:oi=1") for mask, ordinal in pairs
    )
    labels = (html.gap(ordinal + 1, html.text(mask.label)) for mask, ordinal in pairs)
    return {
        "Occlusion": "<br>".join(shapes),
        "Image": html.image(body.image, body.alt),
        "Header": _prompt(body.ask, html),
        "Labels": " · ".join(labels),
    }


def _rect(rect: tuple[float, float, float, float]) -> str:
    names = ("left", "top", "width", "height")
    return ":".join(
        f"{name}={value:.4f}".replace("=0.", "=.") for name, value in zip(names, rect, strict=True)
    )


def _numbers(gaps: tuple[int, ...], published: Published) -> Mapping[int, int]:
    """Return the number that each gap gets in Anki: that of the card which learns it."""
    return {gap: ordinal + 1 for gap, ordinal in zip(gaps, published.ordinals, strict=True)}


# Parts ------------------------------------------------------------------------------------------


def _prompt(text: Prose, html: Html) -> str:
    """Return a text without the paragraph around it if that is all there is."""
    return html.block(unwrapped(text.events))


def _figure(figure: Figure | None, html: Html) -> str:
    if figure is None:
        return ""
    caption = f"<figcaption>{html.inline(figure.caption.events)}</figcaption>" if figure.caption else ""
    return html.image(figure.image, figure.alt) + caption


def _list(texts: tuple[Prose, ...], html: Html) -> str:
    return html.block(list_of(BulletList(), [text.events for text in texts])) if texts else ""
