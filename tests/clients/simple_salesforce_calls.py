"""simple-salesforce, with its own calls."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceError,
    SalesforceMalformedRequest,
    SalesforceMoreThanOneRecord,
    SalesforceResourceNotFound,
)
from simple_salesforce.login import SalesforceLogin

from tests.clients.context import Context
from tests.clients.people import FIELDS, check_equal, people, query
from tests.clients.table import Step, refused
from tests.simulator.salesforce.packages_of_metadata import TEXT, package, readable, zipped

NAME = "simple-salesforce"
API = "64.0"
PATIENCE_S = 60


class _LoginHosts(HTTPAdapter):
    """The hosts of Salesforce at which the client logs in are this machine: it knows no others."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        assert request.url is not None
        request.url = self._here + "/" + request.url.split("/", 3)[3]
        return super().send(request, *args, **kwargs)


def run(context: Context) -> None:
    """Take all steps."""
    ready, release = context.ready, version("simple-salesforce")
    here = ready["salesforce_https_url"]

    @contextmanager
    def step(name: str) -> Iterator[Step]:
        with context.steps.step(NAME, release, name) as one:
            yield one

    with requests.Session() as session:
        session.verify = ready["ca_file"]
        session.trust_env = False
        session.mount("https://login.salesforce.com/", _LoginHosts(here))
        client: Any = Salesforce(
            instance_url=here, session_id=ready["access_token"], version=API, session=session, parse_float=float
        )
        _log_in(step, session, ready)
        _read(step, client)
        _write(step, client)
        _many(step, client, context.records)
        _bulk(step, client, context.records, context.folder)
        _metadata(step, client)


Take = Callable[[str], Any]


def _log_in(step: Take, session: requests.Session, ready: dict[str, Any]) -> None:
    who = {"username": ready["username"], "password": ready["password"]}
    oauth = {"consumer_key": ready["client_id"], "consumer_secret": ready["client_secret"]}
    with step("login: SOAP, password and token"):
        client = Salesforce(**who, security_token="", session=session, version=API)
        assert client.query("SELECT Id FROM Organization")["totalSize"] == 1
    with step("login: SOAP, trusted network"):
        assert SalesforceLogin(**who, session=session, sf_version=API)[0]
    with step("login: SOAP, refused"):
        wrong = {**who, "password": "wrong", "security_token": "", "session": session, "sf_version": API}
        refusal = refused(SalesforceAuthenticationFailed, lambda: SalesforceLogin(**wrong))
        assert refusal.code == "INVALID_LOGIN", refusal.code
    with step("login: OAuth, password"):
        assert SalesforceLogin(**who, **oauth, session=session)[0]

    with step("login: JWT bearer"):
        signed = {"consumer_key": ready["client_id"], "privatekey_file": ready["jwt_key_file"]}
        assert SalesforceLogin(username=ready["username"], **signed, session=session)[0]
    with step("login: client credentials"):
        # This one does not go through the hosts that all orgs share.
        session.mount("https://example.my.salesforce.com/", _LoginHosts(ready["salesforce_https_url"]))
        assert SalesforceLogin(**oauth, domain="example.my", session=session)[0]


def _read(step: Take, client: Any) -> None:
    with step("describe, limits, metadata"):
        names = [each["name"] for each in client.describe()["sobjects"]]
        assert {"Account", "Contact", "Lead"} <= set(names)
        assert client.Contact.metadata()["objectDescribe"]["name"] == "Contact"
        assert client.limits()["DailyApiRequests"]["Max"] > 0
        assert client.api_usage["api-usage"].total > 0
    with step("describe of every object") as one:
        names = [each["name"] for each in client.describe()["sobjects"]]
        for name in names:
            assert getattr(client, name).describe()["name"] == name
        one.records = len(names)
    with step("query, relationships, aggregates"):
        found = client.query("SELECT Id, Account.Name, (SELECT Id FROM Cases) FROM Contact LIMIT 5")
        assert found["totalSize"] == 5
        counted = client.query("SELECT Language__c l, COUNT(Id) n FROM Contact GROUP BY Language__c")
        assert counted["records"][0]["attributes"]["type"] == "AggregateResult"
        assert client.query("SELECT COUNT() FROM Contact")["totalSize"] > 0
    with step("refusals: unknown field, malformed id, unknown object"):
        _refused("INVALID_FIELD", lambda: client.query("SELECT Nope FROM Contact"))
        _refused("MALFORMED_QUERY", lambda: client.query("SELECT FROM"))
        _refused("NOT_FOUND", lambda: client.Contact.update("nonsense", {"LastName": "x"}))
        _refused("NOT_FOUND", lambda: client.Nope.describe())
        _refused("NOT_FOUND", lambda: client.apexecute("Nothing", method="GET"))
        _refused("NOT_FOUND", lambda: client.restful("nothing"))
    with step("search, quick_search"):
        found = client.search("FIND {Allard*} IN NAME FIELDS RETURNING Contact(Id, Name ORDER BY Name LIMIT 3), Lead")
        assert all("Allard" in each.get("Name", "Allard") for each in found["searchRecords"])
        assert found["searchRecords"]
        assert client.quick_search("Allard")["searchRecords"]
        _refused("MALFORMED_SEARCH", lambda: client.search("FIND nothing"))
    with step("identity"):
        assert client.oauth2("userinfo")["organization_id"]


def _refused(code: str, act: Callable[[], Any], kind: type[SalesforceError] = SalesforceError) -> None:
    told: Any = refused(kind, act).content
    assert told[0]["errorCode"] == code, told


def _write(step: Take, client: Any) -> None:
    with step("create, get, update, delete"):
        made = client.Contact.create({"LastName": "Gagné", "FirstName": "Zoé"})
        assert made["success"] is True
        assert client.Contact.update(made["id"], {"FirstName": "Élodie"}) == 204
        assert client.Contact.get(made["id"])["Name"] == "Élodie Gagné"
        assert client.Contact.delete(made["id"]) == 204
        _refused("ENTITY_IS_DELETED", lambda: client.Contact.get(made["id"]), SalesforceResourceNotFound)
    with step("upsert, get by external id"):
        assert client.Contact.upsert("Legacy_Id__c/one", {"LastName": "Un"}) == 201
        assert client.Contact.upsert("Legacy_Id__c/one", {"LastName": "Deux"}) in (200, 204)
        assert client.Contact.get_by_custom_id("Legacy_Id__c", "one")["LastName"] == "Deux"
    with step("several matches of a key are 300"):
        for _ in range(2):
            client.Contact.create({"LastName": "Double", "Email": "double@example.org"})
        upsert = partial(client.Contact.upsert, "Email/double@example.org", {"LastName": "x"})
        assert len(refused(SalesforceMoreThanOneRecord, upsert).content) == 2
    with step("refusals: required, too long, restricted"):
        for values, code in (
            ({"FirstName": "x"}, "REQUIRED_FIELD_MISSING"),
            ({"LastName": "x" * 81}, "STRING_TOO_LONG"),
            ({"LastName": "x", "Language__c": "xx"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
            ({"LastName": "x", "Nope__c": 1}, "INVALID_FIELD"),
            ({"LastName": "x", "Email": "nobody"}, "INVALID_EMAIL_ADDRESS"),
        ):
            _refused(code, partial(client.Contact.create, values), SalesforceMalformedRequest)
    with step("updated and deleted"):
        now = datetime.now(UTC)
        assert client.Contact.updated(now - timedelta(hours=1), now + timedelta(minutes=1))["ids"]
        assert client.Contact.deleted(now - timedelta(hours=1), now + timedelta(minutes=1))["deletedRecords"]


def _many(step: Take, client: Any, count: int) -> None:
    with step("collections, through restful") as one:
        rows = [*people(min(count, 2_000), "SSC")]
        for start in range(0, len(rows), 200):
            records = [{"attributes": {"type": "Contact"}, **each} for each in rows[start : start + 200]]
            body = {"allOrNone": False, "records": records}
            results = client.restful("composite/sobjects/Contact/Legacy_Id__c", method="PATCH", json=body)
            assert all(each["success"] for each in results)
        one.records = len(rows)
    with step("query_all") as one:
        one.records = check_equal(rows, client.query_all(query("SSC"))["records"])
    with step("query_more, query_all_iter") as one:
        page = client.query("SELECT Id FROM Contact")
        seen = len(page["records"])
        while not page["done"]:
            page = client.query_more(page["nextRecordsUrl"], identifier_is_url=True)
            seen += len(page["records"])
        assert seen == page["totalSize"] == sum(1 for _ in client.query_all_iter("SELECT Id FROM Contact"))
        one.records = seen


def _bulk(step: Take, client: Any, count: int, folder: Path) -> None:
    rows = [*people(count, "SS2")]
    with step("bulk 2.0: upsert") as one:
        [told] = client.bulk2.Contact.upsert(records=rows, external_id_field="Legacy_Id__c", wait=0.5)
        assert (told["numberRecordsProcessed"], told["numberRecordsFailed"]) == (count, 0), told
        one.records = count
    with step("bulk 2.0: query read back equal") as one:
        found: list[dict[str, Any]] = []
        for page in client.bulk2.Contact.query(query("SS2")):
            found += csv.DictReader(io.StringIO(page, newline=""))
        one.records = check_equal(rows, found)
    with step("bulk 2.0: failed records, delete") as one:
        bad = [{"LastName": "x" * 81}, {"LastName": "Good"}]
        [told] = client.bulk2.Contact.insert(records=bad, wait=0.5)
        failed = client.bulk2.Contact.get_failed_records(told["job_id"])
        assert "STRING_TOO_LONG" in failed, failed
        found = client.query_all("SELECT Id FROM Contact WHERE LastName = 'Good'")["records"]
        ids = [{"Id": each["Id"]} for each in found]
        [told] = client.bulk2.Contact.delete(records=ids, wait=0.5)
        assert told["numberRecordsFailed"] == 0
        one.records = len(ids)
    rows = [*people(count, "SS1")]
    with step("bulk 1.0: insert and upsert") as one:
        half = count // 2
        results = client.bulk.Contact.insert(rows[:half], batch_size=10_000)
        assert all(each["success"] and each["created"] for each in results)
        again = client.bulk.Contact.upsert(rows, "Legacy_Id__c", batch_size=10_000)
        assert [each["created"] for each in again] == [False] * half + [True] * (count - half)
        one.records = half + count
    with step("bulk 1.0: query read back equal") as one:
        one.records = check_equal(rows, client.bulk.Contact.query(query("SS1")))
    with step("bulk 1.0: query lazily, update, refusals, delete") as one:
        pages = client.bulk.Contact.query(query("SS1").replace(FIELDS[0], f"Id, {FIELDS[0]}", 1), lazy_operation=True)
        ids = [each["Id"] for page in pages for each in page]
        assert len(ids) == count
        told = client.bulk.Contact.update([{"Id": each, "Title": "Changed"} for each in ids[:500]], batch_size=200)
        assert all(each["success"] for each in told)
        told = client.bulk.Contact.insert([{"FirstName": "nobody"}, {"LastName": "x" * 81}, {"LastName": "Good"}])
        assert [each["success"] for each in told] == [False, False, True], told
        assert told[0]["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING", told[0]
        told = client.bulk.Contact.delete([{"Id": each} for each in ids[:500]])
        assert all(each["success"] for each in told)
        one.records = count


def _metadata(step: Take, client: Any) -> None:
    with step("deploy and checkDeployStatus (SOAP)"):
        files = package({"Contact.SS_Field__c": TEXT}, {"SS": readable("Contact.SS_Field__c")})
        begun = client.deploy(io.BytesIO(zipped(files)), sandbox=False)
        until = time.monotonic() + PATIENCE_S
        while (told := client.checkDeployStatus(begun["asyncId"]))["state"] in ("Pending", "InProgress"):
            assert time.monotonic() < until
            time.sleep(0.05)
        assert told["state"] == "Succeeded", told
    with step("mdapi: describe, list, read, create, update, upsert, delete"):
        # It makes a session of its own, which knows neither the authority of the simulator nor our settings.
        client.mdapi._client.transport.session = client.session
        described = client.mdapi.describe_metadata()
        assert "CustomObject" in [each["xmlName"] for each in described["metadataObjects"]]
        queries = [client.mdapi.ListMetadataQuery(type="PermissionSet")]
        assert "SS" in [each["fullName"] for each in client.mdapi.list_metadata(queries)]
        fields = client.mdapi.CustomField
        assert fields.read("Contact.SS_Field__c")["fullName"] == "Contact.SS_Field__c"
        made = client.mdapi.CustomField(fullName="Contact.SS_Made__c", label="Made", type="Text", length=40)
        fields.create([made])
        made.length = 50
        fields.update([made])
        assert fields.read("Contact.SS_Made__c")["length"] == 50
        fields.upsert([made])
        fields.delete("Contact.SS_Made__c")
        assert "SS_Made__c" in str(refused(Exception, lambda: fields.delete("Contact.SS_Made__c")))
    with step("retrieve: start, status, zip"):
        asynchronous, state = client.mdapi.retrieve(
            "r", unpackaged={"PermissionSet": ["SS"], "CustomObject": ["Contact"]}
        )
        state, error, messages = client.mdapi.check_retrieve_status(asynchronous)
        assert (state, error, messages) == ("Succeeded", None, []), (state, error, messages)
        state, error, messages, content = client.mdapi.retrieve_zip(asynchronous)
        held = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert "unpackaged/permissionsets/SS.permissionset" in held, held
    with step("Tooling query"):
        told = client.toolingexecute("query?q=SELECT+Id+FROM+CustomField+WHERE+DeveloperName='SS_Field'")
        assert told["size"] == 1
