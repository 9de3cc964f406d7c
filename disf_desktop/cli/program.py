"""The program around the verbs: the words on the command line, wrong use, crashes, the exit code."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer

from disf_desktop.cli.control import STOPPED_EXIT
from disf_desktop.cli.events import ErrorSaid
from disf_desktop.cli.output import JsonLines, leave_quietly, speak_utf8, tell
from disf_desktop.storage.room import OUT_OF_ROOM

WRONG_USE = 2
FAILED = 1

# typer names only the subclass; what all of them share is the message and the usage line.
_WrongUse: type[Exception] = typer.BadParameter.__mro__[2]
_NUMBER = re.compile(r"\d+(=\w+)?|all")
_COMPONENT = re.compile(r"(\w+\.)?\w+__c|Dialog_Insight_Sync|all", re.IGNORECASE)
_SEVERAL = {
    "--retry": _NUMBER,
    "--dismiss": _NUMBER,
    "--take": _NUMBER,
    "--restore": _NUMBER,
    "--install": _COMPONENT,
    "--remove": _COMPONENT,
    "--users": re.compile(r"[^\s@/\\]+@[^\s@/\\]+|profile:.+|all"),
}
"""Options that take several words, and what such a word looks like; any other ends the list."""


def run(arguments: Sequence[str]) -> int:
    """Do what the words say and give the exit code; never raises."""
    speak_utf8()
    words = spread(arguments)
    # Wrong use is found before the options are known, so they are looked for by hand.
    as_json, verbose = "--json" in words, bool({"-v", "--verbose"} & set(words))
    try:
        return _obey(words, as_json)
    except OSError as error:
        if _reader_left(error):
            return STOPPED_EXIT
        if error.errno in OUT_OF_ROOM:
            # The run itself says what it cannot keep; here it is the output that cannot be written.
            tell("There is no room left where the output goes. Make room there, then run again.")
            return FAILED
        return _crashed(error, as_json=as_json, verbose=verbose)
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED_EXIT
    except Exception as error:  # noqa: BLE001 - the last place where a mistake of ours can be said decently
        return _crashed(error, as_json=as_json, verbose=verbose)


def spread(arguments: Sequence[str]) -> list[str]:
    """Let one option take several ids: `--retry 3 4` becomes `--retry 3 --retry 4`."""
    words: list[str] = []
    taking = ""
    for word in arguments:
        if word in _SEVERAL:
            taking = word
        elif taking and words[-1] != taking and _SEVERAL[taking].fullmatch(word):
            words.append(taking)
        elif taking and words[-1] != taking:
            taking = ""
        words.append(word)
    return words


def _obey(words: list[str], as_json: bool) -> int:
    from disf_desktop.cli.verbs import app

    try:
        code = app(words, prog_name="disf", standalone_mode=False)
    except _WrongUse as error:
        told = getattr(error, "format_message", None)
        message = str(told() if told is not None else error)
        context = getattr(error, "ctx", None)
        path = str(context.command_path) if context is not None else "disf"
        what_to_do = f"See `{path} --help`."
        if as_json:
            JsonLines().say(ErrorSaid("usage", message or "A verb is missing.", what_to_do))
        elif message:  # without one, the help was shown instead
            tell(f"{context.get_usage()}\n\n{message}" if context is not None else message)
            tell(what_to_do)
        return WRONG_USE
    return code if isinstance(code, int) else 0


def _reader_left(error: OSError) -> bool:
    import sys

    try:
        leave_quietly(error, sys.stdout)
    except OSError:
        return False
    return True


def _crashed(error: BaseException, *, as_json: bool, verbose: bool) -> int:
    """Say that this is our mistake: its kind and its place, but not its text, which may hold a person's data."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "disf_desktop" in f.filename] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    message = f"The program met a mistake of its own: {type(error).__name__}."
    what_to_do = "Run it again; if it comes back, report it with the words shown by -v."
    if as_json:
        JsonLines().say(ErrorSaid("crash", message, what_to_do, where))
    else:
        tell(f"{message} ({where})\n{what_to_do}")
    if verbose:
        tell(_places(error))
    return FAILED


def _places(error: BaseException | None) -> str:
    """Tell of an error, and of what it came from, the kinds and the places, without a word of their texts."""
    told: list[str] = []
    while error is not None:
        told += [type(error).__name__, *(line.rstrip() for line in traceback.format_tb(error.__traceback__))]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(told)
