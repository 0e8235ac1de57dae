// Changes that may break a request, in its text and in its variables. Whether they do graphql-js says.

import { Lexer, Source, TokenKind } from "graphql";

const ODD = ["null", "true", "1", "-1.5", '"x"', "[]", "{}", "[1, null]", "{a: 1}", "X", "$v0", "$nope", "99999999999"];
const NAMES = ["nope", "id", "slug", "title", "on", "__typename", "Topic", "Role", "Node", "SearchResult", "String", "Int", "fragment", "query"];
const JSON_VALUES = [null, true, 0, 1, -1, 1.5, 1e10, 2 ** 53, "x", "", "WORKING", "2026-12-01", [], [null], ["x", 1], {}, { slug: "x" }, [[1]]];
const SELECTED = ["nope", "id", "a: id a: slug", "... on Topic { id title }", "... on Role { a: id }", "...Nope", "__typename @include(if: true)", "... @skip(if: false) { __typename }", "... { id }", "__typename @nope", "x: __typename x: __typename", "f0: __typename", "title title", "slug @include(if: true) @include(if: true)"];
const TYPES = ["Int", "String!", "[ID!]", "Boolean", "Topic", "Nope", "TopicFilter", "RoadmapInput!", "[StepInput!]!", "Date"];
const DEFINED = ["query A { __typename }", "fragment Unused on Topic { id }", "{ __typename }", "type T { a: Int }", "subscription S { __typename }", "fragment F0_0 on Query { __typename }", "subscription S { catalogChanged { previousRevision } }", "mutation M { nope }", "query B($x: Int) { __typename }"];
const INSERTED = ["@nope", "@include(if: true)", "@skip(if: $v0)", "@deprecated", "@include", "...Nope", "... on Topic { id }", "nope", "id", "__typename", "{ id }", "(first: 1)", "#", "!", "\u00a0", "\u0000", '"', "&", "query A { __typename }", "fragment Unused on Topic { id }", "{ __typename }", "type T { a: Int }", "...", "|", "a: id a: slug", "__schema { queryType { name } }"];

/** A request with one to three changes. */
export function broken(request, schema, random) {
  let { document, variables, operationName } = request;
  for (let i = random.below(3); i >= 0; i--) {
    const what = random.below(10);
    if (what < 7) document = changed(document, schema, random);
    else if (what < 9) variables = changedValues(variables, random);
    else operationName = random.one(["", "Q0", "Q1", "Nope", null]);
  }
  return { document, variables, operationName };
}

function changed(text, schema, random) {
  const tokens = tokensOf(text);
  if (!tokens.length) return text;
  return random.is(0.15) ? scrambled(text, tokens, random) : misused(text, tokens, schema, random);
}

/** With a token too many, too few, or in a wrong place: most likely nothing that can be parsed. */
function scrambled(text, tokens, random) {
  const [one, other] = [random.one(tokens), random.one(tokens)];
  const put = (words) => text.slice(0, one.start) + words + text.slice(one.end);
  switch (random.below(4)) {
    case 0:
      return put("");
    case 1:
      return put(text.slice(one.start, one.end).repeat(2));
    case 2:
      return put(text.slice(other.start, other.end));
    default:
      return `${text.slice(0, one.start)}${random.one(INSERTED)} ${text.slice(one.start)}`;
  }
}

/** With another name, value or type, something left out, or something added where it can be parsed. */
function misused(text, tokens, schema, random) {
  const put = ({ start, end }, words) => text.slice(0, start) + words + text.slice(end);
  const after = ({ end }, words) => `${text.slice(0, end)} ${words} ${text.slice(end)}`;
  const names = tokens.filter(({ kind }) => kind === TokenKind.NAME);
  const name = names.length ? random.one(names) : tokens[0];
  switch (random.below(9)) {
    case 0: {
      const other = random.one(names.length ? names : tokens);
      return put(name, text.slice(other.start, other.end));
    }
    case 1:
      return put(name, random.is(0.5) ? random.one(NAMES) : nameOf(schema, random));
    case 2: {
      const values = tokens.filter((token, i) => isValue(token, tokens[i - 1], tokens[i + 1]));
      return values.length ? put(random.one(values), random.one(ODD)) : text;
    }
    case 3: {
      const braces = tokens.filter(({ kind }) => kind === TokenKind.BRACE_L);
      return braces.length ? after(random.one(braces), random.one(SELECTED)) : text;
    }
    case 4: {
      const types = tokens.filter((token, i) => tokens[i - 2]?.kind === TokenKind.DOLLAR && token.kind === TokenKind.COLON);
      return types.length ? after(random.one(types), `${random.one(TYPES)} $${random.one(["v0", "v1", "w"])}:`) : text;
    }
    case 5: {
      const marks = tokens.filter(({ kind }) => kind === TokenKind.BANG);
      return marks.length ? put(random.one(marks), random.one(["", "= null", "= 1"])) : text;
    }
    case 6:
      return removed(text, tokens, random.below(tokens.length));
    case 7:
      return twinned(text, tokens, random);
    default:
      return `${text} ${random.one(DEFINED)}`;
  }
}

/** With a field that has arguments beside itself, one of its values written otherwise: the two may be no longer the same. */
function twinned(text, tokens, random) {
  const depths = [];
  let depth = 0;
  for (const { kind } of tokens) {
    depths.push(depth);
    if (kind === TokenKind.BRACE_L) depth++;
    if (kind === TokenKind.BRACE_R) depth--;
  }
  const isField = (i) => depths[i] > 0 && tokens[i].kind === TokenKind.NAME && tokens[i + 1]?.kind === TokenKind.PAREN_L && tokens[i - 1]?.kind !== TokenKind.AT;
  const fields = [...tokens.keys()].filter(isField);
  if (!fields.length) return text;
  const at = random.one(fields);
  const hasAlias = tokens[at - 1].kind === TokenKind.COLON;
  let end = endOf(tokens, at + 1);
  const values = tokens.slice(at + 2, end).filter((token, i, inner) => token.kind === TokenKind.BRACKET_R || isValue(token, inner[i - 1], inner[i + 1]));
  if (tokens[end + 1]?.kind === TokenKind.BRACE_L) end = endOf(tokens, end + 1);
  const [start, stop] = [tokens[hasAlias ? at - 2 : at].start, tokens[end].end];
  const [field, value] = [text.slice(start, stop), values.length ? random.one(values) : undefined];
  const twin = value ? field.slice(0, value.start - start) + otherwise(value, text, random) + field.slice(value.end - start) : field;
  return `${text.slice(0, stop)} ${twin}${text.slice(stop)}`;
}

/** The same value in other words, or another one. */
function otherwise({ kind, start, end }, text, random) {
  const value = text.slice(start, end);
  if (kind === TokenKind.BRACKET_R) return random.one(["]", " null]", "[]]", ' "x"]']);
  if (random.is(0.3)) return random.one(ODD);
  if (kind === TokenKind.STRING) return random.one([`""${value}""`, `[${value}]`, value.replace(/[a-z]/, (c) => `\\u00${c.charCodeAt(0).toString(16)}`), value]);
  return random.one([`[${value}]`, `${value}.0`, `${value}e0`, `"${value}"`, value]);
}

/** The place of the token that closes the bracket at another. */
function endOf(tokens, open) {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if ("{([".includes(tokens[i].kind)) depth++;
    if ("})]".includes(tokens[i].kind) && --depth === 0) return i;
  }
  return tokens.length - 1;
}

/** Whether a token is a value by itself. */
function isValue({ kind }, before, next) {
  if ([TokenKind.INT, TokenKind.FLOAT, TokenKind.STRING].includes(kind)) return true;
  return kind === TokenKind.NAME && [TokenKind.COLON, TokenKind.BRACKET_L].includes(before?.kind) && ![TokenKind.PAREN_L, TokenKind.BRACE_L, TokenKind.BANG].includes(next?.kind);
}

/** Without the brackets that begin at a token, and what is between them. */
function removed(text, tokens, at) {
  const open = tokens.findIndex((token, i) => i >= at && "{([".includes(token.kind));
  if (open < 0) return text;
  return text.slice(0, tokens[open].start) + text.slice(tokens[endOf(tokens, open)].end);
}

/** The name of a type, a field or an argument. */
function nameOf(schema, random) {
  const type = random.one(Object.values(schema.getTypeMap()));
  if (typeof type.getFields !== "function" || random.is(0.2)) return type.name;
  const field = random.one(Object.values(type.getFields()));
  return field.args?.length && random.is(0.3) ? random.one(field.args).name : field.name;
}

function changedValues(variables, random) {
  const names = Object.keys(variables);
  if (!names.length) return { v0: random.one(JSON_VALUES) };
  const name = random.one(names);
  if (random.is(0.3)) return Object.fromEntries(Object.entries(variables).filter(([other]) => other !== name));
  return { ...variables, [name]: changedValue(variables[name], random) };
}

function changedValue(value, random) {
  if (value && typeof value === "object" && Object.keys(value).length && random.is(0.7)) {
    const key = random.one(Object.keys(value));
    if (Array.isArray(value)) return value.with(key, changedValue(value[key], random));
    if (random.is(0.2)) return { ...value, nope: 1 };
    if (random.is(0.2)) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
    return { ...value, [key]: changedValue(value[key], random) };
  }
  return random.one(JSON_VALUES);
}

/** The tokens of a text, as far as it has any. */
function tokensOf(text) {
  const lexer = new Lexer(new Source(text));
  const tokens = [];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) tokens.push(token);
  } catch {
    // What has been broken already may have no further tokens.
  }
  return tokens;
}
