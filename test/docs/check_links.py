#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Checks that links lead somewhere, without a network.

check_links.py             every relative link, image and anchor of the project's documents
check_links.py --site DIR  the same of the site that tools/docs built, external ones left out
"""

import html.parser
import pathlib
import re
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "doc/reference"))

import markdown  # noqa: E402

root = markdown.ROOT


def is_external(target):
    return re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE) is not None


def check_documents():
    errors = []
    texts = {document: document.read_text(encoding="utf-8") for document in markdown.documents()}
    count = 0
    for document, text in texts.items():
        for line, target in markdown.links(text):
            if is_external(target):
                continue
            count += 1
            path, _, anchor = urllib.parse.unquote(target).partition("#")
            file = (document.parent / path).resolve() if path else document
            where = f"{document.relative_to(root)}:{line}"
            if not file.exists():
                errors.append(f"{where}: there is no {path}")
            elif not file.is_relative_to(root):
                errors.append(f"{where}: {path} is outside of the project")
            elif anchor and file.suffix == ".md":
                if anchor not in markdown.anchors(file.read_text(encoding="utf-8")):
                    errors.append(f"{where}: {file.relative_to(root)} has no heading #{anchor}")
    return errors, count


class Page(html.parser.HTMLParser):
    """The anchors and links of a page."""

    def __init__(self, text):
        super().__init__()
        self.anchors = set()
        self.targets = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        for name in ("id", "name"):
            if attrs.get(name):
                self.anchors.add(attrs[name])
        for name in ("href", "src"):
            if attrs.get(name) and tag in ("a", "img", "link", "script"):
                self.targets.append((self.getpos()[0], attrs[name]))


# What Doxygen 1.9 writes for classes that have private classes only.
BY_DOXYGEN = {"#", "#nested-classes"}


def check_site(site):
    pages = {file: Page(file.read_text(encoding="utf-8")) for file in sorted(site.glob("*.html"))}
    errors = []
    count = 0
    for file, page in pages.items():
        for line, target in page.targets:
            if is_external(target) or target in BY_DOXYGEN:
                continue
            count += 1
            path, _, anchor = urllib.parse.unquote(target).partition("#")
            linked = (site / path) if path else file
            if not linked.exists():
                errors.append(f"{file}:{line}: there is no {path}")
            elif anchor and linked in pages and anchor not in pages[linked].anchors:
                errors.append(f"{file}:{line}: {linked.name} has no anchor {anchor}")
    sidebar = (site / "navtreedata.js").read_text(encoding="utf-8")
    for document in markdown.documents():
        page = "index" if document.stem == "README" else document.stem.lower()
        if f'"{page}.html' not in sidebar:
            errors.append(f"doc/reference/layout.xml: the sidebar doesn't have {page}")
    overview = (site / "overview.html").read_text(encoding="utf-8")
    for header in sorted((root / "include/perf_timer").glob("*.hpp")) + sorted(
            (root / "include/perf_timer/accumulators").glob("*.hpp")):
        name = header.relative_to(root / "include").as_posix()
        if name not in overview:
            errors.append(f"doc/reference/overview.md: the reference doesn't list {name}")
    return errors, count


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--site":
        errors, count = check_site(pathlib.Path(sys.argv[2]))
    elif len(sys.argv) == 1:
        errors, count = check_documents()
    else:
        sys.exit(__doc__)
    if errors:
        sys.exit("\n".join(errors))
    if count == 0:
        sys.exit("There are no links, which can't be right.")
    print(f"{count} links lead somewhere.")


main()
