"""The page of a program with many timers: python3 test_many.py MANY_TIMERS"""

import gzip
import json
import re
import sys
import unittest
import urllib.parse
import urllib.request

from browser import Browser, missing, wait_for
from server import Server

if missing():
    sys.exit(f"test_many.py needs {missing()}.")
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

PROGRAM = sys.argv[1]
NAMES = "return [...document.querySelectorAll('#timers tbody tr[data-key] .name_text')].map(name => name.textContent)"


def selected():
    return browser.run("return document.getElementById('detail_name').textContent")


def tabs():
    """The views that there are."""
    return browser.run("return [...document.querySelectorAll('[role=tab]')].filter(tab => !tab.hidden).map(tab => tab.dataset.view)")


def view():
    return browser.run("return document.body.dataset.view")


def hash_of_address():
    return dict(urllib.parse.parse_qsl(browser.run("return location.hash.slice(1)")))


def text(selector):
    return browser.run("return document.querySelector(arguments[0]).innerText", selector)


def press(*keys):
    ActionChains(browser.driver).send_keys(*keys).perform()


class Clock:
    """Pages that are opened from now on wait by this clock, which stands still until a test advances it. In
    milliseconds."""

    PERIOD, HIDDEN_PERIOD, PATIENCE = 1000, 10_000, 5000  # as in connection.js

    SCRIPT = """(() => {
        const clock = window.clock = {now: 0, asked: 0, waits: new Map()};
        window.setTimeout = (call, after = 0) => { clock.waits.set(++clock.last, [clock.now + after, call]); return clock.last };
        window.clearTimeout = (which) => clock.waits.delete(which);
        clock.last = 0;
        const ask = window.fetch;
        window.fetch = (...what) => { ++clock.asked; return ask(...what) };
        clock.advance = (by) => {
          const due = [...clock.waits].filter(([, [at]]) => at <= clock.now + by);
          clock.now += by;
          for (const [which, [, call]] of due) { clock.waits.delete(which); call() }
        };
      })()"""

    def __init__(self):
        self.script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": self.SCRIPT})

    def remove(self):
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", self.script)

    @staticmethod
    def asked():
        return browser.run("return clock.asked")

    def advance(self, by):
        """Returns how many questions that led to, when the last one has its answer."""
        # The next question is planned when the last has its answer.
        planned = lambda: browser.run("return [...clock.waits.values()].some(([, call]) => String(call).includes('#ask'))")
        wait_for(planned, "the last answer")
        before = self.asked()
        browser.run("clock.advance(arguments[0])", by)
        wait_for(planned, "the answer")
        return self.asked() - before


class Many(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM, "--timers", "1000")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        browser.open("about:blank")
        browser.errors()
        browser.resize(1280, 900)

    def open(self, fragment=""):
        browser.open("about:blank")
        browser.open(f"{self.server.address}/{fragment}")
        wait_for(lambda: int(browser.run("return document.body.dataset.reports ?? 0")) >= 2, "two reports")

    def tearDown(self):
        self.assertEqual(browser.errors(), [])

    def ask(self, question, compressed=True):
        request = urllib.request.Request(f"{self.server.address}/perf.json?{question}",
                                         headers={"Accept-Encoding": "gzip"} if compressed else {})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
            data = answer.read()
        return len(data), json.loads(gzip.decompress(data) if compressed else data)

    def test_what_a_poll_takes(self):
        size, first = self.ask("page=1")
        self.assertLess(size, 200_000)
        self.assertGreaterEqual(len(first["rows"]), 1000)
        size, after = self.ask(f"page=1&since={first['id']}")
        self.assertLess(size, 200_000)
        self.assertFalse(after["whole"])
        size, selected = self.ask(f"page=1&since={after['id']}&of=GET+%2Fapi%2Fv1%2Forders&view=now")
        self.assertLess(size, 220_000)
        self.assertEqual(sum("distributions" in row[-1] for _, row in selected["rows"] if isinstance(row[-1], dict)), 1)

    def test_few_rows_have_elements(self):
        self.open("#sort=name")  # an order that stays
        count = lambda: browser.run("return document.querySelectorAll('#timers tbody tr').length")
        self.assertLess(count(), 80)
        self.assertEqual(browser.run("return document.getElementById('timers').getAttribute('aria-rowcount')"), str(1040 + 2))
        seen = set()
        height = browser.run("return document.querySelector('.timers .scroll').scrollHeight")
        self.assertGreater(height, 1000 * 34)
        for at in range(0, height + 400, 400):
            browser.run("document.querySelector('.timers .scroll').scrollTop = arguments[0]", at)
            wait_for(lambda: browser.run("""const box = document.querySelector('.timers .scroll').getBoundingClientRect();
                const row = document.elementFromPoint(box.left + 60, box.top + 200)?.closest('tr[data-key]');
                return Boolean(row)"""), f"rows at {at}")
            seen |= set(browser.run(NAMES))
            self.assertLess(count(), 80)
        self.assertEqual(len(seen), 1040)

    def test_the_detail_is_in_view_while_the_table_scrolls(self):
        self.open()
        for at in (0, 10_000, 30_000):
            browser.run("document.querySelector('.timers .scroll').scrollTop = arguments[0]", at)
            self.assertTrue(browser.run("""const box = document.getElementById('figures').getBoundingClientRect();
                return scrollY === 0 && box.top > 0 && box.bottom < innerHeight"""))

    def test_by_keyboard(self):
        self.open("#sort=name&filter=GET")
        browser.run("document.querySelector('#timers tbody tr[data-key]').focus()")
        press(Keys.HOME)
        first = selected()
        press(Keys.END)
        last = selected()
        self.assertNotEqual(first, last)
        self.assertEqual(browser.run("return document.activeElement.querySelector('.name_text')?.textContent"), last)
        press(Keys.ARROW_UP, Keys.ARROW_DOWN, Keys.PAGE_UP)
        self.assertNotEqual(selected(), last)
        # Scrolled away, the row has no element; the keys go on from it.
        browser.run("document.querySelector('.timers .scroll').scrollTop = 0")
        before = selected()
        wait_for(lambda: before not in browser.run(NAMES), "the row to go")
        press(Keys.ARROW_DOWN)
        self.assertNotEqual(selected(), before)
        self.assertIn(selected(), browser.run(NAMES))

    def test_what_is_chosen_is_in_the_address(self):
        self.open()
        self.assertEqual(hash_of_address(), {})
        browser.driver.find_element("id", "filter").send_keys("PUT /api/v1/reviews/2")
        browser.run("document.querySelector('#timers th[data-column=elapsed_p99] button').click()")
        browser.run("document.querySelector('input[name=window][value=\"60\"]').click()")
        browser.run("document.querySelector('input[name=measure][value=elapsed]').click()")
        browser.run("document.querySelectorAll('#timers tbody tr[data-key]')[3].click()")
        chosen = {"timer": selected(), "window": "60", "measure": "elapsed", "sort": "-elapsed_p99",
                  "filter": "PUT /api/v1/reviews/2"}
        self.assertEqual(hash_of_address(), chosen)
        shown, fragment = browser.run(NAMES), browser.run("return location.hash")
        self.open(fragment)
        self.assertEqual(sorted(browser.run(NAMES)), sorted(shown))
        self.assertEqual(selected(), chosen["timer"])
        self.assertEqual(hash_of_address(), chosen)
        self.assertEqual(browser.run("return document.querySelector('th[aria-sort=descending]').dataset.column"), "elapsed_p99")
        self.assertEqual(browser.run("return document.querySelector('#measure input:checked').value"), "elapsed")
        browser.run("location.hash = 'view=trace'")
        wait_for(lambda: view() == "trace", "the view of the address")

    def test_percentiles_of_the_selected_timer_are_of_the_period(self):
        self.open("#timer=GET+%2Fapi%2Fv1%2Fimages%2F7&window=10")
        self.assertEqual(selected(), "GET /api/v1/images/7")
        # 20 runs a second were recorded, of which those since it was selected have a distribution.
        figures = lambda: dict(zip(*browser.run("""const of = (what) => [...document.querySelectorAll(`#figures ${what}`)].map(one => one.textContent);
            return [of('dt'), of('dd')]""")))
        # At first, nothing may have run since it was selected.
        wait_for(lambda: browser.run("""const [last] = document.querySelectorAll('#distribution .what');
            return last.textContent.includes('last 10 s')""") and figures()["p50"] != "–", "ten seconds of it")
        figures = figures()
        for name in ("p50", "p90", "p99", "max"):
            self.assertRegex(figures[name], r"^[\d.]+ (µs|ms)$", name)
        self.assertIn("lifetime", text("#timers th[data-column=busy_p99]"))

    def test_views(self):
        self.open()
        self.assertEqual(tabs(), ["now", "timers", "executors", "trace"])
        browser.run("document.querySelector('[role=tab][aria-selected=true]').focus()")
        press(Keys.ARROW_LEFT)
        self.assertEqual(view(), "now")
        wait_for(lambda: browser.run("return document.querySelectorAll('#open_runs tbody tr').length") == 200, "open runs")
        self.assertIn("more that aren't listed", text("#open_runs_note"))
        wait_for(lambda: browser.run("return document.querySelectorAll('#stalls li').length") > 0, "a stall")
        self.assertIn("GET /api/v1/orders", text("#stalls"))
        wait_for(lambda: "samples" in text("#threads"), "what threads execute")
        browser.run("document.querySelector('#open_runs .link').click()")
        self.assertEqual(view(), "timers")
        self.assertEqual(hash_of_address()["timer"], selected())
        browser.run("document.getElementById('tab_executors').click()")
        wait_for(lambda: browser.run("return document.querySelectorAll('#executors li').length") == 40, "strands")
        self.assertRegex(text("#executors li .waits"), r"queued: .*(strand held|no thread)")
        for width in (1280, 768, 360):
            browser.resize(width, 740)
            for tab in tabs():
                browser.run("document.getElementById(`tab_${arguments[0]}`).click()", tab)
                wait_for(lambda: browser.run("return document.documentElement.scrollWidth <= arguments[0]", width),
                         f"{tab} to fit {width} pixels", 5)

    def test_a_trace(self):
        self.open("#view=trace")
        browser.run("document.querySelector('input[name=trace_seconds][value=\"1\"]').click()")
        browser.run("document.getElementById('record').click()")
        self.assertIn("Recording", text("#recorded"))
        # It goes on asking meanwhile.
        wait_for(lambda: text("#recorded").startswith("Saved as "), "the trace")
        self.assertIn("/trace?seconds=5", text("#trace_command"))

    def test_a_hidden_page_asks_less_often(self):
        clock = Clock()
        self.addCleanup(clock.remove)
        browser.open(self.server.address + "/")
        for _ in range(2):
            clock.advance(Clock.PERIOD)
        browser.run("""Object.defineProperty(document, 'hidden', {configurable: true, get: () => window.is_hidden});
            window.is_hidden = true""")
        self.assertEqual(clock.advance(Clock.PERIOD), 1)  # the question that was planned before
        self.assertEqual(clock.advance(Clock.HIDDEN_PERIOD - Clock.PATIENCE), 0)
        self.assertEqual(clock.advance(Clock.PATIENCE), 1)
        browser.run("window.is_hidden = false")
        before = clock.asked()
        browser.run("document.dispatchEvent(new Event('visibilitychange'))")
        wait_for(lambda: clock.asked() == before + 1, "a question at once")
        self.assertEqual(clock.advance(Clock.PERIOD), 1)


class Grouped(unittest.TestCase):
    """All but the first of 40 timers have a method, and each second one has a zone."""

    ROWS = "return [...document.querySelectorAll('#timers tbody tr')].map(row => row.dataset.key ? row.querySelector('.name_text').textContent : row.innerText)"

    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM, "--timers", "40", "--labels", "1")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def open(self, fragment):
        browser.open("about:blank")
        browser.resize(1280, 900)
        browser.open(f"{self.server.address}/{fragment}")
        wait_for(lambda: browser.run("return document.querySelectorAll('#timers tbody tr').length") > 20, "rows")

    def tearDown(self):
        self.assertEqual(browser.errors(), [])

    def groups(self):
        """The headings' names, and how many timers each says and has."""
        found = []
        for row in browser.run(self.ROWS):
            heading = re.match(r"(.*?)\s*(\d+) timers?, [\d\u202f]+ runs?, busy ", row)
            if heading:
                found.append([heading[1], int(heading[2]), 0])
            else:
                found[-1][2] += 1
        return found

    def test_by_a_label(self):
        self.open("#sort=name&filter=api&group=method")
        # Strands' timers have no labels, and neither has the first one.
        wait_for(lambda: len(self.groups()) == 3, "three groups")
        names, told, shown = zip(*self.groups())
        self.assertEqual(sorted(names[:2]) + [names[2]], ["method=GET", "method=PUT", "no method"])
        self.assertEqual(told, shown)
        self.assertEqual(sum(told), 40 + 14)

    def test_a_timer_is_shown_with_its_labels(self):
        self.open("#group=zone")
        self.assertIn("GET /api/v1/invoices{method=PUT}", browser.run(self.ROWS))
        self.assertIn("POST /api/v1/orders{method=PUT, zone=eu}", browser.run(self.ROWS))

    def test_the_choice_is_kept(self):
        self.open("")
        self.assertFalse(browser.run("return document.getElementById('grouped_by').hidden"))
        browser.run("""const group = document.getElementById('group');
            group.value = 'zone'; group.dispatchEvent(new Event('change'))""")
        self.assertEqual(hash_of_address()["group"], "zone")
        self.assertEqual([name for name, _, _ in self.groups()][-1], "no zone")

    def test_keys_pass_headings(self):
        self.open("#sort=name&group=zone")
        browser.run("document.querySelector('#timers tbody tr[data-key]').focus()")
        press(Keys.HOME)
        rows = browser.run(self.ROWS)
        self.assertEqual(selected(), rows[1])
        press(Keys.ARROW_UP)
        self.assertEqual(selected(), rows[1])
        second = next(i for i, row in enumerate(rows) if i > 0 and " timers, " in row)
        for _ in range(second - 1):
            press(Keys.ARROW_DOWN)
        self.assertEqual(selected(), browser.run(self.ROWS)[second + 1])


class Lost(unittest.TestCase):
    def test_the_title_says_it(self):
        server = Server(PROGRAM, "--timers", "3")
        browser.open(server.address + "/")
        title = lambda: browser.run("return document.title")
        wait_for(lambda: title() == f"127.0.0.1:{server.port} · perf_timer", "the title")
        server.kill()
        wait_for(lambda: re.match(r"⚠ lost since \d\d:\d\d:\d\d · 127", title()), "the title to say it")
        browser.errors()


if __name__ == "__main__":
    with Browser() as browser:
        unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
