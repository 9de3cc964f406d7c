"""aiosalesforce, with its own calls: several ways to come in, records, composites, Bulk API 2.0."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from importlib import import_module
from typing import Any

from tests.clients.people import check_equal, people, query
from tests.clients.telling import GIVEN, step

client: Any = import_module("aiosalesforce")
auth: Any = import_module("aiosalesforce.auth")
httpx: Any = import_module("httpx")
AT = "https://example.my.salesforce.com"


async def main() -> None:
    trusted = ssl.create_default_context(cafile=GIVEN["ca_file"])
    who, application = {"username": GIVEN["username"]}, {"client_id": GIVEN["client_id"]}
    ways: dict[str, Callable[[], Any]] = {
        "SOAP": lambda: auth.SoapLogin(**who, password=GIVEN["password"], security_token=""),
        "client credentials": lambda: auth.ClientCredentialsFlow(**application, client_secret=GIVEN["client_secret"]),
        "JWT bearer": lambda: auth.JwtBearerFlow(**who, **application, private_key_file=GIVEN["jwt_key_file"]),
    }
    async with httpx.AsyncClient(verify=trusted, timeout=60) as http:
        for name, way in ways.items():
            with step(f"login: {name}"):
                salesforce = client.Salesforce(http, base_url=AT, auth=way(), version="60.0")
                assert (await salesforce.get_limits())["DailyApiRequests"]["Max"] > 0
        await take(salesforce)


async def take(salesforce: Any) -> None:
    with step("create, get, update, upsert, delete"):
        made = await salesforce.sobject.create("Contact", {"LastName": "Gagné"})
        await salesforce.sobject.update("Contact", made, {"FirstName": "Zoé"})
        assert (await salesforce.sobject.get("Contact", made))["Name"] == "Zoé Gagné"
        told = await salesforce.sobject.upsert("Contact", "aio", "Legacy_Id__c", {"LastName": "Un"})
        assert told.created
        await salesforce.sobject.delete("Contact", made)
    with step("composite, batch"):
        async with salesforce.composite(all_or_none=True) as composite:
            account = composite.sobject.create("Account", {"Name": "Composée"})
            contact = composite.sobject.create("Contact", {"LastName": "C", "AccountId": str(account.reference.id)})
        assert account.is_success
        assert contact.is_success
        async with salesforce.composite.batch(halt_on_error=True) as batch:
            found = batch.query("SELECT Id FROM Contact LIMIT 3")
        assert len(found.records) == 3
    rows = [*people(GIVEN["records"], "AIO")]
    with step("bulk 2.0: upsert") as one:
        result = await salesforce.bulk_v2.upsert("Contact", rows, external_id_field="Legacy_Id__c")
        assert not result.failed_results
        assert not result.unprocessed_records
        one["records"] = len(result.successful_results)
    with step("query through all pages, read back equal") as one:
        one["records"] = check_equal(rows, [record async for record in salesforce.query(query("AIO"))])


asyncio.run(main())
