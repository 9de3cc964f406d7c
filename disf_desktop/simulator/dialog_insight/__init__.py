"""Dialog Insight as public sources describe it; what they leave open is decided here and said to be ours."""

from disf_desktop.simulator.dialog_insight.account import Account, NotFound
from disf_desktop.simulator.dialog_insight.definitions import Definition
from disf_desktop.simulator.dialog_insight.exports import Exports
from disf_desktop.simulator.dialog_insight.service import create_app, name_of

__all__ = ["Account", "Definition", "Exports", "NotFound", "create_app", "name_of"]
