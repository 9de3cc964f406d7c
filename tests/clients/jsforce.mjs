// The calls of jsforce; tells each step in a line of JSON.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";

const given = JSON.parse(process.env.GIVEN);
const jsforce = createRequire(`${given.modules}/`)("jsforce");
const FIELDS = ["Legacy_Id__c", "FirstName", "LastName", "Email", "Title", "Description"];
const CALLBACK = "http://localhost:17177/OauthRedirect";
const at = given.salesforce_url;
const oauth2 = { clientId: given.client_id, clientSecret: given.client_secret, redirectUri: CALLBACK };

async function step(name, act) {
  const began = performance.now();
  const told = { step: name };
  try {
    told.records = await act();
  } catch (problem) {
    told.reason = `${problem.errorCode ?? problem.name}: ${problem.message}`;
  }
  told.seconds = (performance.now() - began) / 1000;
  console.log(JSON.stringify(told));
}

function* people(count, mark) {
  for (let number = 0; number < count; number += 1) {
    yield {
      Legacy_Id__c: `${mark}-${String(number).padStart(6, "0")}`,
      FirstName: ["Zoé", "Éloïse", "O'Neil", "李"][number % 4],
      LastName: `Lévesque ${number}`,
      Email: `${mark.toLowerCase()}${number}@example.org`,
      Title: ['La "grande" patronne', "Achats, ventes", "R&D <chef>", "a\\b"][number % 4],
      Description: ["Une ligne", "Deux\nlignes", 'Virgule, guillemet " et\nretour', "Émoji 🎉"][number % 4],
    };
  }
}

function equal(sent, found) {
  const wanted = new Map(sent.map((each) => [each.Legacy_Id__c, each]));
  assert.equal(found.length, wanted.size);
  for (const record of found) {
    const shown = Object.fromEntries(FIELDS.map((name) => [name, record[name]]));
    assert.deepEqual(shown, wanted.get(record.Legacy_Id__c));
    wanted.delete(record.Legacy_Id__c);
  }
  return found.length;
}

const soql = (mark) => `SELECT ${FIELDS.join(", ")} FROM Contact WHERE Legacy_Id__c LIKE '${mark}-%'`;

async function refused(code, act) {
  await assert.rejects(act, (problem) => {
    assert.equal(problem.errorCode ?? problem.name, code, problem.message);
    return true;
  });
}

// Signing in

await step("login: SOAP, its default version", async () => {
  const connection = new jsforce.Connection({ loginUrl: at });
  const who = await connection.login(given.username, given.password);
  assert.ok(who.id.startsWith("005") && who.organizationId.startsWith("00D"));
  assert.equal(connection.instanceUrl, at);
  assert.equal((await connection.query("SELECT Id FROM Organization")).totalSize, 1);
  const { accessToken, instanceUrl } = connection;
  await connection.logout();
  const later = new jsforce.Connection({ accessToken, instanceUrl });
  await refused("INVALID_SESSION_ID", () => later.query("SELECT Id FROM Organization"));
});
await step("login: SOAP, refused", () =>
  assert.rejects(new jsforce.Connection({ loginUrl: at }).login(given.username, "wrong"), /^Error: INVALID_LOGIN: /),
);
await step("login: SOAP over https", async () => {
  const connection = new jsforce.Connection({ loginUrl: given.salesforce_https_url });
  await connection.login(given.username, given.password);
  assert.equal(connection.instanceUrl, given.salesforce_https_url);
  assert.ok((await connection.identity()).user_id);
});
await step("login: OAuth, password", async () => {
  const connection = new jsforce.Connection({ oauth2: { loginUrl: at, ...oauth2 } });
  await connection.loginByOAuth2(given.username, given.password);
  assert.ok((await connection.identity()).user_id);
  await connection.logout();
});
await step("refresh of an expired token", async () => {
  // Through a code, for a refresh token of our own: what the sign-in page asks is answered as a browser would.
  const flow = new jsforce.OAuth2({ loginUrl: at, ...oauth2, useVerifier: true });
  const form = async (values) =>
    fetch(`${at}/services/oauth2/authorize`, { method: "POST", body: new URLSearchParams(values), redirect: "manual" });
  const opened = await (await fetch(flow.getAuthorizationUrl({ scope: "api refresh_token", state: "s" }))).text();
  const page = /name="page" value="([^"]+)"/.exec(opened)[1];
  await form({ page, username: given.username, password: given.password });
  const back = new URL((await form({ page, answer: "allow" })).headers.get("location"));
  assert.equal(back.searchParams.get("state"), "s");
  const first = new jsforce.Connection({ oauth2: flow });
  await first.authorize(back.searchParams.get("code"));
  const later = new jsforce.Connection({
    oauth2: flow,
    instanceUrl: at,
    accessToken: "00DQy0000000001!expired",
    refreshToken: first.refreshToken,
  });
  assert.equal((await later.query("SELECT Id FROM Organization")).totalSize, 1);
  await later.logout();
});
await step("refresh of a revoked token, refused", async () => {
  const connection = new jsforce.Connection({
    oauth2: { loginUrl: at, ...oauth2 },
    instanceUrl: at,
    accessToken: "00DQy0000000001!expired",
    refreshToken: "5Aep861nobody",
  });
  await assert.rejects(connection.query("SELECT Id FROM Organization"), /expired access\/refresh token/);
});

// Looking

const connection = new jsforce.Connection({ instanceUrl: at, accessToken: given.access_token, version: "68.0" });
const contact = connection.sobject("Contact");

await step("versions, resources, limits, identity", async () => {
  assert.ok((await connection.request("/services/data")).length >= 5);
  assert.ok((await connection.request("/services/data/v50.0/")).sobjects);
  assert.ok((await connection.limits()).DailyApiRequests.Max > 0);
  assert.ok(connection.limitInfo.apiUsage.limit > 0);
  assert.ok((await connection.identity()).urls);
});
await step("describe of every object", async () => {
  const all = (await connection.describeGlobal()).sobjects;
  for (const { name } of all) {
    const told = await connection.describe(name);
    assert.ok(told.fields.length > 1 && told.urls.sobject, name);
  }
  return all.length;
});
await step("query with relationships up and down", async () => {
  const told = await connection.query("SELECT Id, Name, Account.Name, (SELECT Id FROM Cases) FROM Contact LIMIT 5");
  assert.equal(told.records.length, 5);
});
await step("query builder: find, select, include", async () => {
  const found = await contact
    .find({ LastName: { $like: "%" }, VIP__c: true }, "Id, Name, CreatedDate")
    .sort({ CreatedDate: -1, Id: 1 })
    .limit(5)
    .skip(1);
  assert.equal(found.length, 5);
  const several = await connection.sobject("Account").select("Id, Name").include("Contacts").select("Id").end().limit(3);
  assert.equal(several.length, 3);
  assert.ok((await contact.count({ VIP__c: true })) > 0);
  return found.length;
});
await step("search", async () => {
  const told = await connection.search("FIND {Allard OR Turgeon} RETURNING Contact(Id, LastName), Lead(Id)");
  assert.ok(told.searchRecords.length > 0);
  return told.searchRecords.length;
});
await step("refusals: unknown field, type, malformed query, id", async () => {
  await refused("INVALID_FIELD", () => connection.query("SELECT Nope FROM Contact"));
  await refused("INVALID_TYPE", () => connection.query("SELECT Id FROM Nope"));
  await refused("MALFORMED_QUERY", () => connection.query("SELECT FROM"));
  await refused("NOT_FOUND", () => connection.describe("Nope"));
  await refused("NOT_FOUND", () => contact.retrieve("003000000000000AAA"));
});
await step("recently viewed", async () => {
  const made = await contact.create({ LastName: "Vue" }, { headers: { "Sforce-Mru": "updateMru=true" } });
  assert.equal((await contact.recent())[0].Id, made.id);
  assert.equal((await connection.recent())[0].Id, made.id);
});

// Writing

await step("create, retrieve, update, upsert, delete of one", async () => {
  const made = await contact.create({ LastName: "Gagné", FirstName: "Zoé" });
  assert.ok(made.success);
  await contact.update({ Id: made.id, FirstName: "Élodie" });
  assert.equal((await contact.retrieve(made.id)).Name, "Élodie Gagné");
  assert.equal((await contact.upsert({ Legacy_Id__c: "js one", LastName: "Un" }, "Legacy_Id__c")).created, true);
  assert.equal((await contact.upsert({ Legacy_Id__c: "js one", LastName: "Deux" }, "Legacy_Id__c")).created, false);
  assert.ok((await contact.destroy(made.id)).success);
  await refused("ENTITY_IS_DELETED", () => contact.retrieve(made.id));
  await refused("REQUIRED_FIELD_MISSING", () => contact.create({ FirstName: "nobody" }));
});
await step("create, retrieve, update, upsert, delete of many", async () => {
  const many = await contact.create([...people(450, "JSC")], { allowRecursive: true });
  assert.ok(many.every((each) => each.success));
  const ids = many.map((each) => each.id);
  assert.equal((await contact.retrieve(ids.slice(0, 300))).length, 300);
  const told = await contact.update(ids.slice(0, 200).map((Id) => ({ Id, Title: "x" })));
  assert.ok(told.every((each) => each.success));
  const again = await contact.upsert([...people(200, "JSC")], "Legacy_Id__c");
  assert.ok(again.every((each) => each.success && !each.created));
  const mixed = await contact.create([{ LastName: "Trois" }, { FirstName: "sans nom" }]);
  assert.deepEqual(mixed.map((each) => each.success || each.errors[0].statusCode), [true, "REQUIRED_FIELD_MISSING"]);
  const undone = await contact.create([{ LastName: "Quatre" }, { FirstName: "sans nom" }], { allOrNone: true });
  assert.equal(undone[0].errors[0].statusCode, "ALL_OR_NONE_OPERATION_ROLLED_BACK");
  const gone = await contact.destroy(ids, { allowRecursive: true });
  assert.ok(gone.every((each) => each.success));
  return ids.length;
});
await step("updated, deleted", async () => {
  const [from, until] = [new Date(Date.now() - 3600000).toISOString(), new Date(Date.now() + 60000).toISOString()];
  assert.ok((await contact.updated(from, until)).ids.length > 0);
  assert.ok((await contact.deleted(from, until)).deletedRecords.length >= 450);
});
await step("composite, batch, tree, graph", async () => {
  const root = "/services/data/v68.0";
  const told = await connection.requestPost(`${root}/composite`, {
    allOrNone: true,
    compositeRequest: [
      { method: "POST", url: `${root}/sobjects/Account`, referenceId: "a", body: { Name: "Composée" } },
      { method: "POST", url: `${root}/sobjects/Contact`, referenceId: "c", body: { LastName: "C", AccountId: "@{a.id}" } },
      { method: "GET", url: `${root}/sobjects/Account/@{a.id}?fields=Name`, referenceId: "r" },
    ],
  });
  assert.deepEqual(told.compositeResponse.map((each) => each.httpStatusCode), [201, 201, 200]);
  assert.equal(told.compositeResponse[2].body.Name, "Composée");
  const batch = await connection.requestPost(`${root}/composite/batch`, {
    batchRequests: [{ method: "GET", url: "v68.0/limits" }, { method: "GET", url: "v68.0/query?q=SELECT+Id+FROM+Nope" }],
  });
  assert.deepEqual([batch.hasErrors, ...batch.results.map((each) => each.statusCode)], [true, 200, 400]);
  const contacts = { records: [{ attributes: { type: "Contact", referenceId: "t2" }, LastName: "Feuille" }] };
  const tree = await connection.requestPost(`${root}/composite/tree/Account`, {
    records: [{ attributes: { type: "Account", referenceId: "t1" }, Name: "Arbre", Contacts: contacts }],
  });
  assert.deepEqual([tree.hasErrors, tree.results.map((each) => each.referenceId)], [false, ["t1", "t2"]]);
  const graph = await connection.requestPost(`${root}/composite/graph`, {
    graphs: [
      {
        graphId: "g1",
        compositeRequest: [
          { method: "POST", url: `${root}/sobjects/Account`, referenceId: "a", body: { Name: "Graphe" } },
          { method: "POST", url: `${root}/sobjects/Contact`, referenceId: "c", body: { LastName: "G", AccountId: "@{a.id}" } },
        ],
      },
      {
        graphId: "g2",
        compositeRequest: [
          { method: "POST", url: `${root}/sobjects/Account`, referenceId: "a", body: { Name: "Perdue" } },
          { method: "POST", url: `${root}/sobjects/Contact`, referenceId: "c", body: { FirstName: "sans nom" } },
        ],
      },
    ],
  });
  assert.deepEqual(graph.graphs.map((each) => each.isSuccessful), [true, false]);
  assert.equal((await connection.query("SELECT Id FROM Account WHERE Name = 'Perdue'")).totalSize, 0);
});

// In bulk

const count = given.records;
const second = [...people(count, "JS2")];
connection.bulk2.pollInterval = 100;
connection.bulk2.pollTimeout = 120000;
await step("bulk 2.0: upsert", async () => {
  const told = await connection.bulk2.loadAndWaitForResults({
    object: "Contact",
    operation: "upsert",
    externalIdFieldName: "Legacy_Id__c",
    input: second,
  });
  assert.deepEqual([told.failedResults.length, told.unprocessedRecords.length], [0, 0]);
  return told.successfulResults.length;
});
await step("bulk 2.0: query read back equal", async () =>
  equal(second, await (await connection.bulk2.query(soql("JS2"))).toArray()),
);
await step("query through all pages, read back equal", async () => {
  const found = [];
  await connection
    .query(soql("JS2"))
    .on("record", (record) => found.push(record))
    .run({ autoFetch: true, maxFetch: count + 1 });
  return equal(second, found);
});
await step("bulk 2.0: refusals, abort, jobs", async () => {
  const input = [{ LastName: "Vrac" }, { LastName: "x".repeat(81) }];
  const told = await connection.bulk2.loadAndWaitForResults({ object: "Contact", operation: "insert", input });
  assert.ok(told.failedResults[0].sf__Error.startsWith("STRING_TOO_LONG:"));
  const job = connection.bulk2.createJob({ object: "Contact", operation: "insert" });
  await job.open();
  await job.abort();
  assert.equal((await job.check()).state, "Aborted");
  await job.delete();
});
const first = [...people(count, "JS1")];
connection.bulk.pollInterval = 100;
connection.bulk.pollTimeout = 120000;
await step("bulk 1.0: insert, upsert", async () => {
  const half = Math.floor(count / 2);
  const batches = [first.slice(0, half), first];
  const told = await connection.bulk.load("Contact", "insert", batches[0].slice(0, 10000));
  assert.ok(told.every((each) => each.success && each.id.startsWith("003")));
  const job = connection.bulk.createJob("Contact", "upsert", { extIdField: "Legacy_Id__c", concurrencyMode: "Serial" });
  let sent = 0;
  for (let start = 0; start < count; start += 10000) {
    const batch = job.createBatch();
    const ended = new Promise((resolve, reject) => batch.on("response", resolve).on("error", reject));
    batch.on("queue", () => batch.poll(100, 120000));
    batch.execute(first.slice(start, start + 10000));
    const results = await ended;
    assert.ok(results.every((each) => each.success));
    sent += results.length;
  }
  assert.equal((await job.close()).state, "Closed");
  return sent;
});
await step("bulk 1.0: query read back equal", async () =>
  equal(first, await (await connection.bulk.query(soql("JS1"))).toArray()),
);
await step("bulk 1.0: refusals, delete", async () => {
  const told = await connection.bulk.load("Contact", "insert", [{ LastName: "x".repeat(81) }, { LastName: "Vrac" }]);
  assert.deepEqual(told.map((each) => each.success), [false, true]);
  assert.ok(told[0].errors[0].startsWith("STRING_TOO_LONG:"), told[0].errors[0]);
  const left = await contact.find({ LastName: "Vrac" }, "Id");
  const gone = await connection.bulk.load("Contact", "delete", left);
  assert.ok(gone.length > 0 && gone.every((each) => each.success));
  await refused("InvalidEntity", () => connection.bulk.createJob("Nope", "insert").open());
});

// Metadata

connection.metadata.pollInterval = 50;
const field = { fullName: "Contact.JS_Ours__c", label: "Ours", type: "Text", length: 40, externalId: true };
await step("metadata: describe, list, read", async () => {
  const told = await connection.metadata.describe("68.0");
  assert.ok(told.metadataObjects.some((each) => each.xmlName === "CustomObject"));
  const listed = await connection.metadata.list([{ type: "CustomObject" }], "68.0");
  assert.ok(listed.some((each) => each.fullName === "Contact"));
  const read = await connection.metadata.read("CustomField", "Contact.Legacy_Id__c");
  assert.equal(read.fullName, "Contact.Legacy_Id__c");
});
await step("metadata: create, update, delete", async () => {
  assert.equal((await connection.metadata.create("CustomField", field)).success, true);
  assert.equal((await connection.metadata.update("CustomField", { ...field, length: 60 })).success, true);
  assert.equal((await connection.metadata.read("CustomField", "Contact.JS_Ours__c")).length, 60);
  assert.equal((await connection.metadata.upsert("CustomField", { ...field, length: 70 })).created, false);
  assert.equal((await connection.metadata.delete("CustomField", "Contact.JS_Ours__c")).success, true);
});
await step("tooling: query, describe", async () => {
  assert.ok((await connection.tooling.query("SELECT Id, DeveloperName FROM CustomField")).totalSize > 0);
  assert.ok((await connection.tooling.describeGlobal()).sobjects.length > 0);
  assert.ok((await connection.tooling.describe("CustomField")).fields.length > 0);
});
await step("Apex that is not there", () => refused("NOT_FOUND", () => connection.apex.get("/Nothing")));
