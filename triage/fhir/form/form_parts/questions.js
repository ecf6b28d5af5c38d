// The items of the Questionnaire as parts of the page. Each part has
//   node       what is put on the page
//   show       makes it visible, or not, by what is open ({items, closed} as Gates has it)
//   respond    its items of a QuestionnaireResponse; what is not open has none
//   faults     what cannot be saved like this: {field, text}
//   asked      the questions that are open
//   clear      takes the answers away that a reset of the form leaves
// All answers are in the fields of the page, and nowhere else.

const NO_MATTER = () => [];

function make(tag, properties = {}, ...inside) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...inside);
  return node;
}

/** How an item wants to be shown; "help" and "autocomplete" matter here. */
function controlOf(item) {
  return extensions(item, "/questionnaire-itemControl")[0]?.valueCodeableConcept.coding[0].code;
}

/** The limit, unit and so on that an extension sets. */
function setBy(item, ending) {
  const [found] = extensions(item, ending);
  return found && (found.valueInteger ?? found.valueDecimal ?? found.valueCoding);
}

/** The part for an item. `place` tells its fields from those of the same item in another entry of a list. */
function partOf(item, page, place = "") {
  switch (item.type) {
    case "group":
      return item.repeats ? listOf(item, page) : groupOf(item, page, place);
    case "display":
      return noteOf(item);
    case "choice":
      return choiceOf(item, place);
    case "integer":
    case "decimal":
      return fieldOf(item, place, numberField(item));
    case "date":
      return fieldOf(item, place, dateField());
    case "text":
      return fieldOf(item, place, textField(item));
    case "open-choice":
      return fieldOf(item, place, nameField(item, page));
    default:
      throw new Error(`items of the type ${item.type} are not understood`);
  }
}

function groupOf(item, page, place) {
  const title = make("h2", { id: `title-${item.linkId}`, textContent: item.text });
  const parts = item.item.map((one) => partOf(one, page, place));
  const node = make("section", {}, title, ...parts.map((part) => part.node));
  node.setAttribute("aria-labelledby", title.id);
  const whenOpen = (open, found) => (open.items.has(item.linkId) ? parts.flatMap(found) : []);
  return {
    node,
    show(open) {
      parts.forEach((part) => part.show(open));
      node.hidden = !open.items.has(item.linkId) || parts.every((part) => part.node.hidden);
    },
    respond(open) {
      const items = whenOpen(open, (part) => part.respond(open));
      return items.length ? [{ linkId: item.linkId, text: item.text, item: items }] : [];
    },
    faults: (open) => whenOpen(open, (part) => part.faults(open)),
    asked: (open) => whenOpen(open, (part) => part.asked(open)),
    clear: () => parts.forEach((part) => part.clear()),
  };
}

function noteOf(item) {
  const alarm = item.linkId.startsWith("now-");
  const node = make("p", { id: item.linkId, className: alarm ? "alarm" : "note", textContent: item.text });
  if (alarm) node.tabIndex = -1; // the link in the alarm leads here
  const show = (open) => { node.hidden = !open.items.has(item.linkId); };
  return { node, show, respond: NO_MATTER, faults: NO_MATTER, asked: NO_MATTER, clear() {} };
}

/** The help of a question, to be opened. */
function helpOf(item) {
  return (item.item ?? []).map((one) => {
    if (one.type !== "display" || controlOf(one) !== "help") throw new Error(`${one.linkId} is no help`);
    return make("details", {}, make("summary", { textContent: "Help" }), make("p", { textContent: one.text }));
  });
}

/** What a question says of itself, whatever its fields are. */
function question(item, node, answers, more) {
  const answered = (open) => (open.items.has(item.linkId) ? answers(open) : []);
  return {
    node,
    show(open) { node.hidden = !open.items.has(item.linkId); },
    respond(open) {
      const answer = answered(open);
      return answer.length ? [{ linkId: item.linkId, text: item.text, answer }] : [];
    },
    faults: NO_MATTER,
    asked(open) {
      return open.items.has(item.linkId) ? [{ linkId: item.linkId, node, optional: item.type === "text" }] : [];
    },
    clear() {},
    ...more,
  };
}

function choiceOf(item, place) {
  const id = `${place}${item.linkId}`;
  const lines = item.answerOption.map((option, number) => {
    const coding = option.valueCoding;
    const input = make("input", {
      type: item.repeats ? "checkbox" : "radio",
      name: id,
      id: `${id}-${number}`,
      defaultChecked: option.initialSelected === true,
    });
    const node = make("label", { className: "line" }, input, make("span", { textContent: coding.display }));
    const alone = extensions(option, "/questionnaire-optionExclusive").some((one) => one.valueBoolean);
    return { coding, input, node, alone, key: optionKey(item.linkId, coding.code) };
  });
  const node = make(
    "fieldset",
    { id },
    make("legend", { textContent: item.text }),
    ...helpOf(item),
    ...lines.map((line) => line.node),
  );
  node.addEventListener("input", ({ target }) => {
    const changed = lines.find((line) => line.input === target);
    if (!item.repeats || !changed?.input.checked) return;
    for (const line of lines) {
      if (line !== changed && (line.alone || changed.alone)) line.input.checked = false;
    }
  });
  const ticked = (open) => lines.filter((line) => line.input.checked && !open.closed.has(line.key));
  return question(item, node, (open) => ticked(open).map((line) => ({ valueCoding: line.coding })), {
    show(open) {
      node.hidden = !open.items.has(item.linkId);
      for (const line of lines) line.node.hidden = open.closed.has(line.key);
    },
  });
}
