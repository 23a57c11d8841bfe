#!/usr/bin/env python3
#
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
#
"""Checks as far as it goes without Microsoft's compiler that it takes the headers.

    check_as_msvc.py ROOT FOLDER COMPILER [OPTION ...]

The compiler is clang for MinGW-w64. It first includes all that the headers need of others: the
standard library, Boost. Then its macros are gone and Microsoft's are there, so that the headers choose
what they have for that compiler, words that it doesn't know are refused, and so are headers that it
doesn't have. The programs of test/headers use what the headers declare, so templates are compiled too.

Files that it writes go to FOLDER. With --violations, it checks that it finds some.
"""

import pathlib
import re
import subprocess
import sys

# What only Asio, or a program that is tracked, includes: it changes other compilers' names.
NOT_ALONE = {"perf_timer/tracking.hpp", "perf_timer/detail/environment/asio_is_tracked.hpp"}
GNU_MACROS = ("__GNUC__ __GNUC_MINOR__ __GNUC_PATCHLEVEL__ __GNUG__ __clang__ __clang_major__ "
              "__clang_minor__ __MINGW32__ __MINGW64__ __x86_64__ __x86_64 __amd64__ __amd64 "
              "__forceinline __declspec __cdecl __stdcall").split()
MICROSOFTS_MACROS = {"_MSC_VER": 1940, "_MSC_FULL_VER": 194033811, "_M_X64": 100}
GNU_WORD = re.compile(r"\b(gnu|__builtin_\w+|__atomic_\w+|__sync_\w+|__ATOMIC_\w+|__attribute__|__asm__|"
                      r"__extension__|__int128|__PRETTY_FUNCTION__|__typeof__|__restrict__)\b")
USUAL_WORDS = ("gnu __attribute__ __asm__ __asm __extension__ __int128 __PRETTY_FUNCTION__ __typeof__ typeof "
               "__restrict__ __builtin_expect __builtin_unreachable __builtin_trap").split()
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:<([^>]+)>|PERF_TIMER_ASIO_(\w*?)_?HEADER\(([\w./]+)\))', re.M)

# Each is a header of ours with one thing that Microsoft's compiler refuses or would take for something else.
VIOLATIONS = {
    "an attribute of g++'s": "[[gnu::noinline]] void f();",
    "an old attribute of g++'s": "__attribute__((noinline)) void f();",
    "a function of g++'s": "inline int f(int x) { return __builtin_expect(x, 1); }",
    "a statement in an expression": "inline int f() { return ({ 1; }); }",
    "an attribute behind a word of Microsoft's":
        "#include <perf_timer/detail/platform/attributes.hpp>\nPERF_TIMER_NOINLINE [[nodiscard]] int f();",
    "a header that it doesn't have": "#include <pthread.h>",
    "a big number": "inline __int128 f() { return 1; }",
}


def includes_of(text):
    """The headers of others and of ours that a file includes."""
    for name, kind, asio in INCLUDE.findall(text):
        if name:
            yield name
        elif asio != "name":
            yield "boost/asio/" + ("execution/" if kind == "EXECUTION" else "") + asio


class Check:
    def __init__(self, root, folder, command):
        self.root, self.folder, self.command = root, folder, command
        include = root / "include"
        self.texts = {str(file.relative_to(include)): file.read_text()
                      for file in sorted(include.rglob("*.hpp"))}
        # Those that need something of CMake, of POSIX or of other tests are left out.
        self.programs = [file for file in sorted((root / "test/headers").glob("*.cpp"))
                         if file.name != "main.cpp" and
                         not re.search('#include "|PROJECT_VERSION|SIGUSR', file.read_text())]
        self.words = sorted(set(USUAL_WORDS) |
                            {word for text in self.texts.values() for word in GNU_WORD.findall(text)})
        texts = list(self.texts.values()) + [file.read_text() for file in self.programs]
        others = {name for text in texts for name in includes_of(text) if not name.startswith("perf_timer")}
        self.missing = sorted(name for name in others if name.endswith(".h")) + ["unistd.h", "dlfcn.h"]
        self.others = sorted(name for name in others if not name.endswith(".h") and
                             not name.startswith("asio/"))

    def needs(self, name, what, seen=None):
        """Whether a header includes something, or one does that it includes."""
        seen = set() if seen is None else seen
        if name in seen or name not in self.texts:
            return False
        seen.add(name)
        return any(inner.startswith(what) or self.needs(inner, what, seen)
                   for inner in includes_of(self.texts[name]))

    def headers(self):
        # Bodies of templates are part of the header that declares them.
        return [name for name in self.texts if "/impl/" not in name and name not in NOT_ALONE and
                not self.needs(name, "prometheus/")]

    def write_missing_headers(self):
        for name in self.missing:
            file = self.folder / "missing" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text('#if defined(_MSC_VER)\n#error "Microsoft\'s compiler doesn\'t have this header"\n'
                            f"#else\n#include_next <{name}>\n#endif\n")

    def text(self, end, others):
        lines = ["// What others have, for their own compiler."]
        lines += [f"#if __has_include(<{name}>)\n#include <{name}>\n#endif" for name in others]
        lines += ["// What Microsoft's library has, and MinGW's doesn't.",
                  "namespace std { extern \"C\" int at_quick_exit(void (*)()); }"]
        lines += [f"#undef {name}" for name in GNU_MACROS]
        lines += [f"#define {name} {value}" for name, value in MICROSOFTS_MACROS.items()]
        lines += [f"#pragma GCC poison {word}" for word in self.words]
        return "\n".join(lines) + "\n" + end

    def compile(self, name, end, others):
        self.write_missing_headers()
        source = self.folder / f"{name}.cpp"
        source.write_text(self.text(end, others))
        # That poisoned words are part of what macros of others expand to is no error.
        return subprocess.run(
            self.command + ["-std=c++20", "-fsyntax-only", "-fms-extensions", "-fno-delayed-template-parsing",
                            "-isystem", str(self.folder / "missing"), "-I", str(self.root / "include"),
                            "-Wno-everything", "-Werror=gnu-statement-expression", "-ferror-limit=0",
                            str(source)],
            capture_output=True, text=True)

    def all(self):
        includes = "".join(f"#include <{name}>\n" for name in self.headers())
        programs = "".join(f"namespace program_{n} {{\n#include \"{file}\"\n}}\n"
                           for n, file in enumerate(self.programs))
        return self.compile("all_headers", includes + programs, self.others)


def main():
    violations = "--violations" in sys.argv
    root, folder, *command = [a for a in sys.argv[1:] if a != "--violations"]
    check = Check(pathlib.Path(root).resolve(), pathlib.Path(folder).resolve(), command)
    if not violations:
        result = check.all()
        sys.stderr.write(result.stderr)
        print(f"{len(check.headers())} headers, {len(check.programs)} programs")
        return 1 if result.returncode else 0
    found = True
    for number, (what, text) in enumerate({"nothing": "", **VIOLATIONS}.items()):
        refused = check.compile(f"violation_{number}", text + "\n", ["string"]).returncode != 0
        if refused != (what != "nothing"):
            found = False
            print(f"{what}: {'refused' if refused else 'not found'}")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
