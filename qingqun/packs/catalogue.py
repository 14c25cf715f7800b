"""The pages about rules and packs, written from the files themselves. To renew them:

python -c "from qingqun.packs import catalogue; catalogue.write()"
"""

from collections.abc import Iterator
from pathlib import Path

from qingqun import judge
from qingqun.i18n import _, listed
from qingqun.judge.catalogue import cite, markdown
from qingqun.packs.document import Document, Entry, documents
from qingqun.packs.place import Place, places
from qingqun.packs.shelf import everything

DOCS = Path(__file__).parents[2] / "docs"


def explain(name: str) -> str:
    """Return the text of `qingqun explain RULE`, with the clauses of every pack. Raises judge.NoSuchRuleError."""
    return judge.explain(name, everything())


def rules_page() -> str:
    """Return docs/rules.md."""
    return markdown(everything())


def packs_page() -> str:
    """Return docs/packs.md: each place with what it includes, each document with its clauses."""
    head = _("本页由规则包文件生成，不要手工修改。条号未经核实的不印；仅见报道的条款只作提示。")
    parts = ["# " + _("规则包"), "", head, "", "## " + _("地方"), ""]
    parts += [line for place in places().values() for line in _place(place)]
    parts += ["", "## " + _("文件"), ""]
    parts += [line for document in documents().values() for line in _document(document)]
    return "\n".join(parts)


def measures_page() -> str:
    """Return docs/measures.md: everything the documents ask for or state, with the rules that check it or why none can."""
    entries = [(document, entry) for document in documents().values() for entry in document.entries]
    ids = {entry.id for _document, entry in entries}
    bare = {entry.id for _document, entry in entries if not entry.rules}
    head = _("本页由规则包文件生成，不要手工修改。{n} 条要求和事实，{checked} 条有规则核查，{bare} 条写明为什么不由机器核查。")
    parts = ["# " + _("条款与规则对照"), "", head.format(n=len(ids), checked=len(ids - bare), bare=len(bare))]
    columns = " | ".join((_("编号"), _("内容"), _("规则"), _("不核查的部分")))
    for document in documents().values():
        parts += ["", f"## {document.title}", "", f"| {columns} |", "|---|---|---|---|"]
        parts += [_measure(entry) for entry in document.entries]
    return "\n".join(parts) + "\n"


def _measure(entry: Entry) -> str:
    text = entry.text.replace("|", "/").replace("\n", " ")
    return f"| {entry.id} | {text} | {listed(f'`{rule}`' for rule in entry.rules)} | {entry.unchecked} |"


def _place(place: Place) -> Iterator[str]:
    yield f"- `{place.name}` {place.title}:" + listed((*place.includes, *place.documents))
    if place.note:
        yield f"  {place.note}"


def _document(document: Document) -> Iterator[str]:
    yield from (f"### {document.name}", "", f"{document.place} {document.title}", "")
    for name in dict.fromkeys(clause.id for clause in document.clauses):
        bound = [clause for clause in document.clauses if clause.id == name]
        yield "- " + cite(bound[0]).replace("\n", "  \n  ") + " → " + listed(f"`{clause.rule}`" for clause in bound)
    bare = [entry.id for entry in document.entries if not entry.rules]
    if bare:
        yield _("不由规则核查：{ids}（原因见条款与规则对照）。").format(ids=listed(bare))
    yield ""


def write(folder: Path = DOCS) -> None:
    """Write the three pages."""
    folder.joinpath("rules.md").write_text(rules_page(), encoding="utf-8", newline="\n")
    folder.joinpath("measures.md").write_text(measures_page(), encoding="utf-8", newline="\n")
    folder.joinpath("packs.md").write_text(packs_page(), encoding="utf-8", newline="\n")
