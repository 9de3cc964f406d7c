"""Clients in Python that have an environment of their own, and a script beside this file."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.clients.context import Context
from tests.clients.installed import from_pypi
from tests.clients.jsforce_calls import scripted
from tests.clients.login_hosts import proxy

HERE = Path(__file__).parent
SALESFORCE_BULK, AIOSALESFORCE = "2.2.0", "0.6.2"


def salesforce_bulk(context: Context) -> None:
    """Let salesforce-bulk take its steps."""
    needed = [f"salesforce-bulk=={SALESFORCE_BULK}", "simple-salesforce==1.12.10"]
    _run(context, "salesforce-bulk", SALESFORCE_BULK, needed, "salesforce_bulk_script.py")


def aiosalesforce(context: Context) -> None:
    """Let aiosalesforce take its steps."""
    _run(context, "aiosalesforce", AIOSALESFORCE, [f"aiosalesforce[jwt]=={AIOSALESFORCE}"], "aiosalesforce_script.py")


def _run(context: Context, name: str, release: str, requirements: list[str], script: str) -> None:
    programs = from_pypi(name, requirements)
    given = json.dumps({**context.ready, "records": context.records})
    with proxy(context.ready["salesforce_https_url"]) as through:
        environment = environment_through(through, context) | {"PYTHONPATH": str(HERE.parents[1])}
        scripted(context, name, release, [str(programs / "python"), str(HERE / script), given], environment)


def environment_through(through: str, context: Context) -> dict[str, str]:
    """Return an environment in which every host is reached through the proxy, and the simulator is trusted."""
    proxied = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), through)
    trusted = dict.fromkeys(("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"), context.ready["ca_file"])
    return {**os.environ, **proxied, **trusted, "NO_PROXY": "", "no_proxy": ""}
