"""tap-salesforce, the extractor of Singer, over REST and over Bulk API 1.0; its refresh token rotates."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from tests.clients.context import Context
from tests.clients.installed import from_pypi
from tests.clients.login_hosts import proxy
from tests.clients.scripts_in_python import environment_through

NAME, RELEASE = "tap-salesforce", "2.8.1"
STREAMS = ("Account", "Contact", "Lead")
PATIENCE_S = 300


def run(context: Context) -> None:
    """Discover and extract, by both ways."""
    programs = from_pypi(NAME, [f"{NAME}=={RELEASE}"])
    ready, folder = context.ready, context.folder
    config, catalog = folder / "config.json", folder / "catalog.json"
    given: dict[str, Any] = {name: ready[name] for name in ("refresh_token", "client_id", "client_secret")}
    expected = {name: ready["expected"][name]["total"] for name in ("Contact", "Lead")}
    with proxy(ready["salesforce_https_url"]) as through:
        environment = environment_through(through, context)

        def tap(*arguments: str) -> str:
            command = [str(programs / "tap-salesforce"), "--config", str(config), *arguments]
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
            )
            assert done.returncode == 0, done.stderr[-500:]
            return done.stdout

        for way in ("REST", "BULK"):
            with context.steps.step(NAME, RELEASE, f"discover, {way}") as one:
                # The tap writes the newest refresh token back.
                before = json.loads(config.read_text(encoding="utf-8")) if config.exists() else given
                settings = {"start_date": "2000-01-01T00:00:00Z", "api_type": way, "select_fields_by_default": True}
                config.write_text(json.dumps({**before, **settings}), encoding="utf-8")
                one.records = _choose(tap("--discover"), catalog)
            with context.steps.step(NAME, RELEASE, f"extract, {way}") as one:
                told = [json.loads(line) for line in tap("--properties", str(catalog)).splitlines()]
                found = Counter(each["stream"] for each in told if each["type"] == "RECORD")
                assert {name: found[name] for name in expected} == expected, found
                one.records = found.total()


def _choose(discovered: str, catalog: Path) -> int:
    """Select the streams; return how many there are."""
    told = json.loads(discovered)
    for stream in told["streams"]:
        for each in stream["metadata"]:
            if each["breadcrumb"] == [] and stream["stream"] in STREAMS:
                each["metadata"]["selected"] = True
    catalog.write_text(json.dumps(told), encoding="utf-8")
    return len(told["streams"])
