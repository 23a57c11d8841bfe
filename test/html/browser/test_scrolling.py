"""What it takes to scroll a thousand timers, as work and not as time: python3 test_scrolling.py MANY_TIMERS"""

import sys
import unittest

from browser import Browser, missing, wait_for
from server import Server

if missing():
    sys.exit(f"test_scrolling.py needs {missing()}.")

PROGRAM = sys.argv[1]
SCROLL = ".timers .scroll"
# Scrolls row by row, each in a frame of its own, and says what was done to rows.
BY_ROWS = """const [rows, done] = arguments;
    const box = document.querySelector('.timers .scroll'), body = document.querySelector('#timers tbody');
    const row = parseFloat(getComputedStyle(document.getElementById('timers')).getPropertyValue('--row'));
    const did = {added: 0, removed: 0, changed: 0}, made = new Set();
    const watching = new MutationObserver((changes) => { for (const change of changes) {
      if (change.target === body) {
        did.added += change.addedNodes.length;
        did.removed += change.removedNodes.length;
        change.addedNodes.forEach((row) => made.add(row));
      } else {
        const row = (change.target.closest ? change.target : change.target.parentElement).closest('tr');
        if (!made.has(row) && !row.matches('.spacer')) ++did.changed;
      }}});
    const two_frames = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
    box.scrollTop = 100 * row;
    two_frames(() => {
      watching.observe(body, {childList: true, characterData: true, attributes: true, subtree: true});
      const next = (left) => two_frames(() => {
        if (left === 0) return done(did);
        box.scrollTop += row;
        next(left - 1);
      });
      next(rows);
    })"""
COUNT_FRAMES = "window.frames_drawn = 0; const next = () => { ++window.frames_drawn; requestAnimationFrame(next) }; requestAnimationFrame(next)"


class Scrolling(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM, "--timers", "1000")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        browser.open("about:blank")
        browser.open(f"{self.server.address}/#sort=name")
        wait_for(lambda: int(browser.run("return document.body.dataset.reports ?? 0")) >= 2, "two reports")
        # What is measured is scrolling, and not what comes meanwhile.
        browser.run("document.getElementById('pause').click()")

    def cdp(self, command, **arguments):
        return browser.driver.execute_cdp_cmd(command, arguments)

    def work(self):
        """What the browser has done, and has, so far."""
        self.cdp("Performance.enable")
        return {one["name"]: one["value"] for one in self.cdp("Performance.getMetrics")["metrics"]}

    def scroll(self, pixels):
        """As a wheel does."""
        box = browser.run("const {x, y} = document.querySelector(arguments[0]).getBoundingClientRect(); return [x, y]", SCROLL)
        self.cdp("Input.synthesizeScrollGesture", x=box[0] + 200, y=box[1] + 150, yDistance=-pixels, speed=8000,
                 gestureSourceType="mouse")

    def test_a_row_more_is_one_row_made(self):
        did = browser.driver.execute_async_script(BY_ROWS, 30)
        self.assertEqual((did["added"], did["removed"]), (30, 30))
        # If the selected row isn't in view, the tab key reaches the first one that is.
        self.assertLessEqual(did["changed"], 30)

    def test_a_frame_is_laid_out_once(self):
        browser.run(COUNT_FRAMES)
        before = self.work()
        self.scroll(16_000)
        after = self.work()
        self.assertGreater(browser.run("return document.querySelector(arguments[0]).scrollTop", SCROLL), 15_000)
        frames = browser.run("return window.frames_drawn")
        self.assertGreater(after["LayoutCount"], before["LayoutCount"])
        self.assertLessEqual(after["LayoutCount"] - before["LayoutCount"], frames)
        self.assertLessEqual(after["RecalcStyleCount"] - before["RecalcStyleCount"], 2 * frames)

    def test_nothing_is_left_of_rows_that_went(self):
        def settled():
            browser.run("document.querySelector(arguments[0]).scrollTop = 0", SCROLL)
            wait_for(lambda: browser.run("return document.querySelector('#timers [aria-rowindex=\"3\"]') !== null"), "the top")
            self.cdp("HeapProfiler.collectGarbage")
            return {name: self.work()[name] for name in ("Nodes", "JSEventListeners")}
        self.scroll(3000)
        before = settled()
        for _ in range(5):
            self.scroll(12_000)
        after = settled()
        self.assertEqual(after["JSEventListeners"], before["JSEventListeners"])
        self.assertLess(after["Nodes"] - before["Nodes"], browser.run("return document.querySelectorAll('#timers tbody tr[data-key]')[0].cells.length"))

    def test_nothing_holds_up_the_wheel(self):
        """A browser waits for a listener that may prevent scrolling before it scrolls."""
        found = []
        for what in ("window", "document", "document.body", "document.documentElement",
                     f"...document.querySelectorAll('{SCROLL}, {SCROLL} *')"):
            for one in range(browser.run(f"return [{what}].length")):
                thing = self.cdp("Runtime.evaluate", expression=f"[{what}][{one}]")["result"]["objectId"]
                found += [(what, listener["type"], listener["passive"])
                          for listener in self.cdp("DOMDebugger.getEventListeners", objectId=thing)["listeners"]]
        self.assertIn((f"...document.querySelectorAll('{SCROLL}, {SCROLL} *')", "scroll", True), found)
        self.assertEqual([one for one in found if one[1] in ("wheel", "mousewheel", "touchstart", "touchmove", "scroll") and not one[2]], [])


if __name__ == "__main__":
    with Browser() as browser:
        unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
