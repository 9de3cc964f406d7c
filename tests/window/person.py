"""A person at the real window: eyes in the program, hands on the mouse and the keyboard of a virtual screen."""

from __future__ import annotations

import json
import os
import select
import shutil
import stat
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import Request, urlopen

import pytest

from disf_desktop.resources import resource

T = TypeVar("T")
Thing = dict[str, Any]
PATIENCE_S = 60.0
SCREEN = "1600x1000x24"
NEAR_PX, DOUBLE_S = 12, 0.5
"""Two clicks so near in place and in time would be a double click."""

REST_S = 0.06
"""For how long a thing stays where it is before a hand goes there."""

TOOLS = ("Xvfb", "xdotool", "openbox", "chromium")

at_a_screen = pytest.mark.skipif(
    sys.platform in ("win32", "darwin") or not all(map(shutil.which, TOOLS)),
    reason="a virtual screen, a robot for it and a browser are there on Linux: packaging/system-packages.sh --tests",
)


def eventually(look: Callable[[], T | None], what: str, patience_s: float = PATIENCE_S) -> T:
    """Look again until something is seen; fail with its name when it never comes."""
    end = time.monotonic() + patience_s
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < end, f"never seen: {what}"
        time.sleep(0.1)


@contextmanager
def started(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process of our own, and end it by its id."""
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def screen() -> Iterator[str]:
    """Start a virtual screen with a window manager, and give its name."""
    read, write = os.pipe()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with started(command, pass_fds=[write], **quiet):
        os.close(write)
        with os.fdopen(read, "rb") as told:
            name = f":{int(told.readline())}"
            with started(["openbox"], env=os.environ | {"DISPLAY": name}, **quiet):
                yield name


@contextmanager
def simulator(folder: Path, records: int) -> Iterator[dict[str, Any]]:
    """Start both services and give what their ready file tells."""
    ready = folder / "ready.json"
    options = ["--records", str(records), "--ready-file", str(ready), "--state", str(folder / "state")]
    log = (folder / "simulator.log").open("wb")
    with log, started([sys.executable, "-m", "disf_desktop.cli", "simulate", *options], stdout=log, stderr=log):
        eventually(ready.exists, "the simulator")
        yield json.loads(ready.read_text(encoding="utf-8"))


@cache
def french() -> dict[str, frozenset[str]]:
    """Give what every text of the program is in French, by its places, without the signs of its keys."""
    words: dict[str, frozenset[str]] = {}
    for message in ElementTree.parse(resource("translations", "disf_fr.ts")).getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.text:
            source = plain(message.findtext("source", ""))
            words[source] = words.get(source, frozenset()) | {plain(translation.text)}
    return words


def plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class Person:
    """Sees by asking the program what it shows, and acts by the mouse and the keyboard alone.

    Texts are named in English; a person who reads French looks for their French.
    """

    def __init__(self, display: str, program: subprocess.Popen[bytes], language: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}
        self._program = program
        self._clicked: tuple[tuple[int, int], float] = (0, 0), 0.0
        self.language = language

    def words(self, text: str) -> frozenset[str]:
        """Give how a text of the window may read in the person's language."""
        return french().get(text, frozenset({text})) if self.language == "fr" else frozenset({text})

    # eyes

    def look(self, question: str = "look") -> dict[str, Any]:
        """See everything that is on screen, once the program has taken what the hands did before."""
        assert self._program.poll() is None, f"the program has ended with {self._program.returncode}"
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(f"{question}\n".encode())
        self._program.stdin.flush()
        ready, _, _ = select.select([self._program.stdout], [], [], PATIENCE_S)
        assert ready, "the window has not answered for a minute"
        answer: dict[str, Any] = json.loads(self._program.stdout.readline())
        assert "error" not in answer, answer
        return answer

    def picture(self, path: Path) -> None:
        """Keep what is on screen as a picture."""
        self.look(f"picture {path}")

    def all(self, texts: frozenset[str] | None = None, **wanted: Any) -> list[Thing]:
        """Give everything on screen with one of these texts (or names, or what a screen reader says of it)."""
        found = []
        for each in self.look()["things"]:
            told = {each["text"], each["name"], each.get("said")}
            if (texts is None or texts & told) and self._is(each, wanted):
                found.append(each)
        return found

    @staticmethod
    def _is(each: Thing, wanted: dict[str, Any]) -> bool:
        return all(
            each.get(key) in value if isinstance(value, frozenset) else each.get(key) == value
            for key, value in wanted.items()
        )

    def sees(self, text: str, **wanted: Any) -> bool:
        return bool(self.all(self.words(text), **wanted))

    def see(self, text: str, *, patience_s: float = PATIENCE_S, own: bool = False, **wanted: Any) -> Thing:
        """Wait until something is on screen; `own` words are the person's, and not the program's."""
        named = frozenset({text}) if own else self.words(text)
        return eventually(lambda: self.all(named, **wanted), f"{named} {wanted}", patience_s)[0]

    def part(self, text: str, **wanted: Any) -> Thing:
        """Wait until something on screen holds this text of the person's own."""

        def look() -> list[Thing]:
            seen = self.look()["things"]
            return [e for e in seen if (text in e["text"] or text in (e.get("said") or "")) and self._is(e, wanted)]

        return eventually(look, f"…{text}… {wanted}")[0]

    def gone(self, text: str, *, own: bool = False, **wanted: Any) -> None:
        """Wait until something is no longer on screen."""
        named = frozenset({text}) if own else self.words(text)
        eventually(lambda: not self.all(named, **wanted), f"the end of {named}")

    def descendants(self) -> list[int]:
        """Give the processes that the program has started, and theirs."""
        found = [self._program.pid]
        for pid in found:
            for thread in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    found += map(int, thread.read_text(encoding="ascii").split())
                except (FileNotFoundError, ProcessLookupError):  # it has just ended
                    continue
        return found[1:]

    def cuts_the_power(self) -> None:
        """End the program from one moment to the next."""
        self._program.kill()
        self._program.wait(10)

    def has_left(self) -> None:
        """Wait until the program has ended by itself, in good order."""
        eventually(lambda: self._program.poll() is not None, "the end of the program")
        assert self._program.returncode == 0

    # hands

    def do(self, *words: str) -> str:
        """Let the robot of the screen do something."""
        done = subprocess.run(["xdotool", *words], env=self._environment, capture_output=True, text=True, timeout=60)
        return done.stdout.strip()

    @staticmethod
    def middle(seen: Thing) -> tuple[int, int]:
        x, y, width, height = seen["place"]
        return x + width // 2, y + height // 2

    def click(self, text: str, *, own: bool = False, **wanted: Any) -> Thing:
        """Click on something as soon as it is there, can be used, and no longer moves."""
        while not self.rests(seen := self.see(text, own=own, enabled=True, **wanted)):
            pass
        self.click_thing(seen)
        return seen

    def rests(self, seen: Thing) -> bool:
        """Say whether something is still there a moment later, in the same place."""
        time.sleep(REST_S)
        same = ("kind", "text", "name", "place", "window")
        return any(all(each[part] == seen[part] for part in same) for each in self.look()["things"])

    def choose(self, text: str) -> None:
        """Click on a cell with a text of the person's own until it is chosen, as whoever sees that a click went
        elsewhere does: rows move while a window fills."""

        def chosen() -> bool:
            if not self.all(frozenset({text}), kind="cell", chosen=True):
                self.click(text, own=True, kind="cell")
            return bool(self.all(frozenset({text}), kind="cell", chosen=True))

        eventually(chosen, f"{text} chosen")

    def click_thing(self, seen: Thing) -> None:
        self.click_at(*self.middle(seen))

    def click_at(self, x: int, y: int, times: int = 1) -> None:
        """Click at a place of the screen; what was clicked just before is left alone until it is no double click."""
        (last_x, last_y), at = self._clicked
        if abs(x - last_x) + abs(y - last_y) < NEAR_PX:
            time.sleep(max(0.0, at + DOUBLE_S - time.monotonic()))
        self.do("mousemove", str(x), str(y), "sleep", "0.03", "click", "--repeat", str(times), "--delay", "30", "1")
        self._clicked = (x, y), time.monotonic()
        time.sleep(0.05)  # a click goes by the window manager

    def drag(self, one: Thing, other: Thing) -> None:
        """Drag something onto something else with the left button held down."""
        with self.dragging(one, other):
            pass

    @contextmanager
    def dragging(self, one: Thing, other: Thing) -> Iterator[None]:
        """Hold something above something else, and let go of it at the end."""
        x, y = self.middle(one)
        to_x, to_y = self.middle(other)
        steps = f"mousemove {x} {y} sleep 0.2 mousedown 1 sleep 0.2 mousemove {x + 9} {y + 9} sleep 0.2"
        steps += f" mousemove {to_x - 4} {to_y} sleep 0.2 mousemove {to_x} {to_y} sleep 0.3"
        self.do(*steps.split())
        try:
            yield
        finally:
            self.do("mouseup", "1")
            time.sleep(0.2)

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.do("key", "--delay", "20", *keys)

    def tab_to(self, name: str, **wanted: Any) -> None:
        """Press Tab until the hand is on what has this name."""
        for _ in range(60):
            if self.all(self.words(name), focus=True, **wanted):
                return
            self.key("Tab")
        raise AssertionError(f"Tab never came to {name}")

    def type(self, text: str) -> None:
        """Type a text where the hand is."""
        self.do("type", "--delay", "12", "--", text)

    def fill(self, name: str, text: str, *, own: bool = False) -> None:
        """Put a text into the line of that name."""
        self.click(name, own=own, kind="line")
        self.key("ctrl+a")
        self.type(text)
        self.key("Tab")

    def pick(self, name: str, choice: str, *, own: bool = False) -> None:
        """Take a choice of the list of that name."""
        self.click(name, kind="pick")
        self.click(choice, own=own, kind="cell")


class Browser:
    """A real Chromium, started by the desktop as anybody's browser is; it may reach this computer alone."""

    def __init__(self, folder: Path, person_environment: dict[str, str]) -> None:
        self.folder = folder
        bin_folder = folder / "bin"
        bin_folder.mkdir(parents=True)
        opener = bin_folder / "xdg-open"
        opener.write_text(
            "#!/bin/sh\n"
            f'exec chromium --no-sandbox --user-data-dir="{folder}/browser" --no-first-run --disable-gpu '
            "--no-default-browser-check --disable-background-networking --disable-component-update --disable-sync "
            "--disable-extensions --password-store=basic --disable-save-password-bubble --disable-features=Translate "
            '--host-resolver-rules="MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1" '
            '--window-position=860,60 --window-size=720,720 "$@" >/dev/null 2>&1\n',
            encoding="utf-8",
        )
        opener.chmod(opener.stat().st_mode | stat.S_IXUSR)
        self.environment = person_environment | {"PATH": f"{bin_folder}:{person_environment['PATH']}"}

    def sign_in(self, person: Person, username: str, password: str) -> None:
        """Log in on Salesforce's page, and allow the access."""
        self._at(person, "Login | Salesforce simulator")
        person.key("ctrl+a")
        person.type(username)
        person.key("Tab")
        person.type(password)
        person.key("Return")
        self._at(person, "Allow Access? | Salesforce simulator")
        person.key("Tab", "Tab", "Return")

    @staticmethod
    def _at(person: Person, title: str) -> None:
        def look() -> str:
            return person.do("search", "--onlyvisible", "--name", title)

        window = eventually(look, f"the browser at {title}").split()[0]
        person.do("windowactivate", "--sync", window)
        time.sleep(1.0)

    def close(self) -> None:
        """End the browser by its own process id, which its profile names."""
        lock = self.folder / "browser" / "SingletonLock"
        if lock.is_symlink():
            pid = int(str(lock.readlink()).rpartition("-")[2])
            try:
                os.kill(pid, 15)
            except ProcessLookupError:
                return


@contextmanager
def at_the_window(
    folder: Path, *arguments: str, language: str = "en", browser: bool = False, **environment: str
) -> Iterator[tuple[Person, Browser]]:
    """Start the program on a screen of its own, in the person's language."""
    with ExitStack() as stack:
        display = stack.enter_context(screen())
        tongue = {"en": "en_CA", "fr": "fr_CA"}[language]
        own = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANGUAGE": tongue, "LC_ALL": "C.UTF-8"}
        own |= {"HOME": str(folder / "home"), "XDG_RUNTIME_DIR": str(folder / "run")} | environment
        for name in ("home", "run"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        net = Browser(folder / "net", own)
        log = stack.enter_context((folder / "window.log").open("wb"))
        command = [sys.executable, "-m", "tests.window.eyes", *arguments]
        program = stack.enter_context(
            started(command, env=net.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        )
        stack.callback(net.close)
        person = Person(display, program, language)
        eventually(lambda: person.look()["titles"], "the window")
        try:
            yield person, net
        except BaseException:
            if program.poll() is None:
                person.picture(folder / "failed.png")
            raise
    assert b"Traceback" not in (folder / "window.log").read_bytes(), (folder / "window.log").read_text()


def asked(address: str) -> list[dict[str, Any]]:
    """Ask the simulator by its side door: a JSON object a line."""
    with urlopen(address, timeout=20) as answer:
        return [json.loads(line) for line in answer.read().splitlines() if line]


def told(address: str, body: Any) -> Any:
    """Tell the simulator something by its side door."""
    request = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or b"null")
