"""axe-core finds nothing to complain of, in any view: python3 test_accessibility.py MANY_TIMERS HOSTILE_PAGE AXE"""

import itertools
import pathlib
import sys
import unittest

from browser import Browser, missing, wait_for
from server import Server

if missing():
    sys.exit(f"test_accessibility.py needs {missing()}.")

PROGRAM, HOSTILE_PAGE, AXE = sys.argv[1:4]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# What must be there before a view is looked at: the program makes it while it runs.
FILLED = {
    "now": "#open_runs tbody tr, #threads .executed li, #stalls li",
    "timers": "#figures dd, #percentiles canvas, #timers tbody tr[data-key]",
    "executors": "#executors li .waits:not([hidden])",
    "operations": "#operation_rows tbody tr",
    "trace": "#record",
}
# The page's policy lets no script of others run, but the debugger may.
COMPLAINTS = """const done = arguments[arguments.length - 1];
    const told = (one) => `${one.id}: ${one.help}: ${one.nodes.map(node => node.html).join(' ')}`;
    axe.run(document).then(({violations, passes}) => done([passes.length, violations.map(told)]),
      error => done([0, [String(error)]]))"""


class Accessible(unittest.TestCase):
    def setUp(self):
        browser.open("about:blank")
        browser.errors()

    def complaints(self):
        browser.run(pathlib.Path(AXE).read_text(encoding="utf-8"))
        passed, complaints = browser.driver.execute_async_script(COMPLAINTS)
        self.assertGreater(passed, 20)  # it did look
        return complaints

    def check(self, what):
        for dark, (size, (width, height)) in itertools.product((False, True), SIZES.items()):
            with self.subTest(what, dark=dark, size=size):
                browser.resize(width, height)
                browser.set_dark(dark)
                self.assertEqual(self.complaints(), [])

    def check_views(self, server):
        browser.resize(1280, 900)
        browser.open(server.address + "/")
        tabs = lambda: browser.run("return [...document.querySelectorAll('[role=tab]')].filter(tab => !tab.hidden).map(tab => tab.dataset.view)")
        wait_for(lambda: tabs() == list(FILLED), "all views")
        for view, needed in FILLED.items():
            browser.run("document.getElementById(`tab_${arguments[0]}`).click()", view)
            wait_for(lambda: browser.run("return arguments[0].split(', ').every(one => document.querySelector(one))", needed),
                     f"what {view} shows")
            self.check(view)

    def test_five_timers(self):
        with Server(PROGRAM, "--timers", "5") as server:
            self.check_views(server)

    def test_a_thousand_timers(self):
        with Server(PROGRAM, "--timers", "1000", "--labels", "1") as server:
            self.check_views(server)
            browser.run("""document.getElementById('tab_timers').click(); const group = document.getElementById('group');
                group.value = 'zone'; group.dispatchEvent(new Event('change'))""")
            self.check("groups")

    def test_a_server_that_is_lost(self):
        server = Server(PROGRAM, "--timers", "5")
        browser.open(server.address + "/")
        wait_for(lambda: browser.run("return document.body.dataset.state") == "live", "the first report")
        server.kill()
        wait_for(lambda: browser.run("return document.body.dataset.state") == "lost", "the state")
        self.check("lost")
        browser.errors()

    def test_a_page_in_a_file(self):
        browser.open_file(HOSTILE_PAGE)
        self.check("file")


if __name__ == "__main__":
    with Browser() as browser:
        unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
