#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Configures a project from every ```cmake block of the documents, in which `server` is a program.

check_cmake.py CMAKE GENERATOR COMPILER PREFIX     PREFIX: where perf_timer is installed

Nothing is fetched: FetchContent takes this tree.
"""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "doc/reference"))

import markdown  # noqa: E402


def main():
    cmake, generator, compiler, prefix = sys.argv[1:]
    errors = []
    count = 0
    for document in markdown.documents():
        for block in markdown.blocks(document.read_text(encoding="utf-8")):
            if block.language != "cmake":
                continue
            count += 1
            with tempfile.TemporaryDirectory() as folder:
                project = pathlib.Path(folder)
                (project / "perf_timer").symlink_to(markdown.ROOT)  # for add_subdirectory
                (project / "server.cpp").write_text("int main() {}\n", encoding="utf-8")
                (project / "CMakeLists.txt").write_text(
                    "cmake_minimum_required(VERSION 3.25)\nproject(documented CXX)\n"
                    "add_executable(server server.cpp)\n" + "\n".join(block.lines) + "\n",
                    encoding="utf-8")
                told = subprocess.run(
                    [cmake, "-S", project, "-B", project / "build", "-G", generator,
                     f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_PREFIX_PATH={prefix}",
                     f"-DFETCHCONTENT_SOURCE_DIR_PERF_TIMER={markdown.ROOT}"],
                    text=True, capture_output=True, check=False)
            if told.returncode != 0:
                errors.append(f"{document.relative_to(markdown.ROOT)}:{block.first_line}:\n{told.stderr}")
    if count == 0:
        errors.append("No document has CMake: take out this test.")
    if errors:
        sys.exit("\n".join(errors))
    print(f"CMake takes {count} blocks.")


main()
