#!/usr/bin/env python3
"""Prints how many frames Chromium draws while the live page's table of a thousand timers, of which all change
each second, is scrolled from one end to the other:

    /usr/bin/python3 bench/frames.py [MANY_TIMERS [SECONDS]]

MANY_TIMERS is build/release/test/test_html_many_timers unless you say another.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "test/html/browser"))
from browser import Browser, missing, wait_for  # noqa: E402
from server import Server  # noqa: E402

# Scrolls evenly for some seconds, and notes when each frame is drawn. At the end of the table it begins anew.
SCROLL = """const [seconds, done] = arguments;
    const box = document.querySelector('.timers .scroll'), drawn = [];
    const draw = (now) => {
      drawn.push(now);
      const passed = now - drawn[0];
      if (passed >= seconds * 1000) return done(drawn);
      box.scrollTop = passed * 3.5 % (box.scrollHeight - box.clientHeight);
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw)"""

if missing():
    sys.exit(f"bench/frames.py needs {missing()}.")
program = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release/test/test_html_many_timers"
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
with Server(program, "--timers", "1000") as server, Browser() as browser:
    browser.open(server.address + "/#sort=name")
    wait_for(lambda: int(browser.run("return document.body.dataset.reports ?? 0")) >= 3, "some reports")
    browser.driver.set_script_timeout(seconds + 60)
    drawn = browser.driver.execute_async_script(SCROLL, seconds)
    version = browser.driver.capabilities["browserVersion"]
times = sorted(after - before for before, after in zip(drawn, drawn[1:]))
percentile = lambda of: times[min(len(times) - 1, int(of * len(times)))]
print(f"Chromium {version}: {len(times)} of {seconds * 60:.0f} frames in {seconds:g} s; "
      f"50 % within {percentile(0.5):.1f} ms, 95 % within {percentile(0.95):.1f} ms, the longest {times[-1]:.1f} ms")
