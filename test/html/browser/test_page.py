"""The page in a real browser: python3 test_page.py HTTP_SERVER HOSTILE_PAGE"""

import json
import os
import pathlib
import random
import sys
import tempfile
import threading
import unittest

from browser import Browser, missing, wait_for
from server import Server

if missing():
    sys.exit(f"test_page.py needs {missing()}.")
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

PROGRAM, HOSTILE_PAGE = sys.argv[1:3]
HERE = pathlib.Path(__file__).parent
PATHS = ["/hello"] * 5 + ["/ledger"] * 3 + ["/upstream", "/thumbnail", "/visits"]
ROWS = """return [...document.querySelectorAll('#timers tbody tr')].filter(row => !row.hidden).map(row =>
  Object.fromEntries([...row.cells].map(cell => [cell.classList[0],
    {value: cell.dataset.value ?? null, text: cell.innerText}])))"""


class Load:
    """Requests all routes, one after the other, until the block ends; at most some thousand times."""

    def __init__(self, server):
        self.server = server
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        for _ in range(20_000):
            if self.done.is_set():
                return
            self.server.get(random.choice(PATHS))

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


REPORT_BEGINS = '<script type="application/json" id="report">'


def series(count, each):
    """A series of `count` durations of `each` nanoseconds."""
    return {"count": count, "total_ns": count * each, "mean_ns": each, "min_ns": each, "max_ns": each,
            "quantiles": [], "buckets": [[each, each, count]] if count else []}


def operation(of, name, line, count, busy, waiting=None, queued=None, **more):
    """An operation of a report. Times are nanoseconds of each; None if it has none."""
    times = {"waiting": waiting, "queued": queued, "busy": busy}
    return {"object": of, "operation": name, "part_of": "", "file": "/src/session.cpp", "line": line, "function": "",
            "count": count, "failed": 0, "cancelled": 0, "dropped": 0, "open": 0,
            **{key: series(0 if each is None else count, each or 0) for key, each in times.items()}, **more}


def wait(name, line, waited, **more):
    """What a timer's runs waited for, in nanoseconds."""
    return {"object": "socket", "operation": name, "part_of": "", "file": "/src/upstream.cpp", "line": line, "function": "",
            "count": 1, "waited_ns": waited, **more}


class PageTest(unittest.TestCase):
    def setUp(self):
        browser.open("about:blank")  # a page of before would go on asking
        browser.errors()
        browser.requested()
        browser.set_dark(False)
        browser.resize(1280, 900)

    def open(self, server):
        browser.open(server.address + "/")
        wait_for(lambda: self.reports() >= 1, "the first report")

    def reports(self):
        return int(browser.run("return document.body.dataset.reports ?? 0"))

    def rows(self):
        return browser.run(ROWS)

    def runs(self):
        return {row["name"]["value"]: int(row["runs"]["value"]) for row in self.rows()}

    def state(self):
        return browser.run("return document.body.dataset.state")

    def choose(self, name, value):
        browser.run(f"document.querySelector('input[name={name}][value=\"{value}\"]').click()")

    def view(self, name):
        browser.run("document.getElementById(`tab_${arguments[0]}`).click()", name)

    def sort_by(self, column):
        browser.run("document.querySelector(`#timers th[data-column=${arguments[0]}] button`).click()", column)
        return browser.run("return document.querySelector(`#timers th[data-column=${arguments[0]}]`).ariaSort", column)

    def fits(self, width):
        # Not innerWidth: on a phone it grows with content that doesn't fit.
        return browser.run("return document.documentElement.scrollWidth <= arguments[0]", width)

    def no_errors(self):
        self.assertEqual(browser.errors(), [])


class Live(PageTest):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM)
        for path in PATHS:
            cls.server.get(path)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        super().setUp()
        self.open(self.server)

    def test_it_loads_without_errors_and_asks_nobody_else(self):
        wait_for(lambda: self.reports() >= 3, "three reports")
        self.no_errors()
        asked = browser.requested()
        self.assertTrue(any(address.startswith(self.server.address + "/perf.json?page=1&since=") for address in asked), asked)
        for address in asked:
            self.assertTrue(address.startswith((self.server.address + "/", "data:image/svg+xml")), address)

    def test_it_lets_no_other_script_run(self):
        browser.run("""const script = document.createElement('script');
            script.textContent = 'window.ran = true'; document.body.append(script)""")
        browser.run("const image = new Image(); image.src = 'http://127.0.0.1:9/x.png'; document.body.append(image)")
        self.assertIsNone(browser.run("return window.ran ?? null"))
        told = wait_for(browser.errors, "the browser to complain")
        self.assertIn("Content Security Policy", told[0])

    def test_the_model(self):
        self.assertEqual(browser.run((HERE / "model_test.js").read_text()), [])

    def test_it_updates(self):
        self.choose("window", "lifetime")
        before = self.runs()
        with Load(self.server):
            wait_for(lambda: all(runs > before[name] for name, runs in self.runs().items()), "all runs to grow")
            self.choose("window", "1")
            wait_for(lambda: all(float(row["rate"]["value"] or 0) > 0 for row in self.rows()), "rates")
            self.view("executors")
            wait_for(lambda: int(browser.run("return Number(document.querySelector('#executors li').dataset.share > 0)")),
                     "a strand's share")
            self.view("timers")
        wait_for(lambda: not any(self.runs().values()), "an interval without runs")
        self.assertTrue(all(row["share"]["text"] == "no runs now" for row in self.rows()))
        self.no_errors()

    def test_it_shows_what_the_snapshot_says(self):
        self.choose("window", "lifetime")
        timers = {timer["name"]: timer for timer in self.server.report()["timers"]}
        wait_for(lambda: self.runs() == {name: timer["runs"] for name, timer in timers.items()}, "the latest report")
        for row in self.rows():
            timer = timers[row["name"]["value"]]
            busy, queued, elapsed = timer["busy"], timer["queued"], timer["elapsed"]
            quantiles = [{q["probability"]: q["ns"] for q in one["quantiles"]} for one in (busy, queued, elapsed)]
            expected = {
                "kind": timer["kind"], "runs": timer["runs"], "busy_total": busy["total_ns"],
                "busy_p50": quantiles[0][0.5], "busy_p90": quantiles[0][0.9], "busy_p99": quantiles[0][0.99],
                "busy_max": busy["max_ns"], "queued_p99": quantiles[1][0.99], "elapsed_p99": quantiles[2][0.99],
                "share": busy["total_ns"] / max(elapsed["total_ns"], busy["total_ns"] + queued["total_ns"]),
            }
            for column, value in expected.items():
                shown = row[column]["value"]
                self.assertEqual(shown if isinstance(value, str) else float(shown), value, (row["name"], column))
        # The page and the library compute the same from buckets.
        different = browser.run("""return arguments[0].flatMap(timer => measures.flatMap(measure => {
            const series = summary.read(timer[measure]);
            return timer[measure].quantiles.filter(({probability, ns}) =>
                summary.quantile({...series, quantiles: []}, probability) !== ns)
              .map(quantile => [timer.name, measure, quantile]) }))""", list(timers.values()))
        self.assertEqual(different, [])

    def test_it_sorts_by_every_column_both_ways(self):
        self.choose("window", "lifetime")
        wait_for(lambda: self.reports() >= 2, "rates")
        for column in ["name", "kind", "rate", "runs", "open", "busy_total", "busy_p50", "busy_p90", "busy_p99", "busy_max",
                       "queued_p99", "elapsed_p99", "share"]:
            orders = set()
            for _ in range(2):
                order = self.sort_by(column)
                orders.add(order)
                values = [row[column]["value"] for row in self.rows()]
                if column in ("name", "kind"):
                    key = str.lower
                else:
                    key = float
                self.assertEqual(len(values), 6)
                self.assertEqual(values, sorted(values, key=key, reverse=order == "descending"), column)
                others = browser.run("return document.querySelectorAll('#timers th[aria-sort]:not([aria-sort=none])').length")
                self.assertEqual(others, 1)
            self.assertEqual(orders, {"ascending", "descending"}, column)

    def test_by_total_busy_at_first(self):
        self.assertEqual(browser.run("return document.querySelector('#timers th[aria-sort=descending]').dataset.column"),
                         "busy_total")

    def test_a_filter(self):
        browser.driver.find_element("id", "filter").send_keys("LEDGER")
        self.assertEqual({row["name"]["value"] for row in self.rows()}, {"GET /ledger", "ledger's strand"})
        wait_for(lambda: self.reports() >= 3, "more reports")
        self.assertEqual(len(self.rows()), 2)
        browser.driver.find_element("id", "filter").send_keys("<b>")
        self.assertEqual(self.rows(), [])
        self.assertIn("“LEDGER<b>”", browser.run("return document.getElementById('empty').textContent"))

    def test_pause(self):
        browser.run("document.getElementById('pause').click()")
        self.assertEqual(self.state(), "paused")
        self.choose("window", "lifetime")
        before = self.runs()
        self.server.get("/hello")
        asked = len([a for a in browser.requested() if "/perf.json?" in a])
        wait_for(lambda: [a for a in browser.requested() if "/perf.json?" in a], "it to go on asking")
        wait_for(lambda: [a for a in browser.requested() if "/perf.json?" in a], "it to go on asking")
        self.assertEqual(self.runs(), before, asked)
        browser.run("document.getElementById('pause').click()")
        wait_for(lambda: self.runs()["GET /hello"] == before["GET /hello"] + 1, "it to go on")

    def test_by_keyboard(self):
        wait_for(lambda: self.reports() >= 5, "a selection that stays")
        press = lambda *keys: ActionChains(browser.driver).send_keys(*keys).perform()
        focused = lambda: browser.run("""const at = document.activeElement;
            const visible = at.matches('.choice input') ? at.nextElementSibling : at;
            return [at.id || at.name || at.closest('th')?.dataset.column || (at.className && !at.dataset.key ? at.className : at.tagName),
                    getComputedStyle(visible).outlineStyle !== 'none']""")
        seen = []
        for _ in range(60):
            press(Keys.TAB)
            name, visible = focused()
            if name == "BODY":
                break
            self.assertTrue(visible, f"one can't see that {name} has the focus")
            seen.append(name)
        # The tab key visits every element once and leaves the page. In a group of choices it visits
        # the chosen one.
        self.assertEqual(seen, ["pause", "theme", "tab_timers", "window", "filter", "name", "kind", "rate", "runs", "open", "busy_total",
                                "busy_p50", "busy_p90", "busy_p99", "busy_max", "queued_p99", "elapsed_p99", "share",
                                "TR", "measure", "plot", "plot", "plot"])
        # Back to the rows.
        browser.run("document.querySelector('#timers tbody tr[tabindex=\"0\"]').focus()")
        names = [row["name"]["value"] for row in self.rows()]
        selected = lambda: browser.run("return document.querySelector('[aria-selected=true] .name_text').textContent")
        press(Keys.HOME)
        self.assertEqual(selected(), names[0])
        press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
        self.assertEqual(selected(), names[2])
        press(Keys.ARROW_UP)
        self.assertEqual(selected(), names[1])
        press(Keys.END, Keys.ARROW_DOWN)
        self.assertEqual(selected(), names[-1])
        # Rows keep their identity from one report to the next, even when their order changes.
        at = self.reports()
        wait_for(lambda: self.reports() > at, "another report")
        for _ in range(2):
            self.sort_by("name")
            self.assertEqual(browser.run("return document.activeElement.querySelector('.name_text')?.textContent"), names[-1])
        press(Keys.ENTER)
        self.assertEqual(browser.run("return document.activeElement.id"), "detail_name")
        self.assertEqual(browser.run("return document.activeElement.textContent"), names[-1])
        # A heading's button sorts.
        browser.run("document.querySelector('#timers th[data-column=runs] button').focus()")
        press(Keys.SPACE)
        self.assertEqual(browser.run("return document.querySelector('th[data-column=runs]').ariaSort"), "descending")
        self.no_errors()

    def test_the_cursor_of_a_chart_by_keyboard(self):
        with Load(self.server):
            wait_for(lambda: self.reports() >= 4, "some intervals")
        wait_for(lambda: self.reports() >= 5, "a selection that stays")
        legend = lambda: browser.run("return document.querySelector('#distribution figcaption').textContent")
        browser.run("document.querySelector('#distribution .plot').focus()")
        before = legend()
        ActionChains(browser.driver).send_keys(Keys.END, Keys.ARROW_LEFT).perform()
        wait_for(lambda: legend() != before and " to " in legend(), "the cursor's bin")
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        wait_for(lambda: " to " not in legend(), "the cursor to go")

    def test_charts_are_drawn(self):
        with Load(self.server):
            wait_for(lambda: self.reports() >= 5, "some intervals")
            for measure in ["busy", "queued", "elapsed"]:
                self.choose("measure", measure)
                for chart in ["percentiles", "distribution", "split"]:
                    self.assertTrue(self.colours(chart, "split" if chart == "split" else measure), (chart, measure))
        # The page isn't to blame for how long a screenshot takes.
        self.assertEqual([error for error in browser.errors() if "willReadFrequently" not in error], [])

    def colours(self, chart, measure):
        """Whether the canvas of the chart has pixels of the expected colour."""
        names = {"percentiles": "p50", "distribution": measure, "split": "busy"}
        return wait_for(lambda: browser.run("""
            const canvas = document.querySelector(`#${arguments[0]} canvas`);
            const wanted = chart.colour(arguments[1]).match(/\\d+/g).map(Number);
            const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            let found = 0;
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] === 255 && wanted.every((part, j) => Math.abs(data[i + j] - part) < 3)) ++found;
            return found > 20""", chart, names[chart]), f"{chart} to show {measure}")

    def test_light_and_dark(self):
        ground = lambda: browser.run("return getComputedStyle(document.body).backgroundColor")
        light = ground()
        browser.set_dark(True)
        wait_for(lambda: ground() != light, "the dark colours")
        press = lambda: browser.run("document.getElementById('theme').click(); return document.documentElement.dataset.theme")
        self.assertEqual(press(), "light")
        self.assertEqual(ground(), light)
        self.assertEqual(press(), "dark")
        browser.set_dark(False)
        self.assertNotEqual(ground(), light)
        self.open(self.server)  # it remembers
        self.assertEqual(browser.run("return document.documentElement.dataset.theme"), "dark")
        self.assertNotEqual(ground(), light)
        self.assertEqual(press(), "auto")
        self.assertEqual(ground(), light)

    def test_contrast(self):
        pairs = [("text", "card", 7), ("text", "chosen", 7), ("soft", "card", 4.5), ("soft", "ground", 4.5),
                 ("soft", "raised", 4.5), ("soft", "chosen", 4.5), ("bad", "bad_ground", 4.5), ("warn", "warn_ground", 4.5),
                 *[(name, "card", 3) for name in ["busy", "queued", "elapsed", "max", "accent", "good"]],
                 *[(name, "card", 4.5) for name in ["p50", "p90", "p99"]]]
        for dark in (False, True):
            browser.set_dark(dark)
            self.open(self.server)
            for one, other, least in pairs:
                found = browser.run("""
                    const light = (name) => {
                      const [r, g, b] = chart.colour(name).match(/[\\d.]+/g).map(part => part / 255)
                        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
                    };
                    const [a, b] = [light(arguments[0]), light(arguments[1])];
                    return Math.max(a, b) / Math.min(a, b)""", one, other)
                self.assertGreaterEqual(found, least, (one, other, "dark" if dark else "light"))

    def test_on_a_phone(self):
        wait_for(lambda: self.reports() >= 3, "some reports")
        for width in (360, 390, 768, 1024):
            browser.resize(width, 740)
            wait_for(lambda: self.fits(width), f"the page to fit {width} pixels", 5)
            wait_for(lambda: browser.run("""return [...document.querySelectorAll('.plot')].every(plot =>
                plot.querySelector('canvas').getBoundingClientRect().width <= plot.clientWidth + 1)"""), "charts that fit")
        browser.resize(360, 740)
        browser.run("""const sort = document.getElementById('sort'); sort.value = 'name';
            sort.dispatchEvent(new Event('change', {bubbles: true}))""")
        names = [row["name"]["value"] for row in self.rows()]
        self.assertEqual(names, sorted(names, key=str.lower))
        small = browser.run("""return [...document.querySelectorAll('button, input, select')]
            .map(one => one.matches('.choice input') ? one.parentElement : one)
            .filter(one => one.offsetParent && !one.closest('thead') && one.getBoundingClientRect().height < 24)
            .map(one => one.outerHTML)""")
        self.assertEqual(small, [])


class Connections(PageTest):
    def test_lost_and_started_anew(self):
        server = Server(PROGRAM)
        for _ in range(20):
            server.get("/hello")
        self.open(server)
        self.choose("window", "lifetime")
        wait_for(lambda: self.runs()["GET /hello"] == 20, "the runs")
        self.no_errors()
        notice = lambda: browser.run("const it = document.getElementById('notice'); return it.hidden ? '' : it.textContent")
        server.kill()
        wait_for(lambda: self.state() == "lost", "the state")
        self.assertIn("No connection to the server: it can't be reached. The numbers are from ", notice())
        self.assertEqual(self.runs()["GET /hello"], 20)
        with Server(PROGRAM, port=server.port) as again:
            again.get("/hello")
            wait_for(lambda: self.state() == "live", "the connection")
            wait_for(lambda: self.runs()["GET /hello"] == 1, "the new server's runs")
            self.assertIn("restarted", notice())
            self.assertIn("never ran", [row["share"]["text"] for row in self.rows()])
        browser.errors()

    def test_timers_that_never_ran(self):
        with Server(PROGRAM) as server:
            self.open(server)
            wait_for(lambda: self.reports() >= 2, "two reports")
            self.assertEqual({row["share"]["text"] for row in self.rows()}, {"never ran"})
            self.assertEqual({row["busy_p99"]["text"] for row in self.rows()}, {"–"})
            self.assertIn("It never ran.", browser.run("return document.getElementById('verdict').textContent"))
            self.no_errors()


class Files(PageTest):
    def open_report(self, path):
        browser.errors()
        browser.requested()
        browser.open_file(path)
        wait_for(lambda: self.state() == "file", "the file")
        self.no_errors()
        self.assertEqual([a for a in browser.requested() if not a.startswith(("file:", "data:image/svg+xml"))], [])

    def test_what_the_server_writes_at_its_end(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.html")
            server = Server(PROGRAM, "--html", path)
            for kind in PATHS:
                server.get(kind)
            report = server.report()
            server.stop()
            self.open_report(path)
            self.assertEqual(self.runs(), {timer["name"]: timer["runs"] for timer in report["timers"]})
            self.assertFalse(browser.run("return Boolean(document.querySelector('#percentiles, #split'))"))
            self.assertTrue(browser.run("return Boolean(document.querySelector('#distribution canvas'))"))
            self.assertFalse(browser.run("return document.getElementById('pause').offsetParent !== null"))
            self.assertEqual(self.sort_by("busy_p99"), "descending")
            browser.resize(360, 740)
            wait_for(lambda: self.fits(360), "the page to fit", 5)

    def with_operations(self, folder, operations):
        self.with_report(folder, lambda report: report | {"operations": operations})
        self.view("operations")

    def with_report(self, folder, changed):
        """Writes the hostile page with its report changed into a file, and opens it."""
        with open(HOSTILE_PAGE, encoding="utf-8") as file:
            text = file.read()
        at = text.index(REPORT_BEGINS) + len(REPORT_BEGINS)
        end = text.index("</script", at)
        report = changed(json.loads(text[at:end]))
        path = os.path.join(folder, "operations.html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text[:at] + json.dumps(report).replace("<", "\\u003c") + text[end:])
        self.open_report(path)

    def operation_rows(self):
        return browser.run("""return [...document.querySelectorAll('#operation_rows tbody tr')].map(row => Object.fromEntries(
            [...row.cells].map(cell => [cell.classList[0], {text: cell.innerText, value: cell.dataset.value}])))""")

    def test_without_operations_nothing_is_said_of_them(self):
        self.open_report(HOSTILE_PAGE)
        self.assertFalse(browser.run("return document.getElementById('operations').offsetParent !== null"))

    def test_operations(self):
        with tempfile.TemporaryDirectory() as folder:
            self.with_operations(folder, [
                operation("socket", "async_receive", 41, 52310, 30_200, waiting=5_510_000, queued=9_100, failed=3, open=12),
                operation("io_context", "post", 7, 120, 1_000_000, queued=2_000, part_of="async_read", calls=1),
                operation("socket", "async_receive", 7, 3, 10_000, waiting=4_000, part_of="async_read", calls=3),
                operation("signal_set", "async_wait", 99, 0, 0, open=1)])
            rows = self.operation_rows()
            self.assertEqual([row["name"]["text"] for row in rows],
                             ["socket.async_receive", "async_read", "signal_set.async_wait"])
            shown = {column: cell["text"] for column, cell in rows[0].items()}
            self.assertEqual(shown, {
                "name": "socket.async_receive", "place": "session.cpp:41", "count": "52\u202f310", "steps": "\u2013", "failed": "3", "open": "12",
                "waited_mean": "5.51 ms", "waited_p99": "5.51 ms", "queued_mean": "9.10 \u00b5s", "queued_p99": "9.10 \u00b5s",
                "busy_mean": "30.2 \u00b5s", "busy_p99": "30.2 \u00b5s", "busy_total": "1.58 s"})
            self.assertEqual(float(rows[1]["busy_total"]["value"]), 120 * 1_000_000 + 3 * 10_000)
            self.assertEqual(rows[1]["steps"]["value"], "123")
            self.assertEqual(rows[1]["count"]["value"], "4")
            self.assertEqual(rows[2]["busy_p99"]["text"], "\u2013")
            self.assertEqual(browser.run("return document.getElementById('operations_note').textContent"), "3 operations \u00b7 lifetime")
            # It sorts by every column, both ways; what is unknown comes last.
            for column in rows[0]:
                orders = set()
                for _ in range(2):
                    browser.run("document.querySelector(`#operation_rows th[data-column=${arguments[0]}] button`).click()", column)
                    order = browser.run("return document.querySelector('#operation_rows th:not([aria-sort=none])[aria-sort]').ariaSort")
                    orders.add(order)
                    values = [row[column]["value"] for row in self.operation_rows()]
                    known = [value for value in values if value is not None]
                    self.assertEqual(values[:len(known)], known, column)
                    key = {"name": str, "place": lambda place: int(place.split(":")[1])}.get(column, float)
                    self.assertEqual(known, sorted(known, key=key, reverse=order == "descending"), column)
                self.assertEqual(orders, {"ascending", "descending"}, column)
            for width in (1280, 768, 360):
                browser.resize(width, 740)
                wait_for(lambda: self.fits(width), f"the page to fit {width} pixels", 5)
            self.no_errors()

    def test_without_timers_operations_are_shown_first(self):
        with tempfile.TemporaryDirectory() as folder:
            one = operation("socket", "async_receive", 41, 5, 30_200)
            self.with_report(folder, lambda report: report | {"timers": [], "operations": [one]})
            self.assertEqual([row["name"]["text"] for row in self.operation_rows()], ["socket.async_receive"])
            self.view("timers")
            self.assertIn("No timer is alive", browser.run("return document.getElementById('view_timers').innerText"))

    def select(self, name):
        browser.run("""[...document.querySelectorAll('#timers tbody tr')].find(row =>
            row.querySelector('.name_text').textContent === arguments[0]).click()""", name)

    def waited_for(self):
        """The note, and share, name, place and title of each; None if it isn't shown."""
        return browser.run("""const it = document.getElementById('awaited');
            return it.offsetParent === null ? null : [document.getElementById('awaited_note').textContent,
                ...[...it.querySelectorAll('li')].map(item => [...item.querySelectorAll('.share, b, .place')]
                    .map(part => part.innerText).concat(item.querySelector('.place').title))]""")

    def with_waits(self, folder, waits):
        """Two timers: the runs of `waits` waited for these, and it isn't known what those of `says nothing` did."""
        def changed(report):
            timers = [timer for timer in report["timers"] if timer["runs"] > 3][:2]
            timers[0] |= {"name": "waits", "runs": 10, "failed": 0, "lost": 0, "lost_reasons": [], "open": 0, "idle_in": waits}
            timers[1] |= {"name": "says nothing"}
            for timer in timers:
                timer |= {"kind": "task", "complete_elapsed_ns": 10 * timer["busy"]["total_ns"]}
            return report | {"timers": timers}
        self.with_report(folder, changed)

    def test_what_was_waited_for(self):
        with tempfile.TemporaryDirectory() as folder:
            self.with_waits(folder, [
                wait("async_receive", 41, 53_300_000), wait("async_receive", 7, 1_500_000, part_of="async_read"),
                wait("post", 7, 100_000, object="io_context", part_of="async_read"),
                wait("async_wait", 0, 100_000, object="deadline_timer", file="", function="retry")])
            self.select("waits")
            self.assertEqual(self.waited_for(), [
                "shares of 5.50 ms a run \u00b7 lifetime",
                ["97 %", "socket.async_receive", "upstream.cpp:41", "/src/upstream.cpp"],
                ["3 %", "async_read", "upstream.cpp:7", "/src/upstream.cpp"],
                ["<1 %", "deadline_timer.async_wait", "retry", "retry"]])
            verdict = "return document.getElementById('verdict').textContent"
            self.assertIn("It waits for \u2068socket.async_receive\u2069. ", browser.run(verdict))
            self.select("says nothing")
            self.assertIsNone(self.waited_for())
            self.assertIn("It may wait for I/O or a timer. ", browser.run(verdict))
            self.select("waits")
            self.assertEqual(len(self.waited_for()), 4)
            self.no_errors()

    def test_much_was_waited_for_with_hostile_names(self):
        hostile = "</script><b>\u202e" + "w" * 300
        with tempfile.TemporaryDirectory() as folder:
            self.with_waits(folder, [wait(hostile, 0, number, object=hostile, file="", function=f"{hostile}{number}")
                                     for number in range(230)])
            self.select("waits")
            note, *shown = self.waited_for()
            self.assertTrue(note.endswith("lifetime \u00b7 and 224 others"), note)
            self.assertEqual([row[1:3] for row in shown], [[f"{hostile}.{hostile}", f"{hostile}{229 - i}"] for i in range(5)])
            self.assertEqual(browser.run("return document.querySelectorAll('#awaited b > *, #awaited .place > *').length"), 0)
            for width in (1280, 768, 360):
                browser.resize(width, 740)
                wait_for(lambda: self.fits(width), f"the page to fit {width} pixels", 5)
            self.no_errors()

    def test_many_operations_with_hostile_names(self):
        hostile = "</script><b>\u202e" + "w" * 300
        with tempfile.TemporaryDirectory() as folder:
            self.with_operations(folder, [
                operation(hostile, str(number), number, 1, number + 1, file="", function=hostile) for number in range(230)])
            rows = self.operation_rows()
            self.assertEqual(len(rows), 100)
            self.assertEqual(rows[0]["name"]["value"], hostile + ".229")
            self.assertEqual(rows[0]["place"]["value"], hostile)
            self.assertIn("230 operations", browser.run("return document.getElementById('operations_note').textContent"))
            self.assertIn("the first 100", browser.run("return document.getElementById('operations_note').textContent"))
            self.assertEqual(browser.run("return document.querySelectorAll('table b').length"), 0)
            for width in (1280, 768, 360):
                browser.resize(width, 740)
                wait_for(lambda: self.fits(width), f"the page to fit {width} pixels", 5)
            self.no_errors()

    def test_hostile_names_are_text(self):
        with open(HOSTILE_PAGE, encoding="utf-8") as file:
            text = file.read()
        report = json.loads(text[text.index(REPORT_BEGINS) + len(REPORT_BEGINS):].split("</script")[0])
        names = [timer["name"] for timer in report["timers"]]
        self.open_report(HOSTILE_PAGE)
        shown = browser.run("return [...document.querySelectorAll('.name_text')].map(name => name.textContent)")
        self.assertEqual(sorted(shown), sorted(names))
        self.assertEqual(browser.run("return document.title"), "perf_timer")
        self.assertEqual(browser.run("return document.querySelectorAll('table img, table script, table b').length"), 0)
        for index in range(len(names)):
            browser.run("document.querySelectorAll('#timers tbody tr')[arguments[0]].click()", index)
            selected = browser.run("return document.querySelector('[aria-selected=true] .name_text').textContent")
            self.assertEqual(browser.run("return document.getElementById('detail_name').textContent"), selected)
        lines = browser.run("return [...document.querySelectorAll('#troubles li')].map(line => line.innerText)")
        self.assertEqual(len(lines), 3)
        self.assertTrue(any("charged with the time of another run" in line and "task(executor)" in line for line in lines), lines)
        for width in (1280, 768, 360):
            browser.resize(width, 740)
            wait_for(lambda: self.fits(width), f"the page to fit {width} pixels", 5)
        self.no_errors()


if __name__ == "__main__":
    with Browser() as browser:
        unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
