"""What the handout's templates get of each kind of card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, assert_never

from deckbuild.identity import digest
from deckbuild.model import Basic, Choice, Cloze, Occlusion, Steps, Typed

if TYPE_CHECKING:
    from markupsafe import Markup

    from deckbuild.model import Card, Question
    from deckbuild.targets.handout.text import Headed, Writer


@dataclass(frozen=True, slots=True)
class Front:
    """What all kinds have: question and `id` together are what a card's progress is kept by."""

    id: str
    ask: Markup
    hint: Markup


@dataclass(frozen=True, slots=True)
class BasicView(Front):
    """A prompt and an answer."""

    kind: ClassVar[str] = "basic"
    answer: Markup
    reverse: bool


@dataclass(frozen=True, slots=True)
class ClozeView(Front):
    """A text; its gaps stand in `ask`."""

    kind: ClassVar[str] = "cloze"


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option of a choice. `why` may be empty."""

    text: Headed
    right: bool
    why: Headed


@dataclass(frozen=True, slots=True)
class ChoiceView(Front):
    """A choice. `several` if more than one option is right."""

    kind: ClassVar[str] = "choice"
    group: str
    """The name that makes its radio buttons one group."""
    options: tuple[OptionView, ...]
    shuffle: bool
    several: bool


@dataclass(frozen=True, slots=True)
class StepsView(Front):
    """An ordered list."""

    kind: ClassVar[str] = "steps"
    steps: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class TypedView(Front):
    """An answer to type."""

    kind: ClassVar[str] = "typed"
    answer: str
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaskView:
    """A mask; `place` is the class that puts it where it belongs."""

    label: str
    place: str


@dataclass(frozen=True, slots=True)
class OcclusionView(Front):
    """A picture with masks."""

    kind: ClassVar[str] = "occlusion"
    picture: Markup
    masks: tuple[MaskView, ...]


CardView = BasicView | ClozeView | ChoiceView | StepsView | TypedView | OcclusionView


def card_view(writer: Writer, question: Question, card: Card) -> CardView:
    """Return a card of any kind, its texts as HTML."""
    hint = writer.boxed(card.hint)
    match card.body:
        case Basic(ask, answer, reverse, figure):
            front = writer.boxed(ask, figure)
            return BasicView(card.id, front, hint, writer.boxed(answer), reverse)
        case Cloze(text):
            return ClozeView(card.id, writer.boxed(text), hint)
        case Choice(ask, options, shuffle):
            group, several = writer.name("c"), sum(option.right for option in options) > 1
            answers = _options(writer, f"{question.id}/{card.id}", card.body)
            return ChoiceView(card.id, writer.boxed(ask), hint, group, answers, shuffle, several)
        case Steps(ask, steps):
            return StepsView(card.id, writer.boxed(ask), hint, tuple(writer.inline(step) for step in steps))
        case Typed(ask, answer, accept):
            return TypedView(card.id, writer.boxed(ask), hint, answer, _others(answer, accept))
        case Occlusion(ask, image, alt, masks):
            covers = tuple(MaskView(mask.label, writer.place(mask.rect)) for mask in masks)
            picture = writer.pictures.show(image, alt)
            return OcclusionView(card.id, writer.boxed(ask), hint, picture, covers)
        case _:
            assert_never(card.body)


def _others(answer: str, accept: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other answers; the script takes capitals for small letters by itself."""
    by_sound = {text.casefold(): text for text in reversed((answer, *accept))}
    return tuple(text for text in accept if by_sound[text.casefold()] == text != answer)


def _options(writer: Writer, ref: str, choice: Choice) -> tuple[OptionView, ...]:
    """Return the options in an order that tells nothing; authors tend to write the right one first."""
    views = [
        OptionView(writer.headed(option.text), option.right, writer.headed(option.why))
        for option in choice.options
    ]
    if not choice.shuffle:
        return tuple(views)
    keys = [digest(ref, option.text.raw) for option in choice.options]
    return tuple(view for _, view in sorted(zip(keys, views, strict=True), key=lambda pair: pair[0]))
