// The group that is repeated: the medicines.

/** A group that is repeated, such as the medicines: entries that can be added and taken away. */
function listOf(item, page) {
  const most = setBy(item, "/questionnaire-maxOccurs");
  const node = make("div", { id: item.linkId });
  const add = make("button", { type: "button", className: "quiet", textContent: "Add another one" });
  let entries = [];
  let added = 0;
  const changed = () => {
    add.hidden = entries.length >= most;
    entries.forEach((entry, number) => { entry.legend.textContent = `${item.text} (${number + 1})`; });
    node.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const begin = () => {
    added += 1;
    const parts = item.item.map((one) => partOf(one, page, `entry-${added}-`));
    const legend = make("legend");
    const remove = make("button", { type: "button", className: "quiet", textContent: "Take this one away" });
    const entry = { parts, legend };
    const fields = parts.map((part) => part.node);
    entry.node = make("fieldset", { className: "entry" }, legend, ...fields, make("p", {}, remove));
    remove.addEventListener("click", () => {
      entries = entries.filter((one) => one !== entry);
      entry.node.remove();
      if (!entries.length) begin();
      changed();
      add.focus();
    });
    entries.push(entry);
    add.before(entry.node);
    return entry;
  };
  add.addEventListener("click", () => {
    const entry = begin();
    changed();
    entry.node.querySelector("input").focus();
  });
  node.append(add);
  begin();
  changed();
  const [naming] = item.item;
  const answersOf = (entry, open) => entry.parts.flatMap((part) => part.respond(open));
  const named = (entry, open) => answersOf(entry, open).some((one) => one.linkId === naming.linkId);
  const whenOpen = (open, found) => (open.items.has(item.linkId) ? entries.flatMap(found) : []);
  return {
    node,
    show(open) {
      node.hidden = !open.items.has(item.linkId);
      entries.forEach((entry) => entry.parts.forEach((part) => part.show(open)));
    },
    respond: (open) =>
      whenOpen(open, (entry) => (named(entry, open) ? [{ linkId: item.linkId, item: answersOf(entry, open) }] : [])),
    faults: (open) =>
      whenOpen(open, (entry) => {
        const found = entry.parts.flatMap((part) => part.faults(open));
        if (found.length || named(entry, open) || !answersOf(entry, open).length) return found;
        return [{ field: entry.node.querySelector("input"), text: "Write the name, or take this one away." }];
      }),
    asked: NO_MATTER,
    clear() {
      entries.forEach((entry) => entry.node.remove());
      entries = [];
      begin();
      changed();
    },
  };
}
