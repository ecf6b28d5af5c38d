// The part of FHIRPath in which the gates of our Questionnaire are written (triage/conditions/fhirpath.py).
// Whatever else stands in an expression is an error, never a guess: a gate that is misread hides a question.
// As in FHIRPath a value is a list, and an empty one means "not known".

const COMPARED = {
  "=": (order) => order === 0,
  ">=": (order) => order >= 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  "<": (order) => order < 0,
};
const WORD = /^[A-Za-z]\w*$/;

/** The signs of an expression: texts in quotes, numbers, names, operators. */
function signs(text) {
  const found = text.match(/'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?|[%$]?[A-Za-z]\w*|>=|<=|[-=<>+&().,]|\S/g) ?? [];
  return found.reverse();
}

/** A function from what is known ({resource, named, self}) to the value of the expression. */
function compileFhirPath(text) {
  const left = signs(text);
  const next = () => left[left.length - 1];
  const fail = (what) => { throw new Error(`FHIRPath: ${what} is not understood in ${text.slice(0, 80)}`); };
  const take = (sign) => (left.pop() === sign ? sign : fail(`the lack of “${sign}”`));

  // From what binds loosest to what binds tightest.
  const either = () => joined(both, "or", true);
  const both = () => joined(equal, "and", false);
  const equal = () => compared(ordered, ["="]);
  const ordered = () => compared(sum, [">=", "<=", ">", "<"]);

  function joined(part, word, decides) {
    const parts = [part()];
    while (next() === word) {
      left.pop();
      parts.push(part());
    }
    if (parts.length === 1) return parts[0];
    return (known) => {
      let unknown = false;
      for (const one of parts) {
        const said = truth(one(known));
        if (said === decides) return [decides];
        unknown ||= said === undefined;
      }
      return unknown ? [] : [!decides];
    };
  }

  function compared(part, operators) {
    const first = part();
    if (!operators.includes(next())) return first;
    const holds = COMPARED[left.pop()];
    const second = part();
    return (known) => {
      const [one, other] = [single(first(known)), single(second(known))];
      const order = one === undefined || other === undefined ? undefined : orderOf(one, other);
      return order === undefined ? [] : [holds(order)];
    };
  }

  function sum() {
    let made = path();
    while (["+", "-", "&"].includes(next())) {
      const [operator, one, second] = [left.pop(), made, path()];
      made = (known) => added(operator, single(one(known)), single(second(known)));
    }
    return made;
  }

  function path() {
    let made = term();
    while (next() === ".") {
      left.pop();
      const name = left.pop();
      if (!WORD.test(name ?? "")) fail(`“${name}”`);
      made = next() === "(" ? called(made, name) : member(made, name);
    }
    return made;
  }

  function term() {
    const sign = left.pop();
    if (sign === undefined) return fail("the end");
    if (sign === "(") {
      const inner = either();
      take(")");
      return inner;
    }
    if (sign[0] === "'") {
      const said = sign.slice(1, -1).replace(/\\(.)/g, "$1");
      return sign.length > 1 ? () => [said] : fail(sign);
    }
    if (/^\d/.test(sign)) {
      const number = next() === "days" && left.pop() ? { days: Number(sign) } : Number(sign);
      return () => [number];
    }
    if (sign === "true" || sign === "false") return () => [sign === "true"];
    if (sign === "$this") return (known) => known.self;
    if (sign === "%resource") return (known) => [known.resource];
    if (sign[0] === "%") return (known) => known.named(sign.slice(1));
    if (sign === "today") {
      take("(");
      take(")");
      return () => [dayOf(new Date())];
    }
    if (sign === "iif") return chosen();
    return WORD.test(sign) && next() !== "(" ? member((known) => known.self, sign) : fail(`“${sign}”`);
  }

  function chosen() {
    take("(");
    const condition = either();
    take(",");
    const yes = either();
    take(",");
    const no = either();
    take(")");
    return (known) => (truth(condition(known)) ? yes(known) : no(known));
  }

  function called(of, name) {
    take("(");
    const argument = name === "where" || name === "contains" ? either() : undefined;
    take(")");
    switch (name) {
      case "where":
        return (known) => of(known).filter((one) => truth(argument({ ...known, self: [one] })) === true);
      case "exists":
        return (known) => [of(known).length > 0];
      case "empty":
        return (known) => [of(known).length === 0];
      case "not":
        return (known) => {
          const said = truth(of(known));
          return said === undefined ? [] : [!said];
        };
      case "contains":
        return (known) => {
          const [text, part] = [single(of(known)), single(argument(known))];
          return text === undefined || part === undefined ? [] : [text.includes(part)];
        };
      default:
        return fail(`“${name}()”`);
    }
  }

  const made = either();
  return left.length ? fail(`“${next()}”`) : made;
}

/** The one value in a list; undefined if it is empty. */
function single(values) {
  if (values.length > 1) throw new Error("FHIRPath: one value was expected");
  return values[0];
}

function truth(values) {
  const said = single(values);
  if (said !== undefined && typeof said !== "boolean") throw new Error("FHIRPath: true or false was expected");
  return said;
}

/** What stands under a name in each value; `value` is valueCoding, valueInteger and so on. */
function member(of, name) {
  const named = (one) => {
    if (one === null || typeof one !== "object") return undefined;
    if (name !== "value") return one[name];
    const key = Object.keys(one).find((each) => /^_?value[A-Z]/.test(each));
    return key && one[key];
  };
  return (known) => of(known).flatMap((one) => named(one) ?? []);
}

function added(operator, one, other) {
  if (operator === "&") return [`${one ?? ""}${other ?? ""}`];
  if (one === undefined || other === undefined) return [];
  if (operator === "-" && typeof one === "string" && typeof other === "object") {
    const [year, month, day] = one.split("-").map(Number);
    return [dayOf(new Date(year, month - 1, day - other.days))];
  }
  if (typeof one !== "number" || typeof other !== "number") throw new Error("FHIRPath: a number was expected");
  return [operator === "+" ? one + other : one - other];
}

/** Below 0, 0 or above 0; undefined where a day is compared with a month in which it lies. */
function orderOf(one, other) {
  if (typeof one !== typeof other || typeof one === "object") throw new Error("FHIRPath: these cannot be compared");
  const isDate = (value) => typeof value === "string" && /^\d{4}(-\d\d){0,2}$/.test(value); // 2000 mg is no year
  if (isDate(one) && isDate(other)) {
    const shared = Math.min(one.length, other.length);
    const [first, second] = [one.slice(0, shared), other.slice(0, shared)];
    if (first === second) return one.length === other.length ? 0 : undefined;
    return first < second ? -1 : 1;
  }
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The day as people here have it, as FHIR writes it. */
function dayOf(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
