// Which parts of the Questionnaire are open for the answers given so far.

const MOST_ROUNDS = 60;

/** The extensions of a part with this address, or with one that ends so. */
function extensions(part, ending) {
  return (part.extension ?? []).filter((one) => one.url.endsWith(ending));
}

/** Every item of a Questionnaire or response, those nested in others too, after the one that holds it. */
function* itemsOf(part, holder = null) {
  for (const item of part.item ?? []) {
    yield [item, holder];
    yield* itemsOf(item, item);
    for (const answer of item.answer ?? []) yield* itemsOf(answer, item);
  }
}

/** How an option is named among what is open or closed. */
function optionKey(linkId, code) {
  return `${linkId} ${code}`;
}

class Gates {
  constructor(questionnaire) {
    this.variables = new Map(
      extensions(questionnaire, "/variable").map((one) => [one.valueExpression.name, compiled(one)]),
    );
    this.parts = [...itemsOf(questionnaire)].map(([item, holder]) => ({
      linkId: item.linkId,
      holder: holder?.linkId,
      open: gateOf(item),
    }));
    this.lines = [...itemsOf(questionnaire)].flatMap(([item]) =>
      extensions(item, "answerOptionsToggleExpression").map((toggle) => ({
        keys: extensions(toggle, "option").map((one) => optionKey(item.linkId, one.valueCoding.code)),
        open: expressed(extensions(toggle, "expression")[0]),
      })),
    );
  }

  /** What is open for a response: {items: link ids, closed: keys of options}. */
  open(response) {
    const found = new Map();
    const known = {
      resource: response,
      self: [response],
      named: (name) => {
        if (!this.variables.has(name)) throw new Error(`there is no variable ${name}`);
        if (!found.has(name)) found.set(name, this.variables.get(name)(known));
        return found.get(name);
      },
      answers: new Map(),
    };
    for (const [item] of itemsOf(response)) {
      known.answers.set(item.linkId, [...(known.answers.get(item.linkId) ?? []), ...(item.answer ?? [])]);
    }
    const items = new Set();
    for (const part of this.parts) {
      if ((part.holder === undefined || items.has(part.holder)) && part.open(known)) items.add(part.linkId);
    }
    const closed = new Set(this.lines.filter((line) => !line.open(known)).flatMap((line) => line.keys));
    return { items, closed };
  }

  /**
   * What is open when only the answers in open parts count. `respond` makes a response of those.
   * Answers open parts, whose answers open others; a part that is closed takes its answers with it.
   */
  settle(respond) {
    let now = { items: new Set(), closed: new Set() };
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const next = this.open(respond(now));
      if (same(now.items, next.items) && same(now.closed, next.closed)) return next;
      now = next;
    }
    throw new Error("the questions open each other without end");
  }
}

function same(one, other) {
  return one.size === other.size && [...one].every((each) => other.has(each));
}

/** A function that says of what is known whether the item is open. */
function gateOf(item) {
  const [extension] = extensions(item, "enableWhenExpression");
  if (extension) return expressed(extension);
  const comparisons = (item.enableWhen ?? []).map(comparison);
  if (!comparisons.length) return () => true;
  return item.enableBehavior === "all"
    ? (known) => comparisons.every((one) => one(known))
    : (known) => comparisons.some((one) => one(known));
}

function compiled({ valueExpression: { language, expression } }) {
  if (language !== "text/fhirpath") throw new Error(`the language ${language} is not understood`);
  return compileFhirPath(expression);
}

function expressed(extension) {
  const evaluate = compiled(extension);
  return (known) => {
    const said = evaluate(known);
    if (said.length !== 1 || typeof said[0] !== "boolean") {
      throw new Error(`a gate says neither yes nor no: ${extension.valueExpression.expression.slice(0, 80)}`);
    }
    return said[0];
  };
}

function comparison(one) {
  const answersOf = (known) => known.answers.get(one.question) ?? [];
  if (one.operator === "exists") return (known) => answersOf(known).length > 0 === one.answerBoolean;
  const holds = COMPARED[one.operator];
  if (!holds) throw new Error(`the operator ${one.operator} is not understood`);
  if (one.answerCoding) {
    const { system, code } = one.answerCoding;
    if (one.operator !== "=") throw new Error("codes are only equal or not");
    return (known) =>
      answersOf(known).some(({ valueCoding: said }) => said && said.system === system && said.code === code);
  }
  const number = one.answerInteger ?? one.answerDecimal;
  if (number === undefined) throw new Error("only codes and numbers are compared");
  return (known) =>
    answersOf(known).some((answer) => {
      const said = answer.valueInteger ?? answer.valueDecimal;
      return said !== undefined && holds(said - number);
    });
}
