#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Checks that every block of code in the documents is one that some test holds: check_blocks.py OUTPUT...

```cpp     an excerpt of one file of doc/snippets or example, in which the paragraphs of the block occur
           in the same order. Those files are compiled and run.
```sh      bash takes it; the project's tools and files that it names exist, and have these options
```cmake   see check_cmake.py
```promql  a query of doc/prometheus.md, which test/prometheus/server asks a Prometheus server
```text    nobody's output: files that it names at the beginning of a line exist
```        what a program prints: <!-- output: NAME --> before it says which. OUTPUT... are the names that
           there is a test for.
"""

import pathlib
import re
import subprocess
import sys
import textwrap

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "doc/reference"))

import markdown  # noqa: E402

root = markdown.ROOT


def paragraphs(lines):
    """The paragraphs of some code, each a list of its lines, without common indentation."""
    text = textwrap.dedent("\n".join(line.rstrip() for line in lines))
    return [paragraph.split("\n") for paragraph in re.split(r"\n\n+", text.strip("\n")) if paragraph]


def find(paragraph, lines, begin):
    """Where a paragraph ends in some lines, all of which may be indented further; or None."""
    for start in range(begin, len(lines) - len(paragraph) + 1):
        excerpt = "\n".join(lines[start:start + len(paragraph)])
        if paragraph[0].strip() in lines[start] and textwrap.dedent(excerpt) == "\n".join(paragraph):
            return start + len(paragraph)
    return None


def is_excerpt(block, source):
    end = 0
    for paragraph in paragraphs(block.lines):
        # A paragraph may begin deeper than its last line: `}` of a function, say.
        end = find(textwrap.dedent("\n".join(paragraph)).split("\n"), source, end)
        if end is None:
            return False
    return True


def cpp(block):
    sources = sorted((root / "doc/snippets").glob("*.cpp")) + sorted(
        file for file in (root / "example").rglob("*.[ch]pp"))
    for source in sources:
        if is_excerpt(block, [line.rstrip() for line in source.read_text(encoding="utf-8").split("\n")]):
            return
    yield "no file of doc/snippets or example has this C++"


# What the commands of the documents are in the tree, and which text has their options.
PROGRAMS = {"http_server": "example/http_server/options.cpp"}


def sh(block):
    text = "\n".join(block.lines)
    told = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)
    if told.returncode != 0:
        yield told.stderr.strip()
    for line in block.lines:
        words = re.sub(r"(^|\s)#.*", "", line).split()
        owner = None
        for word in words:
            path = word.partition("=")[2] if word.startswith("--") else word
            if re.match(r"build/[\w.-]+/", path):  # what is built has the place of its source
                path = path.split("/", 2)[2]
            if re.match(r"(tools|example|doc|test|src|include|bench|cmake)/", path):
                if not (root / path).exists():
                    yield f"there is no {path}"
            if word.startswith("tools/"):
                owner = word
            elif pathlib.Path(word).name in PROGRAMS:
                owner = PROGRAMS[pathlib.Path(word).name]
            elif word.startswith("--") and owner is not None:
                option = word.partition("=")[0]
                owners = [owner] + ([PROGRAMS["http_server"]] if owner == "tools/demo" else [])
                if not any(option in (root / file).read_text(encoding="utf-8")
                           for file in owners if (root / file).exists()):
                    yield f"{owner} has no option {option}"
            elif word == "&":
                owner = None


def text(block):
    for line in block.lines:
        for path in re.findall(r"(?:^|\s)((?:tools|example|doc|test|src|include|bench|cmake)/\S*)", line):
            if not re.search(r"NAME|[<>]", path) and not (root / path).exists():
                yield f"there is no {path}"


def check(name, block, outputs):
    if block.language == "cpp":
        yield from cpp(block)
    elif block.language == "sh":
        yield from sh(block)
    elif block.language == "text":
        yield from text(block)
    elif block.language == "":
        match = re.fullmatch(r"<!-- output: (\w+) -->", block.before)
        if not match:
            yield "say what language this is, or with <!-- output: NAME --> what prints it"
        elif match[1] not in outputs:
            yield f"no test prints the output {match[1]}"
    elif block.language == "promql":
        if name != "doc/prometheus.md":
            yield "no test asks these queries: they belong into doc/prometheus.md"
    elif block.language != "cmake":
        yield f"no test knows the language {block.language}"


def indented(text):
    """The numbers of the lines where an indented block begins, which says nothing of its language."""
    lines = markdown.prose(text).split("\n")
    in_list = False
    for number, line in enumerate(lines, 1):
        if re.match(r"\s*([-*+]|\d+\.)\s", line):
            in_list = True
        elif line.strip() and not line.startswith(" "):
            in_list = False
        if re.match(r" {4,}[^\s\0]", line) and not lines[number - 2].strip() and not in_list:
            yield number


def main():
    outputs = sys.argv[1:]
    errors = []
    count = 0
    for document in markdown.documents():
        name = document.relative_to(root)
        content = document.read_text(encoding="utf-8")
        for block in markdown.blocks(content):
            count += 1
            errors += [f"{name}:{block.first_line}: {error}" for error in check(str(name), block, outputs)]
        errors += [f"{name}:{number}: fence this block, and say what language it is"
                   for number in indented(content)]
        # The tools that the prose names.
        for tool in set(re.findall(r"(?<![\w/])tools/\w+", content)):
            if not (root / tool).exists():
                errors.append(f"{name}: there is no {tool}")
    if errors:
        sys.exit("\n".join(errors))
    print(f"{count} blocks are held by tests.")


main()
