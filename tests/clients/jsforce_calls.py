"""jsforce, by the script beside this file."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.clients.context import Context
from tests.clients.installed import from_npm
from tests.clients.table import OK, Step

NAME = "jsforce"
SCRIPT = Path(__file__).with_name("jsforce.mjs")
PATIENCE_S = 600


def run(context: Context) -> None:
    """Let the script take all steps."""
    modules, node = from_npm()
    release = json.loads((modules / "jsforce" / "package.json").read_text(encoding="utf-8"))["version"]
    given = {**context.ready, "records": context.records, "modules": str(modules)}
    environment = {**os.environ, "GIVEN": json.dumps(given), "NODE_EXTRA_CA_CERTS": context.ready["ca_file"]}
    environment |= {"NO_PROXY": "localhost,127.0.0.1"}
    scripted(context, NAME, release, [str(node), str(SCRIPT)], environment)


def scripted(context: Context, client: str, release: str, command: list[str], environment: Mapping[str, str]) -> None:
    """Run a program that tells each step in a line of JSON: `step`, `seconds`; `reason` and `records` as they apply."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=context.folder, env=environment
    ) as process:
        try:
            out, errors = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            out, errors = process.communicate()
            errors += f"did not end within {PATIENCE_S} s"
    for line in out.splitlines():
        if line.startswith("{"):
            told: dict[str, Any] = json.loads(line)
            result = told.get("reason", OK)
            context.steps.add(Step(client, release, told["step"], result, told.get("records"), told["seconds"]))
    if process.returncode:
        context.steps.add(Step(client, release, "the script ends well", errors.strip() or str(process.returncode)))
