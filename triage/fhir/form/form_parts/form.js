// The page as a whole: it opens questions as others are answered, saves the answers, and clears them.

const FILE = "questionnaire-response.json";
const at = (id) => document.getElementById(id);

/** Rather no form than one in which questions may be missing. */
function fail() {
  at("form").hidden = true;
  at("alarm").replaceChildren();
  at("failed").hidden = false;
}

/** Make a link lead to a place. The address stays as it is: it would tell whoever comes next. */
function lead(link, place, top = place) {
  link.onclick = (event) => {
    event.preventDefault();
    top().scrollIntoView();
    place().focus({ preventScroll: true });
  };
}

/** The lists of values in the Questionnaire by their addresses, each with a list for the browser to offer. */
function valueSetsOf(questionnaire) {
  return new Map(
    (questionnaire.contained ?? []).map((one) => {
      const codings = one.expansion.contains;
      const offered = codings.map(({ code, display }) => make("option", { value: code, label: display }));
      document.body.append(make("datalist", { id: one.id }, ...offered));
      const namesOf = (coding) => [coding.code, coding.display].map((name) => [name.toLowerCase(), coding]);
      const byName = codings.flatMap(namesOf);
      return [`#${one.id}`, { id: one.id, codings: new Map(byName) }];
    }),
  );
}

function start() {
  const questionnaire = JSON.parse(at("questionnaire").textContent);
  const gates = new Gates(questionnaire);
  const page = { valueSets: valueSetsOf(questionnaire) };
  const parts = questionnaire.item.map((item) => partOf(item, page));
  const form = at("form");
  let open;
  let unsaved = false;
  let alarms = "";

  const respond = (now) => {
    const item = parts.flatMap((part) => part.respond(now));
    return { resourceType: "QuestionnaireResponse", ...(item.length ? { item } : {}) };
  };

  function update() {
    open = gates.settle(respond);
    parts.forEach((part) => part.show(open));
    const now = [...open.items].filter((linkId) => linkId.startsWith("now-"));
    if (now.join() !== alarms) {
      alarms = now.join();
      const words = at("alarm-words").content.cloneNode(true);
      lead(words.querySelector("a"), () => at(now[0]));
      at("alarm").replaceChildren(...(now.length ? [words] : []));
    }
    showLeftOut();
  }

  /** How many questions have no answer, nor a "not sure" in place of a number. */
  function showLeftOut() {
    const answered = new Set([...itemsOf(respond(open))].map(([item]) => item.linkId));
    const isLeft = ({ linkId, optional }) =>
      !optional && !linkId.includes(".") && !answered.has(linkId) && !answered.has(`${linkId}.unsure`);
    const left = parts.flatMap((part) => part.asked(open)).filter(isLeft);
    const [text, link] = at("left-out").children;
    at("left-out").hidden = !left.length;
    const many = left.length === 1 ? "One question has" : `${left.length} questions have`;
    text.textContent = `${many} no answer yet.`;
    lead(link, () => left[0].node.querySelector("input"), () => left[0].node);
  }

  function say(text) {
    at("said").textContent = text;
    at("said").scrollIntoView({ block: "nearest" });
  }

  function save() {
    const faults = parts.flatMap((part) => part.faults(open));
    const response = respond(open);
    if (faults.length) {
      say(`Not saved yet. ${faults[0].text}`);
      faults[0].field.focus();
      return;
    }
    if (!response.item) {
      say("There is no answer to save yet.");
      return;
    }
    const { resourceType, item } = response;
    const whole = {
      resourceType,
      questionnaire: `${questionnaire.url}|${questionnaire.version}`,
      status: "completed",
      authored: new Date().toISOString(),
      item,
    };
    const file = URL.createObjectURL(new Blob([JSON.stringify(whole, null, 1)], { type: "application/json" }));
    make("a", { href: file, download: FILE }).click();
    setTimeout(() => URL.revokeObjectURL(file), 60000);
    unsaved = false;
    say(`The answers go to the downloads of this device, as ${FILE}. Tell the clinic that you are done.`);
  }

  function clear() {
    form.reset();
    parts.forEach((part) => part.clear());
    document.querySelectorAll("details").forEach((help) => { help.open = false; });
    at("said").textContent = "";
    unsaved = false;
    update();
    scrollTo(0, 0);
    at("top").focus();
  }

  function changed() {
    unsaved = true;
    at("said").textContent = "";
    update();
  }

  at("questions").append(...parts.map((part) => part.node));
  update();
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  at("save").addEventListener("click", save);
  at("clear").addEventListener("click", () => {
    at("unsaved").hidden = !unsaved;
    at("sure").showModal();
  });
  at("keep").addEventListener("click", () => at("sure").close());
  at("clear-all").addEventListener("click", () => {
    at("sure").close();
    clear();
  });
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
  // A page that the browser brings back would show the answers of whoever was here before.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  at("failed").hidden = true;
  form.hidden = false;
}

window.addEventListener("error", fail);
start();
