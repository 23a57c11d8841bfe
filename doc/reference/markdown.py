# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""What the reference and the tests of the documents need to know of Markdown."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*(\S*)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|!?\[[^\]]*\](?:\([^)]*\))?)*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


class Block:
    """A fenced block of code: its language, its lines, and the number of its first line."""

    def __init__(self, language, first_line, before):
        self.language = language
        self.first_line = first_line
        self.before = before  # the line before the fence, where a comment may say what prints it
        self.lines = []


def split(text):
    """Yields a (number, line, block) for each line; block is None outside of code."""
    block = fence = None
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        match = _FENCE.match(line)
        if block is None and match:
            fence = match[1]
            block = Block(match[2], number + 1, before)
            yield number, line, block
        elif block is not None:
            yield number, line, block
            if match and match[1].startswith(fence) and not match[2]:
                block = None
            else:
                block.lines.append(line)
        else:
            yield number, line, None
        if line.strip():
            before = line.strip()


def blocks(text):
    """All fenced blocks of a document."""
    found = []
    for _, _, block in split(text):
        if block is not None and (not found or found[-1] is not block):
            found.append(block)
    return found


def heading(line):
    """(level, words) of a line that is a heading, or else None."""
    match = _HEADING.match(line)
    return (len(match[1]), match[2]) if match else None


def slug(words, taken):
    """The anchor that a heading gets, as GitHub makes it; `taken` are those of the file so far."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words)
    name = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
    unique, n = name, 0
    while unique in taken:
        n += 1
        unique = f"{name}-{n}"
    taken.add(unique)
    return unique


def anchors(text):
    """The anchors of all headings of a document."""
    taken = set()
    for _, line, block in split(text):
        if block is None and heading(line):
            slug(heading(line)[1], taken)
    return taken


def prose(text):
    """The text with all code blanked out: every other character is where it was."""
    lines = [line if block is None else "\0" * len(line) for _, line, block in split(text)]
    return _CODE_SPAN.sub(lambda m: re.sub(r"[^\n]", "\0", m[0]), "\n".join(lines))


def links(text):
    """Yields (line, target) of each link and image, a link's text over two lines included."""
    words = prose(text)
    for match in _LINK.finditer(words):
        yield words.count("\n", 0, match.start()) + 1, match[3]
        # An image may be the text of a link.
        for inner in _LINK.finditer(match[2]):
            yield words.count("\n", 0, match.start()) + 1, inner[3]


def replace_links(text, replacement):
    """The text with the target of each link replaced by what `replacement(is_image, target)` gives,
    and each link on one line."""
    text = _substitute(_LINK, text, 0, lambda match: text[slice(*match.span())].replace("\n", " "))
    return _substitute(_LINK, text, 3, lambda match: replacement(bool(match[1]), match[3]))


def replace_in_prose(pattern, text, replacement):
    """The text with each match that begins outside of code replaced by `replacement(match)`."""
    return _substitute(re.compile(pattern, re.DOTALL), text, 0, replacement)


def _substitute(pattern, text, group, replacement):
    result, end = [], 0
    for match in pattern.finditer(prose(text)):
        result += [text[end:match.start(group)], replacement(match)]
        end = match.end(group)
    return "".join(result) + text[end:]


def documents():
    """The documents of the project, as paths."""
    return [ROOT / "README.md", *sorted((ROOT / "doc").glob("*.md")), ROOT / "CONTRIBUTING.md",
            ROOT / "CHANGELOG.md"]
