"""Every text for people has English beside its Chinese."""

import io
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "qingqun" / "locale" / "en" / "LC_MESSAGES" / "qingqun.po"
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]


def _texts() -> set[str]:
    found = extract_from_dir(ROOT / "qingqun", METHODS, {"**.j2": {"encoding": "utf-8"}})
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


def test_every_text_has_english() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    missing = sorted(text for text in _texts() if not (catalogue.get(text) and catalogue[text].string))
    assert missing == [], "run `make messages` and translate"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = CATALOGUE.with_suffix(".mo")
    with CATALOGUE.open("rb") as file:
        written = io.BytesIO()
        write_mo(written, read_po(file))
    with compiled.open("rb") as file:
        shipped = {m.id: m.string for m in read_mo(file) if m.id}
    assert shipped == {m.id: m.string for m in read_mo(io.BytesIO(written.getvalue())) if m.id}


def test_translations_keep_their_fields() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    fields = {m.id: (_fields(str(m.id)), _fields(str(m.string))) for m in catalogue if m.id and m.string}
    assert {k: v for k, v in fields.items() if v[0] != v[1]} == {}


def _fields(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}
