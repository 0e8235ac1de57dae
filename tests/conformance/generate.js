// Random requests against the schema: valid ones, and ones that are broken by a few changes. The same seed gives the same requests.

import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from "graphql";

import { broken } from "./break.js";

const STRINGS = ["java", "go", "architect", "languages", "x", "", "é😀", "a\"b\\c\nd", "postgresql", "2026-12-01"];
const DATES = ["2026-12-01", "2027-01-31"];
const DEEPEST = 4;

/** A generator of chance with a seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { is: (share) => next() < share, below, one: (items) => items[below(items.length)] };
}

/** So many requests: `{ document, variables, operationName }`, two of five as they were made, the others broken. */
export function* requests(schema, seed, count) {
  for (let i = 0; i < count; i++) {
    const random = chance(seed * 1_000_003 + i);
    const request = new Maker(schema, random).request();
    yield random.is(0.4) ? request : broken(request, schema, random);
  }
}

class Maker {
  constructor(schema, random) {
    Object.assign(this, { schema, random, fragments: [], definitions: new Map(), values: {}, made: 0 });
  }

  request() {
    const { random } = this;
    const kind = random.is(0.85) ? "query" : random.is(0.6) ? "mutation" : "subscription";
    const name = random.is(0.6) ? ` Q${random.below(3)}` : "";
    const selection = kind === "subscription" ? this.followed() : this.selection(this.schema.getRootType(kind), 0);
    const definitions = [...this.definitions].map(([variable, declared]) => `$${variable}: ${declared}`);
    const declared = definitions.length ? `(${definitions.join(random.is(0.5) ? ", " : " ")})` : "";
    const isShort = kind === "query" && !name && !declared && random.is(0.5);
    const parts = [isShort ? selection : `${this.described()}${kind}${name}${declared} ${selection}`, ...this.fragments];
    let operationName = name && random.is(0.5) ? name.trim() : null;
    if (name && random.is(0.1)) {
      parts.push("query Other { __typename }");
      operationName = random.one([name.trim(), "Other"]);
      // The other operation uses no variables of this one.
      if (operationName === "Other" && random.is(0.5)) this.values = {};
    }
    if (random.is(0.3)) parts.reverse();
    const document = parts.join(random.is(0.2) ? "\n# a comment, {\n" : "\n");
    return { document, variables: this.values, operationName };
  }

  described() {
    return this.random.is(0.05) ? '"what it is for" ' : "";
  }

  /** A subscription that has an answer at once. */
  followed() {
    return `{ catalogChanged(since: 0) ${this.selection(this.schema.getType("CatalogChange"), 2)} }`;
  }

  selection(type, depth) {
    const { random } = this;
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const items = [];
    const count = 1 + random.below(depth === 0 ? 3 : 4);
    for (let i = 0; i < count; i++) {
      const what = random.below(20);
      if (what === 0) items.push(this.directed("__typename"));
      else if (what === 1) items.push(this.inline(type, depth));
      else if (what === 2) items.push(this.spread(type, depth));
      else if (what === 3 && depth === 0 && type === this.schema.getQueryType()) items.push(this.introspection());
      else if (fields.length) items.push(this.field(random.one(fields), depth));
      else items.push(this.inline(type, depth));
    }
    if (random.is(0.1)) items.push(random.one(items));
    return `{ ${items.join(random.is(0.1) ? ", " : " ")} }`;
  }

  field(field, depth) {
    const type = getNamedType(field.type);
    if (isCompositeType(type) && depth >= DEEPEST) return "__typename";
    const args = field.args.filter((arg) => isRequiredArgument(arg) || this.random.is(0.3));
    const text = args.map((arg) => `${arg.name}: ${this.value(arg.type, arg.defaultValue !== undefined)}`);
    const given = text.length ? `(${text.join(", ")})` : "";
    const inner = isCompositeType(type) ? ` ${this.selection(type, depth + 1)}` : "";
    // Another response key, so that fields with other arguments are no conflict.
    const alias = given || inner || this.random.is(0.1) ? `f${this.made++}: ` : "";
    return `${alias}${field.name}${given}${this.directive()}${inner}`;
  }

  directed(field) {
    return `${field}${this.directive()}`;
  }

  directive() {
    if (!this.random.is(0.08)) return "";
    const name = this.random.one(["skip", "include"]);
    return ` @${name}(if: ${this.value({ toString: () => "Boolean!" }, false)})`;
  }

  inline(type, depth) {
    const on = this.narrower(type);
    const condition = on === type && this.random.is(0.3) ? "" : ` on ${on}`;
    return `...${condition}${this.directive()} ${this.selection(on, depth + 1)}`;
  }

  spread(type, depth) {
    const on = this.narrower(type);
    const name = `F${this.fragments.length}_${this.made++}`;
    const place = this.fragments.push("") - 1;
    this.fragments[place] = `${this.described()}fragment ${name} on ${on} ${this.selection(on, depth + 1)}`;
    return `...${name}${this.directive()}`;
  }

  /** A type on which a fragment applies. */
  narrower(type) {
    return isAbstractType(type) && this.random.is(0.8) ? this.random.one(this.schema.getPossibleTypes(type)) : type;
  }

  introspection() {
    return this.random.one([
      "__schema { queryType { name } directives { name locations args { name type { kind name ofType { name } } } } }",
      '__type(name: "Topic") { kind name description fields(includeDeprecated: true) { name isDeprecated type { name kind ofType { name kind } } } }',
      '__type(name: "Proficiency") { enumValues { name description } interfaces { name } possibleTypes { name } inputFields { name defaultValue } }',
      "__schema { types { name isOneOf specifiedByURL } subscriptionType { fields { name } } }",
    ]);
  }

  /** A value where a type is expected: a literal, or a variable. */
  value(type, hasDefault, isConstant = false) {
    if (!isConstant && this.random.is(0.4)) return this.variable(type, hasDefault);
    return this.literal(type, isConstant);
  }

  literal(type, isConstant) {
    const { random } = this;
    if (String(type) === "Boolean!") return random.one(["true", "false"]);
    if (isNonNullType(type)) return this.required(type.ofType, isConstant);
    if (random.is(0.03)) return "null";
    if (isListType(type)) {
      if (random.is(0.15)) return this.required(getNullableType(type.ofType), isConstant);
      const items = Array.from({ length: random.below(3) }, () => this.item(type.ofType, isConstant));
      return `[${items.join(random.is(0.5) ? ", " : " ")}]`;
    }
    if (isInputObjectType(type)) {
      const text = this.fields(type).map((field) => `${field.name}: ${this.item(type.isOneOf ? getNullableType(field.type) : field.type, isConstant, field.defaultValue !== undefined, type.isOneOf)}`);
      return `{${text.join(", ")}}`;
    }
    return this.leaf(type);
  }

  item(type, isConstant, hasDefault = false, isNeverNull = false) {
    if (isNeverNull) return this.required(type, true);
    if (isConstant || !this.random.is(0.15)) return this.literal(type, isConstant);
    return this.variable(type, hasDefault);
  }

  required(type, isConstant) {
    const literal = this.literal(type, isConstant);
    return literal === "null" ? this.required(type, isConstant) : literal;
  }

  fields(type) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) return [this.random.one(fields)];
    return fields.filter((field) => isRequiredInputField(field) || this.random.is(0.2));
  }

  leaf(type) {
    const { random } = this;
    if (isEnumType(type)) return random.one(type.getValues()).name;
    switch (type.name) {
      case "Int":
        return String(random.one([0, 1, 2, 3, 10, -1]));
      case "Float":
        return random.one(["0", "1", "2.5", "1e1", "-0.5"]);
      case "Boolean":
        return random.one(["true", "false"]);
      case "ID":
        return random.one(['"x"', "1", "12345678901234567890"]);
      case "Date":
        return JSON.stringify(random.one(DATES));
      case "URL":
        return '"https://example.org/"';
      default:
        return this.string(random.one(STRINGS));
    }
  }

  string(text) {
    const escaped = (c) => (this.random.is(0.5) ? `\\u{${c.codePointAt(0).toString(16)}}` : [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""));
    if (this.random.is(0.1) && !/["\\]/.test(text)) return `"""${text}"""`;
    const plain = JSON.stringify(text);
    return this.random.is(0.1) ? plain.replace(/[^\x20-\x7e]/gu, escaped) : plain;
  }

  /** A variable that may stand where a type is expected, declared, and given or not. */
  variable(type, hasDefault) {
    const { random } = this;
    const name = `v${this.definitions.size}`;
    const isRequired = String(type).endsWith("!");
    const nullable = isNonNullType(type) ? type.ofType : type;
    const bare = String(type).replace(/!$/, "");
    const mayBeNull = !isRequired || (hasDefault && random.is(0.3));
    const kind = random.below(4);
    let [declared, isGiven, mayGiveNull] = [isRequired && !mayBeNull ? `${bare}!` : bare, true, !isRequired];
    if (kind === 0 && !isRequired) [declared, mayGiveNull] = [`${bare}!`, false];
    else if (kind === 1 && bare !== "Boolean") {
      const literal = this.required(nullable, true);
      if (literal !== "null") [declared, isGiven] = [`${bare} = ${literal}`, random.is(0.5)];
    } else if (mayBeNull && random.is(0.4)) isGiven = false;
    this.definitions.set(name, declared);
    if (isGiven) this.values[name] = mayGiveNull && random.is(0.1) ? null : this.json(bare === "Boolean" && !nullable.name ? undefined : nullable);
    return `$${name}`;
  }

  json(type) {
    const { random } = this;
    if (type === undefined) return random.is(0.5);
    if (isNonNullType(type)) return this.json(type.ofType);
    if (isListType(type)) {
      if (random.is(0.15)) return this.json(type.ofType);
      return Array.from({ length: random.below(3) }, () => this.json(type.ofType));
    }
    if (isInputObjectType(type)) {
      return Object.fromEntries(this.fields(type).map((field) => [field.name, this.json(field.type)]));
    }
    if (isEnumType(type)) return random.one(type.getValues()).name;
    if (isLeafType(type)) {
      switch (type.name) {
        case "Int":
          return random.one([0, 1, 2, 3, 10]);
        case "Float":
          return random.one([0, 1, 2.5, 2 ** 60]);
        case "Boolean":
          return random.is(0.5);
        case "ID":
          return random.one(["x", 1, -1, 2 ** 53]);
        case "Date":
          return random.one(DATES);
        case "URL":
          return "https://example.org/";
      }
    }
    return random.one(STRINGS);
  }
}
