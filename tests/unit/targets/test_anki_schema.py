from __future__ import annotations

from pathlib import Path

from deckbuild.plain import Kind
from deckbuild.targets.anki.schema import SCHEMAS

FROZEN = Path(__file__).with_name("anki_schema.txt")

WAYS_OUT = """
The note types are frozen: a learner whose note type differs gets a second one, and none of the notes
already learned is updated ever again. Ways out:
- Something new to show: put it into a spare field. A field may be renamed, since Anki goes by its id;
  change its name here, in the schema and in the templates.
- Something that is shown no longer: leave the field empty.
- A new kind of card: give it a note type of its own, at the end of the table.
- Another look: templates and style sheet may change freely.
If only names, flags or new kinds differ, write the new table to anki_schema.txt and read the diff.
"""


def table() -> str:
    """Return the schema as lines: a kind with its flags, then its fields and templates by id."""
    lines = []
    for kind, schema in SCHEMAS.items():
        flags = [f"sort {schema.sort_field}", *(["cloze"] if schema.cloze else [])]
        if schema.original_stock_kind:
            flags.append(f"stock {schema.original_stock_kind}")
        lines.append(f"{kind}: {', '.join(flags)}")
        for field in schema.fields:
            notes = [f"tag {field.tag}"] if field.tag is not None else []
            notes += ["collapsed"] if field.collapsed else []
            lines.append(f"  field    {field.id:>4}  {field.name:<12}{' '.join(notes)}".rstrip())
        lines += [f"  template {template.id:>4}  {template.name}" for template in schema.templates]
    return "\n".join(lines) + "\n"


def test_the_schema_is_as_it_was_first_published() -> None:
    assert table() == FROZEN.read_text("utf-8"), WAYS_OUT


def test_every_kind_has_a_note_type() -> None:
    assert set(SCHEMAS) == set(Kind)


def test_ids_and_names_are_unique_in_a_note_type() -> None:
    for schema in SCHEMAS.values():
        assert len({field.id for field in schema.fields}) == len(schema.fields)
        assert len({field.name for field in schema.fields}) == len(schema.fields)
        assert len({template.id for template in schema.templates}) == len(schema.templates)


def test_every_note_type_has_room_for_years_and_for_the_learner() -> None:
    for schema in SCHEMAS.values():
        names = [field.name for field in schema.fields]
        assert names[-6:] == ["Id", "Spare 1", "Spare 2", "Spare 3", "Spare 4", "My notes"]
