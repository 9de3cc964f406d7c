"""The errors of a preparation that no other verb has."""

from __future__ import annotations

from disf_desktop.core.errors import DisfError


class NotAsked(DisfError):
    """What was asked for is not there to be done: a component, a user, a link, or a confirmation that is missing."""

    code = "usage"
    exit_code = 2


class DeployFailed(DisfError):
    """Salesforce refused components of a deploy, which are told one by one; nothing of the deploy is there."""

    code = "deploy"


class StillUnderWay(DisfError):
    """Salesforce takes longer than anybody should wait; the next preparation goes on waiting for the same deploy."""

    code = "under_way"


class PackageRefused(DisfError):
    """The package is not installed; `reason` says why."""

    code = "package"
