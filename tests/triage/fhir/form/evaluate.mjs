// Evaluates FHIRPath expressions over resources: named ones first, in order.
// Usage: node evaluate.mjs ENGINE < {"variables": [[name, expression]], "expressions": [...], "resources": [...]}
// ENGINE is a folder with the fhirpath package, or the file of our own engine.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const engine = process.argv[2];
const given = JSON.parse(readFileSync(0, "utf-8"));

function strangers() {
  const require = createRequire(`${engine}/`);
  const fhirpath = require("fhirpath");
  const r4 = require("fhirpath/fhir-context/r4");
  return (expression) => fhirpath.compile(expression, r4);
}

function ours() {
  const compile = new Function(`${readFileSync(engine, "utf-8")}; return compileFhirPath;`)();
  return (expression) => {
    const evaluate = compile(expression);
    return (resource, known) => evaluate({ resource, named: (name) => known[name], self: [resource] });
  };
}

const compiled = engine.endsWith(".js") ? ours() : strangers();
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
