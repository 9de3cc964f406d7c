// The calls of jsforce against the simulated Salesforce; prints one JSON object with what they answered.
import jsforce from "jsforce";

const { instanceUrl, accessToken, username, password, clientId, clientSecret } = JSON.parse(process.env.SMOKE);
const connection = new jsforce.Connection({ instanceUrl, accessToken });
const told = {};

const oauth2 = { loginUrl: instanceUrl, clientId, clientSecret };
const signedIn = new jsforce.Connection({ oauth2 });
await signedIn.loginByOAuth2(username, password);
told.login = signedIn.userInfo;

told.identity = (await connection.identity()).user_id;
told.versions = (await connection.request("/services/data")).map((each) => each.version);
told.objects = (await connection.describeGlobal()).sobjects.map((each) => each.name);
told.fields = (await connection.describe("Contact")).fields.length;

told.query = (await connection.query("SELECT Id, FirstName FROM Contact WHERE FirstName = 'Éloïse'")).records[0].FirstName;
told.pages = 0;
await connection
  .query("SELECT Id FROM Contact")
  .on("record", () => (told.pages += 1))
  .run({ autoFetch: true, maxFetch: 10000 });
told.found = await connection.sobject("Contact").find({ VIP__c: true }, ["Id", "LastName"]).limit(3);

const contact = connection.sobject("Contact");
const made = await contact.create({ LastName: "Gagné", FirstName: "Zoé" });
await contact.update({ Id: made.id, FirstName: "Élodie" });
told.retrieved = (await contact.retrieve(made.id)).Name;
told.upserted = [
  (await contact.upsert({ Legacy_Id__c: "JS/1", LastName: "Un" }, "Legacy_Id__c")).created,
  (await contact.upsert({ Legacy_Id__c: "JS/1", LastName: "Deux" }, "Legacy_Id__c")).created,
];
told.deleted = (await contact.destroy(made.id)).success;

const many = await contact.create([{ LastName: "Trois" }, { FirstName: "sans nom" }]);
told.collection = many.map((each) => each.success || each.errors[0].statusCode);
const keyed = [{ Legacy_Id__c: "L-1", Title: "x" }, { Legacy_Id__c: "JS-2", LastName: "Quatre" }];
told.upsertedMany = (await contact.upsert(keyed, "Legacy_Id__c")).map((each) => each.created);
const known = await contact.retrieve([many[0].id]);
told.retrievedMany = known.map((each) => each.LastName);
told.destroyedMany = (await contact.destroy([many[0].id])).map((each) => each.success);

const now = Date.now();
const updated = await contact.updated(new Date(now - 3600000).toISOString(), new Date(now + 3600000).toISOString());
told.updated = updated.ids.length;
told.gone = (await contact.deleted(new Date(now - 3600000).toISOString(), new Date(now + 3600000).toISOString()))
  .deletedRecords.length;

connection.bulk2.pollInterval = 50;
connection.bulk2.pollTimeout = 20000;
const loaded = await connection.bulk2.loadAndWaitForResults({
  object: "Contact",
  operation: "insert",
  input: [{ LastName: "Vrac" }, { LastName: "x".repeat(81) }],
});
told.bulk = {
  good: loaded.successfulResults.length,
  bad: loaded.failedResults.map((each) => each.sf__Error),
  left: loaded.unprocessedRecords.length,
};
const records = await (await connection.bulk2.query("SELECT LastName FROM Contact WHERE LastName = 'Vrac'")).toArray();
told.bulkQuery = records.map((each) => each.LastName);

told.refusal = await connection.query("SELECT Nope FROM Contact").catch((error) => error.errorCode);
told.usage = connection.limitInfo.apiUsage.limit;
console.log(JSON.stringify(told));
