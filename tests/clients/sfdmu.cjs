// SFDMU is a plug-in of a program that is no more: it is started as that program did, with the arguments given.
const [modules, ...given] = process.argv.slice(2);
const { Config } = require(`${modules}/@oclif/config`);

(async () => {
  const config = new Config({ root: `${modules}/sfdmu` });
  await config.load();
  await config.runCommand("sfdmu:run", given);
})().catch((problem) => {
  console.error(problem);
  process.exitCode = 1;
});
