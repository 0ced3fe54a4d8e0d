"""The page as files: small plain modules, all there, no way for text to become markup, nothing from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "quotes" / "web" / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
LONGEST = 300
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc")
OUTSIDE = re.compile(r"""["'`(]\s*(?:https?:)?//\w""")
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")


def name(path: Path) -> str:
    """The name of a file as the tests show it."""
    return path.relative_to(STATIC).as_posix()


class Shell(HTMLParser):
    """Collects what the shell loads, and what a strict Content Security Policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        found = dict(attrs)
        self.inline += [key for key in found if key == "style" or key.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.inline.append(tag)
        address = found.get("src") if tag == "script" else found.get("href") if tag == "link" else None
        if address and not address.startswith("data:"):
            self.loads.append(address)


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_module_is_small_and_never_parses_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("/**"), "a module begins with what it is for"
    assert text.count("\n") <= LONGEST
    assert MARKUP.findall(text) == []
    assert OUTSIDE.findall(text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_what_a_module_imports_is_there(path: Path) -> None:
    for target in IMPORT.findall(path.read_text(encoding="utf-8")):
        assert target.startswith((".", "/static/")), f"{target} is no file of the page"
        assert (path.parent / target).resolve().is_file()


def test_every_module_is_used() -> None:
    used = {(p.parent / t).resolve() for p in SCRIPTS for t in IMPORT.findall(p.read_text(encoding="utf-8"))}
    assert {p for p in SCRIPTS if p not in used} == {STATIC / "js" / "main.js"}


def test_the_shell_loads_its_own_files_and_has_nothing_inline() -> None:
    shell = Shell()
    shell.feed((STATIC / "index.html").read_text(encoding="utf-8"))
    assert shell.inline == []
    assert shell.loads
    for address in shell.loads:
        assert address.startswith("/static/")
        assert (STATIC / address.removeprefix("/static/")).is_file()


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=name)
def test_a_style_sheet_is_small_and_loads_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert "url(" not in text
    assert "@import" not in text
