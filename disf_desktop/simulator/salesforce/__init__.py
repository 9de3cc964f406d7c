"""The simulated Salesforce: an org on SQLite and its OAuth, REST and Bulk API 2.0 service."""

from disf_desktop.simulator.salesforce.app import create_app
from disf_desktop.simulator.salesforce.door import door
from disf_desktop.simulator.salesforce.routes import name_of
from disf_desktop.simulator.salesforce.store import CALLBACKS, Org, OrgCredentials

__all__ = ["CALLBACKS", "Org", "OrgCredentials", "create_app", "door", "name_of"]
