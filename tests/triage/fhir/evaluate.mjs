// Evaluates FHIRPath expressions over resources, with the fhirpath package: named ones first, in order.
// Usage: node evaluate.mjs FOLDER < {"variables": [[name, expression]], "expressions": [...], "resources": [...]}
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.argv[2]}/`);
const fhirpath = require("fhirpath");
const r4 = require("fhirpath/fhir-context/r4");
const given = JSON.parse(readFileSync(0, "utf-8"));
const compiled = (expression) => fhirpath.compile(expression, r4);
const variables = given.variables.map(([name, expression]) => [name, compiled(expression)]);
const expressions = given.expressions.map(compiled);
const said = (found) => {
  if (found.length !== 1 || typeof found[0] !== "boolean") throw new Error(JSON.stringify(found));
  return found[0];
};
const rows = given.resources.map((resource) => {
  const known = { resource };
  for (const [name, evaluate] of variables) known[name] = evaluate(resource, known);
  return expressions.map((evaluate) => said(evaluate(resource, known)));
});
process.stdout.write(JSON.stringify(rows));
