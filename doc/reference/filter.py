#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Doxygen reads every file through this: filter.py FILE

Headers lose their inline namespaces, so that names read `perf_timer::PerfTimer`.
Documents get labels for their headings, and their links lead to the pages of the site. Doxygen 1.9
does neither as GitHub does it.
"""

import pathlib
import re
import sys

import markdown

root = markdown.ROOT


def page(document):
    """The label of a document's page, which is also the name of its HTML file."""
    return "index" if document == root / "README.md" else document.stem.lower()


def site_target(document, target):
    """Where a link of a document leads on the site."""
    if re.match(r"[a-z]+:", target):
        return target
    path, _, anchor = target.partition("#")
    file = (document.parent / path).resolve() if path else document
    if file.suffix == ".md":
        return f"@ref {page(file)}" + (f"-{anchor}" if anchor else "")
    if file == root / "example":
        return "examples.html"
    if file.suffix == ".cpp" and file.parent == root / "example":
        return f"@ref {file.name}"
    return file.name  # Doxyfile's HTML_EXTRA_FILES


def document(path):
    text = path.read_text(encoding="utf-8")
    text = markdown.replace_links(
        text, lambda is_image, target: target if is_image else site_target(path, target))
    # Doxygen takes ** before code for two stars, and the project's name for the namespace.
    text = markdown.replace_in_prose(
        r"\*\*(?=\S)((?:(?!\n\n|\*\*).)+)\*\*", text,
        lambda match: f"<b>{text[match.start(1):match.end(1)]}</b>")
    text = markdown.replace_in_prose(
        r"(?<![\w:/%.-])perf_timer(?![\w:/.-])", text, lambda match: "%perf_timer")
    taken = set()
    lines = []
    for _, line, block in markdown.split(text):
        heading = markdown.heading(line) if block is None else None
        if heading:
            label = markdown.slug(heading[1], taken)
            if heading[0] > 1:
                line += f" {{#{page(path)}-{label}}}"
            elif page(path) != "index":
                line += f" {{#{page(path)}}}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def main():
    path = pathlib.Path(sys.argv[1]).resolve()
    if path.suffix == ".md":
        sys.stdout.write(document(path))
    else:
        text = re.sub(r"::inline (v\d+_\d+|PERF_TIMER_ASIO_KIND)|inline namespace v\d+_\d+ {}", "",
                      path.read_text(encoding="utf-8"))
        if path.parent == root / "include":
            # Doxygen can't tell its name from that of perf_timer/perf_timer.hpp.
            text = re.sub(r"^///.*", "", text, flags=re.MULTILINE)
        sys.stdout.write(text)


sys.stdout.reconfigure(encoding="utf-8")
main()
