"""Chromium without a window, driven through its DevTools protocol over a pipe: a person at a page.

LEGCRAMP_AXE names the axe.min.js of axe-core (CI fetches it, see .ci/run).

https://chromedevtools.github.io/devtools-protocol/ — one JSON message after another, each ended by a zero.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
AXE = os.environ.get("LEGCRAMP_AXE", "")
needs_browser = pytest.mark.skipif(
    not BROWSER or os.name != "posix", reason="there is no Chromium on this machine"
)
needs_axe = pytest.mark.skipif(not AXE, reason="LEGCRAMP_AXE does not name an axe.min.js")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=en",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_LONGEST = 60  # seconds until an answer is there


class Gone(Exception):
    """The page went away before it could answer."""


class Page:
    """One page. ``requests`` are the addresses it asked for, ``complaints`` what the console said."""

    def __init__(self, reading: int, writing: int, downloads: Path) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.downloads = downloads
        self._reading, self._writing, self._left = reading, writing, b""
        self._number, self._session = 0, ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for part in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{part}.enable")
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))

    def _send(self, method: str, **parameters: Any) -> int:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session and not method.startswith(("Browser.", "Target.")):
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        return self._number

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the browser for something, and wait until it is done."""
        number = self._send(method, **parameters)
        until = time.monotonic() + _LONGEST
        while True:
            said = self._next(until)
            if said.get("id") == number:
                if "navigated" in said.get("error", {}).get("message", ""):
                    raise Gone
                assert "error" not in said, (method, said)
                result: dict[str, Any] = said["result"]
                return result
            self._note(said)

    def _next(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._left:
            assert select.select([self._reading], [], [], max(0, until - time.monotonic()))[0], "no answer"
            self._left += os.read(self._reading, 1 << 20)
        one, _, self._left = self._left.partition(b"\0")
        said: dict[str, Any] = json.loads(one)
        return said

    def _note(self, said: dict[str, Any]) -> None:
        told = said.get("params", {})
        match said.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(told["exceptionDetails"]))
            case "Runtime.consoleAPICalled":
                self.complaints.append(str(told["args"]))
            case "Page.javascriptDialogOpening":  # "leave this page?"
                self._send("Page.handleJavaScriptDialog", accept=True)
            case "Log.entryAdded":
                self.complaints.append(str(told["entry"]))

    def open(self, file: Path) -> None:
        """Open a file, and wait until it is all there."""
        self.call("Page.navigate", url=file.as_uri())
        self.wait(f"document.readyState === 'complete' && location.href === {json.dumps(file.as_uri())}")

    def look(self, expression: str) -> Any:
        """What JavaScript says of the page; promises are awaited."""
        said = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def wait(self, expression: str) -> None:
        """Until that is so; also while another page comes."""
        until = time.monotonic() + _LONGEST
        while True:
            with suppress(Gone):
                if self.look(f"Boolean({expression})"):
                    return
            assert time.monotonic() < until, expression
            time.sleep(0.05)

    def click(self, element: str) -> None:
        """Click with the mouse on what the JavaScript expression names, as long as it can be seen there."""
        self.look(f"void (window.meant = {element})")
        self.look("void meant.scrollIntoView({block: 'center', behavior: 'instant'})")
        place = self.look(
            "(() => { const {x, y, width, height} = meant.getBoundingClientRect();"
            "const at = {x: x + width / 2, y: y + height / 2};"
            "const found = document.elementFromPoint(at.x, at.y);"
            "return meant.contains(found) ? at : null; })()"
        )
        assert place, f"{element} cannot be clicked"
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def type(self, element: str, text: str) -> None:
        """Click on a field, and type."""
        self.click(element)
        self.call("Input.insertText", text=text)

    def resize(self, width: int, height: int = 1000) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def dark(self) -> None:
        self.call(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}]
        )

    def picture(self, file: Path, whole: bool = False) -> None:
        made = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(made["data"]))

    def printed(self, width: float, height: float) -> bytes:
        """The page as a PDF on paper of so many inches."""
        made = self.call("Page.printToPDF", paperWidth=width, paperHeight=height)
        return base64.b64decode(made["data"])

    def downloaded(self, name: str) -> bytes:
        """The file, once it is all there."""
        file, until = self.downloads / name, time.monotonic() + _LONGEST
        while not file.exists() or any(self.downloads.glob("*.crdownload")):
            assert time.monotonic() < until, f"{name} was not saved"
            time.sleep(0.05)
        return file.read_bytes()

    def violations(self) -> list[str]:
        """What axe-core finds wrong with what is seen now."""
        self.look(f"{Path(AXE).read_text(encoding='utf-8')}; true")
        found = self.look(
            "axe.run(document, {resultTypes: ['violations']}).then((r) => ({passes: r.passes.length,"
            "violations: r.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 200)}`)}))"
        )
        assert found["passes"] > 10  # it did run
        violations: list[str] = found["violations"]
        return violations


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """A page in a browser that ends with the block. Profile and downloads are in the folder."""
    assert BROWSER
    to_browser, writing = os.pipe()
    reading, from_browser = os.pipe()
    downloads = folder / "downloads"
    downloads.mkdir()
    command = (BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--remote-debugging-pipe")
    # The pipes must have the numbers 3 and 4 in the browser.
    started = subprocess.Popen(
        ["bash", "-c", f'exec 3<&{to_browser} 4>&{from_browser}; exec "$@"', "bash", *command],
        pass_fds=(to_browser, from_browser),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_browser)
    os.close(from_browser)
    try:
        page = Page(reading, writing, downloads)
        yield page
        page.call("Browser.close")
    finally:
        os.close(reading)
        os.close(writing)  # without its pipe the browser ends, however the block did
        started.wait(timeout=30)
