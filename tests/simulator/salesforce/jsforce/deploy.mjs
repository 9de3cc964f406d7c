// The deployments of jsforce against the simulated Salesforce; prints one JSON object with what they answered.
import jsforce from "jsforce";

const { instanceUrl, accessToken, zip, userId } = JSON.parse(process.env.SMOKE);
const connection = new jsforce.Connection({ instanceUrl, accessToken, version: "68.0" });
const told = {};
const content = Buffer.from(zip, "base64");
connection.metadata.pollInterval = 20;

const overRest = await connection.metadata.deployRest(content, { checkOnly: true, rollbackOnError: true }).complete(true);
told.checked = [overRest.status, overRest.checkOnly, overRest.success, overRest.numberComponentsTotal];
const overSoap = await connection.metadata.deploy(content, { rollbackOnError: true }).complete(true);
told.deployed = [overSoap.status, overSoap.numberComponentsDeployed];
told.created = overSoap.details.componentSuccesses.filter((each) => each.created).map((each) => each.fullName);

const field = await connection.tooling.query("SELECT Id, Metadata FROM CustomField WHERE DeveloperName = 'DI_Ours'");
told.type = field.records[0].Metadata.type;
const found = await connection.query("SELECT Id FROM PermissionSet WHERE Name = 'DI'");
const given = { AssigneeId: userId, PermissionSetId: found.records[0].Id };
told.assigned = (await connection.sobject("PermissionSetAssignment").create(given)).success;
const described = await connection.describe("Contact");
told.seen = described.fields.filter((each) => each.name === "DI_Ours__c").length;

const requests = connection.tooling.sobject("PackageInstallRequest");
const asked = { SubscriberPackageVersionKey: "04tQy0000000101", NameConflictResolution: "Block", SecurityType: "Full" };
const made = await requests.create(asked);
do {
  told.installed = (await requests.retrieve(made.id)).Status;
} while (told.installed === "IN_PROGRESS");

process.stdout.write(JSON.stringify(told));
