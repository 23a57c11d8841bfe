# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""What the dashboard asks Prometheus."""

import json
import re

VARIABLES = {
    "$__rate_interval": "5m",
    "$job": ".*",
    "$instance": ".*",
    "$timer": ".*",
}


class Dashboard:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.content = json.load(file)
        self.panels = [panel for panel in self.content["panels"] if panel["type"] != "row"]
        # As Grafana does with every variable set to "All".
        self.queries = []
        for panel in self.panels:
            for target in panel["targets"]:
                query = target["expr"]
                for variable, value in VARIABLES.items():
                    query = query.replace(variable, value)
                self.queries.append(query)

    def metrics(self):
        """Every metric that it names, in a panel or a variable."""
        variables = [json.dumps(variable) for variable in self.content["templating"]["list"]]
        return set(re.findall(r"\bperf_timer_\w+", " ".join(self.queries + variables)))


def served(text):
    """The metrics of a text in Prometheus' format, whether or not they have a series now."""
    names = set()
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE):
        if kind == "histogram":
            names |= {name + "_bucket", name + "_sum", name + "_count"}
        else:
            names.add(name)
    return names
