// What graphql-js says of a request: whether it is executed, and if not, why.

import { readFile } from "node:fs/promises";

import { __Directive, __Schema, buildSchema, getOperationAST, getVariableValues, parse, validate } from "graphql";

// What graphql-js knows of deprecated directives is a proposal that the server does not have: they are judged without.
delete __Directive.getFields().isDeprecated;
delete __Directive.getFields().deprecationReason;
__Schema.getFields().directives.args = [];

export const schema = buildSchema(await readFile(new URL("../../schema.graphql", import.meta.url), "utf8"));

/** `{ valid: true, document, operation }` of what was parsed, or `{ valid: false, why }`. */
export function judge({ document: text, variables, operationName }) {
  try {
    const document = parse(text);
    const [error] = validate(schema, document);
    if (error) return { valid: false, why: error.message };
    // An empty name is none, as it is for servers that are built on graphql-js.
    const operation = getOperationAST(document, operationName || undefined);
    if (!operation) return { valid: false, why: "operation not determined" };
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
    if (errors) return { valid: false, why: errors[0].message };
    return { valid: true, document, operation };
  } catch (error) {
    return { valid: false, why: error.message };
  }
}
