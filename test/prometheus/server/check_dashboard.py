#!/usr/bin/env python3
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
"""The dashboard uses only metrics that the example server has, and has everything that Grafana needs.

    check_dashboard.py SERVER DASHBOARD
"""

import http.client
import sys

from dashboard import Dashboard, served
from running_server import RunningServer

dashboard = Dashboard(sys.argv[2])
with RunningServer(sys.argv[1]) as server:
    client = http.client.HTTPConnection("127.0.0.1", server.perf_port, timeout=30)
    client.request("GET", "/metrics")
    answer = client.getresponse()
    text = answer.read().decode()
    assert answer.status == 200, answer.status
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"

named = dashboard.metrics()
assert named <= served(text), f"not served: {named - served(text)}"
for metric in ("runs_total", "failed_total", "lost_total", "dropped_total", "elapsed_seconds_bucket",
               "busy_seconds_sum", "queued_seconds_sum", "awaited_seconds_total"):
    assert "perf_timer_" + metric in named, f"{metric} isn't shown"

assert dashboard.content["schemaVersion"] >= 37
variables = {variable["name"]: variable for variable in dashboard.content["templating"]["list"]}
assert variables.keys() == {"datasource", "job", "instance", "timer"}, variables.keys()
for panel in dashboard.panels:
    assert panel["title"] and panel["description"], panel["id"]
    for target in panel["targets"]:
        assert target["datasource"]["uid"] == "${datasource}", panel["title"]
        for variable in ("$job", "$instance", "$timer"):
            assert variable in target["expr"], f"{panel['title']} doesn't follow {variable}"
places = [panel["id"] for panel in dashboard.content["panels"]]
assert len(places) == len(set(places)), "ids aren't unique"
