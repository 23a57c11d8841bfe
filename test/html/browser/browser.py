"""A Chromium of its own, without a window, that tells about errors and about what it asked for."""

import json
import os
import pathlib
import shutil
import tempfile
import time

# Debian's paths.
CHROMIUM = "/usr/bin/chromium"
CHROMEDRIVER = "/usr/bin/chromedriver"


def missing():
    """What isn't here that these need; an empty string if nothing."""
    if not os.path.exists(CHROMIUM) or not os.path.exists(CHROMEDRIVER):
        return "chromium and chromium-driver"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "python3-selenium"
    return ""


def wait_for(condition, what, seconds=40):
    """Returns what `condition` returns as soon as that is true."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.02)


class Browser:
    def __init__(self, width=1280, height=900, dark=False, scale=1):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        self.profile = tempfile.mkdtemp(prefix="perf_timer_browser_")
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en", "--no-proxy-server",
            f"--user-data-dir={self.profile}", f"--window-size={width},{height}",
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        try:
            self.driver = webdriver.Chrome(service=Service(CHROMEDRIVER), options=options)
        except Exception:
            shutil.rmtree(self.profile, ignore_errors=True)
            raise
        self.resize(width, height, scale)
        self.set_dark(dark)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def resize(self, width, height, scale=1):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600})

    def set_dark(self, dark, still=True):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"}]})

    def open(self, address):
        self.driver.get(address)

    def open_file(self, path):
        self.open(pathlib.Path(path).resolve().as_uri())

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def errors(self):
        """What the console said since the last call, warnings included."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] in ("SEVERE", "WARNING")]

    def requested(self):
        """The addresses that pages asked for since the last call."""
        addresses = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                addresses.append(message["params"]["request"]["url"])
        return addresses

    def picture(self, path, whole=False):
        import base64
        clip = {}
        if whole:
            height = self.run("return Math.ceil(document.documentElement.getBoundingClientRect().height)")
            width = self.run("return innerWidth")
            clip = {"captureBeyondViewport": True,
                    "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}}
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", **clip})
        pathlib.Path(path).write_bytes(base64.b64decode(data["data"]))
