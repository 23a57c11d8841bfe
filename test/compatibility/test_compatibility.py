#!/usr/bin/env python3
"""Checks what tools/compatibility reads and writes.

    test_compatibility.py DESCRIPTION   the program that is made of test/compatibility/description.cpp
"""
import importlib.machinery
import importlib.util
import pathlib
import sys
import tempfile
import unittest

tool = str(pathlib.Path(__file__).resolve().parent.parent.parent / "tools/compatibility")
loader = importlib.machinery.SourceFileLoader("compatibility", tool)
compatibility = importlib.util.module_from_spec(importlib.util.spec_from_loader("compatibility", loader))
loader.exec_module(compatibility)

TESTS = """<?xml version="1.0"?><testsuite>
<testcase name="span" status="run"/><testcase name="asio" status="run"/><testcase name="no" status="notrun"/>
</testsuite>"""

BUILD = {"system": "Linux", "processor": "ARM64", "compiler": "g++ 12.2", "library": "libstdc++ 12",
         "c_library": "glibc 2.36", "which_asio": "", "asio": "1.26", "boost": "1.81",
         "flags": "-O0 -g0", "macros": "", "emulator": "qemu-aarch64 -L /x", "modules": ["asio", "span"], "passed": 2, "skipped": 0,
         "build": "arm64", "date": "2000-01-02"}
ROW = ("| Linux, ARM64, qemu-user | g++ 12.2 | libstdc++ 12, glibc 2.36 | 1.26 | -O0 | asio, span | "
       "2 tests passed | 2000-01-02 | `tools/test --arm64` |")


class Compatibility(unittest.TestCase):
    def test_a_program_says_what_it_is_made_of(self):
        told = compatibility.description(pathlib.Path(description))
        self.assertRegex(told["compiler"], r"^(g\+\+|clang) \d+\.\d+$")
        self.assertRegex(told["library"], r"^(libstdc\+\+ \d+|libc\+\+ \d+\.\d+)$")
        self.assertRegex(told["asio"], r"^1\.\d\d$")
        self.assertNotIn("another", "".join(told.values()))
        self.assertTrue(compatibility.row({**BUILD, **told}))

    def test_tests_are_counted(self):
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
            file.write(TESTS)
            file.flush()
            self.assertEqual(compatibility.results(file.name), {"passed": 2, "skipped": 1})

    def test_a_row(self):
        self.assertEqual(f"| {compatibility.row(BUILD)} |", ROW)
        self.assertIn("2 tests passed, 4 skipped", compatibility.row({**BUILD, "skipped": 4}))
        self.assertIn("Linux, ARM64, wine |", compatibility.row({**BUILD, "emulator": "env X=wine wine64"}))
        self.assertIn("not run", compatibility.row(
            {key: value for key, value in BUILD.items() if key != "passed"}))

    def test_a_row_says_with_which_newer_headers(self):
        def command(build):
            return compatibility.row({**BUILD, "build": build}).split(" | ")[-1]
        self.assertEqual(command("boost/arm64"), "`tools/test --boost FOLDER --arm64`")
        self.assertEqual(command("asio/standalone"),
                         "`PERF_TIMER_STANDALONE_ASIO_INCLUDE_DIR=FOLDER tools/test --standalone`")

    def test_modules_are_named_by_those_that_are_missing_if_they_are_few(self):
        every = compatibility.all_modules()
        self.assertIn("span", every)
        self.assertEqual(compatibility.named(every), "all")
        self.assertEqual(compatibility.named(every - {"span", "asio"}), "all but asio, span")
        self.assertEqual(compatibility.named({"span", "asio"}), "asio, span")

    def test_a_row_is_replaced_and_others_stay(self):
        other = "| Windows | and what | somebody | ran | there | `tools/test --windows` |"
        old = "| Linux | something | `tools/test --arm64` |"
        empty = "top\n" + compatibility.BEGIN + "| a |\n| --- |\n%s" + compatibility.END + "foot\n"
        written = compatibility.new_page(empty % f"{other}\n{old}\n", [BUILD])
        self.assertEqual(written.splitlines()[0], "top")
        self.assertEqual(written.splitlines()[-1], "foot")
        self.assertEqual(written.splitlines()[4:6], [other, ROW])
        self.assertNotIn(old, written)
        self.assertEqual(compatibility.new_page(written, [BUILD]), written)


if __name__ == "__main__":
    description = sys.argv.pop(1)
    unittest.main()
