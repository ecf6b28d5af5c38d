// The questions with one field: numbers, days, texts, and names from a list.

/** A question with one field: {field, answer, fault, beside}, as the functions below make it. */
function fieldOf(item, place, { field, answer, fault = () => "", beside = [] }) {
  field.id = `${place}${item.linkId}`;
  const said = make("p", { className: "fault", id: `${field.id}-fault`, hidden: true });
  const label = make("label", { textContent: item.text, htmlFor: field.id });
  const node = make("div", { className: "field" }, label, ...helpOf(item), field, ...beside, said);
  const check = () => {
    said.textContent = fault();
    said.hidden = !said.textContent;
    field.setAttribute("aria-invalid", String(!said.hidden));
    if (said.hidden) field.removeAttribute("aria-describedby");
    else field.setAttribute("aria-describedby", said.id);
  };
  field.addEventListener("change", check);
  field.addEventListener("input", () => said.hidden || check());
  return question(item, node, () => (fault() ? [] : answer()), {
    faults(open) {
      if (!open.items.has(item.linkId)) return [];
      check();
      return said.hidden ? [] : [{ field, text: said.textContent }];
    },
    clear: check,
  });
}

function numberField(item) {
  const [least, most, whole] = [setBy(item, "/minValue"), setBy(item, "/maxValue"), item.type === "integer"];
  const field = make("input", { type: "text", className: "number", autocomplete: "off", spellcheck: false });
  field.inputMode = whole ? "numeric" : "decimal";
  const typed = () => field.value.trim().replace(",", ".");
  const fits = () => (whole ? /^\d+$/ : /^\d+(\.\d+)?$/).test(typed()) && !(typed() < least) && !(typed() > most);
  return {
    field,
    answer: () => (typed() ? [{ [whole ? "valueInteger" : "valueDecimal"]: Number(typed()) }] : []),
    fault: () => (typed() && !fits() ? `Write a ${whole ? "whole " : ""}number from ${least} to ${most}.` : ""),
    beside: [make("span", { textContent: setBy(item, "/questionnaire-unit")?.display ?? "" })],
  };
}

function dateField() {
  const field = make("input", { type: "date", min: "1900-01-01" });
  const fits = () => {
    field.max = dayOf(new Date()); // the page may have been open since yesterday
    return field.validity.valid;
  };
  return {
    field,
    answer: () => (field.value ? [{ valueDate: field.value }] : []),
    fault: () => (fits() ? "" : "Give the whole day, not later than today. Or leave it empty."),
  };
}

function textField(item) {
  const field = make("textarea", { rows: 3, maxLength: item.maxLength, autocomplete: "off", spellcheck: false });
  return { field, answer: () => (field.value.trim() ? [{ valueString: field.value.trim() }] : []) };
}

/** A name that is picked from a list, or typed. Spelling is not checked: some browsers ask a network for that. */
function nameField(item, page) {
  const names = page.valueSets.get(item.answerValueSet);
  if (!names) throw new Error(`there is no list ${item.answerValueSet}`);
  const field = make("input", { type: "text", maxLength: 200, autocomplete: "off", spellcheck: false });
  field.setAttribute("list", names.id);
  const typed = () => field.value.trim();
  const answer = () => {
    const coding = names.codings.get(typed().toLowerCase());
    return coding ? [{ valueCoding: coding }] : typed() ? [{ valueString: typed() }] : [];
  };
  return { field, answer };
}
