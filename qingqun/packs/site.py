"""A page for every rule, place and document, made from their own files: as Markdown and as HTML, with the same words and the same links."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from qingqun.i18n import _, joined
from qingqun.judge.catalogue import confidence_title, level_title, numbers, strength_title, subject_title
from qingqun.judge.discovery import rules, subjects
from qingqun.judge.rule import Rule
from qingqun.office.atomic import replacing
from qingqun.packs.document import Document, Entry, documents
from qingqun.packs.place import Place, places
from qingqun.packs.shelf import everything
from qingqun.words import Clause

STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.7 system-ui,sans-serif;color-scheme:light dark}"
    "pre{white-space:pre-wrap;border:1px solid #8888;padding:.6rem}h1{font-size:1.5rem}h2{font-size:1.1rem}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words, perhaps with a page it leads to (its path without ending)."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it: words, a list, or lines as they are."""

    title: str
    words: tuple[str, ...] = ()
    items: tuple[Line, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `path` is its place without ending, with slashes."""

    path: str
    title: str
    parts: tuple[Part, ...]


def write(folder: Path) -> list[Path]:
    """Write every page as .md and .html; return the paths. Raises OSError where the folder cannot be written."""
    written = []
    for page in pages():
        for ending, form in ((".md", markdown), (".html", html)):
            path = folder / f"{page.path}{ending}"
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as part:
                part.write_text(form(page), encoding="utf-8", newline="\n")
            written.append(path)
    return written


def pages() -> Iterator[Page]:
    """Yield the first page, then one for each rule, place and document."""
    every = [rule for subject in subjects() for rule in rules(subject)]
    clauses, shelf, known = everything(), documents(), places()
    yield _first(every, known, shelf)
    yield from (_rule(rule, [c for c in clauses if c.rule == rule.name], shelf) for rule in every)
    yield from (_place(place, known, shelf) for place in known.values())
    yield from (_document(document, known, {rule.name: rule for rule in every}) for document in shelf.values())


def _first(every: list[Rule], known: dict[str, Place], shelf: dict[str, Document]) -> Page:
    parts = [
        Part(subject_title(subject), items=tuple(_to_rule(rule) for rule in every if rule.subject == subject)) for subject in subjects()
    ]
    parts.append(Part(_("地方"), items=tuple(_to_place(place) for place in known.values())))
    parts.append(Part(_("文件"), items=tuple(_to_document(document) for document in shelf.values())))
    return Page(
        "index", _("规则和规则包"), (Part("", (_("由规则文件和规则包文件生成。条号未经核实的不印；仅见报道的条款只作提示。"),)), *parts)
    )


def _rule(rule: Rule, bound: list[Clause], shelf: dict[str, Document]) -> Page:
    lines = rule.scene.splitlines()
    breaking, lawful = ("\n".join(line for line in lines if line.lstrip().startswith("!") is hit) for hit in (True, False))
    home = {clause.id: document for document in shelf.values() for clause in document.clauses}
    parts = [
        Part("", (f"{rule.name} · {subject_title(rule.subject)}",)),
        Part(_("含义和合规的做法"), tuple(text for text in (rule.reason, rule.instead) if text)),
        Part(_("违反的例子"), shown=breaking),
        Part(_("不违反的例子"), shown=lawful),
        Part(_("数字"), items=tuple(Line(text) for text in numbers(rule, bound))),
        Part(_("依据条款"), items=tuple(Line(_cited(clause), f"documents/{home[clause.id].name}") for clause in bound)),
    ]
    if not bound:
        parts.append(Part(_("依据条款"), (_("没有找到条款。这是产品自己的规则，只作提示。"),)))
    return Page(f"rules/{rule.name}", rule.title, tuple(part for part in parts if part.words or part.items or part.shown))


def _place(place: Place, known: dict[str, Place], shelf: dict[str, Document]) -> Page:
    parts = [
        Part("", tuple(text for text in (f"{place.name} · {joined(place.names)}", place.note) if text)),
        Part(_("一并包含"), items=tuple(_to_place(known[name]) for name in place.includes if name in known)),
        Part(_("文件"), items=tuple(_to_document(shelf[name]) for name in (*place.includes, *place.documents) if name in shelf)),
    ]
    return Page(f"places/{place.name}", place.title, tuple(part for part in parts if part.words or part.items))


def _document(document: Document, known: dict[str, Place], named: dict[str, Rule]) -> Page:
    within = [place for place in known.values() if document.name in (*place.documents, *place.includes)]
    parts = [Part("", (joined((document.place, document.published)),)), Part(_("用于"), items=tuple(_to_place(place) for place in within))]
    parts += [_entry(entry, [c for c in document.clauses if c.id == entry.id], named) for entry in document.entries]
    return Page(f"documents/{document.name}", document.title, tuple(part for part in parts if part.words or part.items))


def _entry(entry: Entry, clauses: list[Clause], named: dict[str, Rule]) -> Part:
    said = [entry.text, *([_cited(clauses[0])] if clauses else []), *([entry.unchecked] if entry.unchecked else [])]
    return Part(entry.id, tuple(said), tuple(_to_rule(named[name]) for name in entry.rules))


def _cited(clause: Clause) -> str:
    """Document, number where confirmed, words, strength, how surely read, days in force, source."""
    number = f" {clause.number}" if clause.number else ""
    standing = [level_title(clause.level), strength_title(clause.strength), confidence_title(clause.confidence)]
    standing += [_("{day} 起").format(day=clause.since)] if clause.since else []
    standing += [_("至 {day}").format(day=clause.until)] if clause.until else []
    text = _("{id} {document}：“{text}”（{standing}；来源：{source}）")
    document = clause.document + number
    return text.format(id=clause.id, document=document, text=clause.text, standing=joined(standing), source=clause.source)


def _to_rule(rule: Rule) -> Line:
    return Line(f"{rule.title} ({rule.name})", f"rules/{rule.name}")


def _to_place(place: Place) -> Line:
    return Line(place.title, f"places/{place.name}")


def _to_document(document: Document) -> Line:
    return Line(f"{document.place} {document.title}", f"documents/{document.name}")


def markdown(page: Page) -> str:
    """Return a page as Markdown."""
    parts = [f"# {_plain(page.title)}", "", *_home(page, lambda line, to: f"[{line}]({to})", ".md")]
    for part in page.parts:
        parts += [f"## {_plain(part.title)}", ""] if part.title else []
        parts += [line for words in part.words for line in (_plain(words), "")]
        parts += [f"- [{_plain(i.text)}]({_up(page)}{i.to}.md)" if i.to else f"- {_plain(i.text)}" for i in part.items]
        parts += ["```text", part.shown, "```"] if part.shown else []
        parts += [""]
    return "\n".join(parts).rstrip() + "\n"


def html(page: Page) -> str:
    """Return a page as HTML that needs nothing from elsewhere."""
    parts = [f"<h1>{escape(page.title)}</h1>", *_home(page, lambda line, to: f'<p><a href="{to}">{escape(line)}</a></p>', ".html")]
    for part in page.parts:
        parts += [f"<h2>{escape(part.title)}</h2>"] if part.title else []
        parts += [f"<p>{escape(words)}</p>" for words in part.words]
        items = [f'<a href="{_up(page)}{i.to}.html">{escape(i.text)}</a>' if i.to else escape(i.text) for i in part.items]
        parts += ["<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"] if items else []
        parts += [f"<pre>{escape(part.shown)}</pre>"] if part.shown else []
    head = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(page.title)}</title><style>{STYLE}</style>'
    return "\n".join([head, *parts]) + "\n"


def _up(page: Page) -> str:
    return "../" * page.path.count("/")


def _home(page: Page, link: Callable[[str, str], str], ending: str) -> list[str]:
    return [] if page.path == "index" else [link(_("全部规则和规则包"), f"{_up(page)}index{ending}"), ""]


def _plain(text: str) -> str:
    """Keep what Markdown would read as its own."""
    flat = " ".join(text.split())
    for mark in "\\[]<>*_`|":
        flat = flat.replace(mark, f"\\{mark}")
    return flat
