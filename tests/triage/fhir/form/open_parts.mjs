// What the gates of our page open for each response, and how long that takes.
// Usage: node open_parts.mjs PARTS < {"questionnaire": {...}, "responses": [...]}
import { readFileSync } from "node:fs";

const part = (name) => readFileSync(`${process.argv[2]}/${name}`, "utf-8");
const Gates = new Function(`"use strict"; ${part("fhirpath.js")} ${part("gates.js")} return Gates;`)();
const given = JSON.parse(readFileSync(0, "utf-8"));
const gates = new Gates(given.questionnaire);

/** The response without the answers that are not open. */
function only(response, { items, closed }) {
  const left = (item) => ({
    ...item,
    ...(item.item ? { item: item.item.filter((one) => items.has(one.linkId)).map(left) } : {}),
    ...(item.answer ? { answer: item.answer.filter((one) => !closed.has(`${item.linkId} ${one.valueCoding?.code}`)) } : {}),
  });
  return left(response);
}

const rows = given.responses.map((response) => {
  const { items, closed } = gates.settle((open) => only(response, open));
  return { shown: [...items], closed: [...closed] };
});
process.stdout.write(JSON.stringify(rows));
