"""Pictures of the page for doc/: python3 pictures.py HTTP_SERVER LOAD_LUA FOLDER [SECONDS]"""

import os
import sys

from browser import Browser, missing, wait_for
from server import Server

if missing():
    sys.exit(f"pictures.py needs {missing()}.")

PROGRAM, LOAD, FOLDER = sys.argv[1:4]
SECONDS = int(sys.argv[4]) if len(sys.argv) > 4 else 100


def choose(browser, name, value):
    browser.run(f"document.querySelector('input[name={name}][value=\"{value}\"]').click()")


def select(browser, name):
    browser.run("""[...document.querySelectorAll('#timers tbody tr')].find(row =>
        row.querySelector('.name_text').textContent === arguments[0]).click(); document.activeElement.blur()""", name)


def take(browser, name, whole=True):
    path = os.path.join(FOLDER, f"perf_page_{name}.png")
    reports = browser.run("return document.body.dataset.reports")
    wait_for(lambda: browser.run("return document.body.dataset.reports") != reports, "another report")
    browser.picture(path, whole)
    print(f"{path}: {os.path.getsize(path) // 1024} KB")


with Server(PROGRAM) as server, \
        Browser(1280, 1180, scale=1.25) as desktop, Browser(390, 1330, scale=1.5) as phone:
    load = server.load(LOAD, SECONDS + 60)
    try:
        for browser in (desktop, phone):
            browser.open(server.address + "/")
        # The charts need some history, and only time makes it.
        wait_for(lambda: int(desktop.run("return document.body.dataset.reports")) >= SECONDS, "time to pass", 3 * SECONDS)
        choose(desktop, "window", "60")
        select(desktop, "GET /ledger")
        choose(desktop, "measure", "queued")
        take(desktop, "light")
        desktop.set_dark(True)
        select(desktop, "GET /thumbnail")
        choose(desktop, "measure", "busy")
        take(desktop, "dark")
        choose(phone, "window", "60")
        select(phone, "GET /ledger")
        choose(phone, "measure", "queued")
        phone.run("scrollTo(0, 0)")
        take(phone, "phone", whole=False)
    finally:
        load.kill()
        load.wait()
