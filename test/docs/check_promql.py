#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""Checks that Prometheus takes every ```promql block of the documents, query by query, and that the
library has the metrics that they ask for: check_promql.py PROMTOOL PROGRAM_THAT_PRINTS_METRICS"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "doc/reference"))

import markdown  # noqa: E402


def main():
    promtool, program = sys.argv[1:]
    printed = subprocess.run([program], text=True, capture_output=True, check=True).stdout
    families = dict(re.findall(r"^# TYPE (\S+) (\S+)$", printed, re.MULTILINE))
    metrics = {name + suffix for name, kind in families.items()
               for suffix in (("_bucket", "_sum", "_count") if kind == "histogram" else ("",))}

    errors = []
    count = 0
    for document in markdown.documents():
        for block in markdown.blocks(document.read_text(encoding="utf-8")):
            if block.language != "promql":
                continue
            where = f"{document.relative_to(markdown.ROOT)}:{block.first_line}"
            for query in re.split(r"\n\n+", "\n".join(block.lines)):
                count += 1
                rules = {"groups": [{"name": "docs", "rules": [{"record": "docs", "expr": query}]}]}
                with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
                    json.dump(rules, file)  # YAML, too
                    file.flush()
                    told = subprocess.run([promtool, "check", "rules", file.name], text=True,
                                          capture_output=True, check=False)
                if told.returncode != 0:
                    errors.append(f"{where}: {told.stderr.strip() or told.stdout.strip()}")
                code = re.sub(r"#.*", "", query)
                errors += [f"{where}: there is no metric {name}"
                           for name in re.findall(r"\bperf_timer_\w+", code) if name not in metrics]
    if count == 0:
        errors.append("No document has a query: take out this test.")
    if errors:
        sys.exit("\n".join(errors))
    print(f"Prometheus takes {count} queries.")


main()
