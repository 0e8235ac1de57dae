// Whether an answer has exactly the shape that its document asks for: the fields, in their order, the lists, the types of leaves.

import {
  getDirectiveValues,
  getNamedType,
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from "graphql";

/** What is wrong with the data of an answer; nothing if it is right. */
export function misshapen(schema, { document, operation }, variables, data) {
  if (data === null) return undefined;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
  const fragments = new Map();
  for (const definition of document.definitions) {
    if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
  }
  const walker = new Walker(schema, fragments, coerced);
  return walker.object(schema.getRootType(operation.operation), [operation.selectionSet], data, "data");
}

class Walker {
  constructor(schema, fragments, variables) {
    Object.assign(this, { schema, fragments, variables });
  }

  object(type, sets, value, path) {
    if (isAbstractType(type)) {
      const types = this.schema.getPossibleTypes(type);
      const faults = types.map((possible) => this.object(possible, sets, value, path));
      return faults.includes(undefined) ? undefined : `${path}: none of ${types}: ${faults[0]}`;
    }
    const fields = new Map();
    for (const set of sets) this.collect(type, set, fields, new Set());
    const [asked, answered] = [[...fields.keys()], Object.keys(value)];
    if (asked.join() !== answered.join()) return `${path}: asked for ${asked}, got ${answered}`;
    for (const [key, nodes] of fields) {
      const fault = this.field(type, nodes, value[key], `${path}.${key}`);
      if (fault) return fault;
    }
    return undefined;
  }

  field(parent, nodes, value, path) {
    const name = nodes[0].name.value;
    if (name === "__typename") return value === parent.name ? undefined : `${path}: ${value} is not ${parent}`;
    const meta = { __schema: SchemaMetaFieldDef, __type: TypeMetaFieldDef };
    const { type } = meta[name] ?? parent.getFields()[name];
    return this.value(type, nodes, value, path);
  }

  value(type, nodes, value, path) {
    if (value === undefined) return `${path}: missing`;
    if (value === null) return isNonNullType(type) ? `${path}: null` : undefined;
    if (isNonNullType(type)) return this.value(type.ofType, nodes, value, path);
    if (isListType(type)) {
      if (!Array.isArray(value)) return `${path}: no list`;
      for (const [i, item] of value.entries()) {
        const fault = this.value(type.ofType, nodes, item, `${path}[${i}]`);
        if (fault) return fault;
      }
      return undefined;
    }
    if (isLeafType(type)) return this.leaf(type, value) ? undefined : `${path}: ${JSON.stringify(value)} is no ${type}`;
    return this.object(type, nodes.map((node) => node.selectionSet), value, path);
  }

  leaf(type, value) {
    if (isEnumType(type)) return type.getValue(value) !== undefined;
    switch (getNamedType(type).name) {
      case "Int":
        return Number.isInteger(value);
      case "Float":
        return typeof value === "number";
      case "Boolean":
        return typeof value === "boolean";
      default:
        return typeof value === "string";
    }
  }

  collect(type, set, fields, reached) {
    for (const node of set.selections) {
      if (getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.if === false) continue;
      if (node.kind === "Field") {
        const key = node.alias?.value ?? node.name.value;
        fields.set(key, [...(fields.get(key) ?? []), node]);
      } else if (node.kind === "InlineFragment") {
        if (this.applies(type, node.typeCondition)) this.collect(type, node.selectionSet, fields, reached);
      } else if (!reached.has(node.name.value)) {
        reached.add(node.name.value);
        const fragment = this.fragments.get(node.name.value);
        if (this.applies(type, fragment.typeCondition)) this.collect(type, fragment.selectionSet, fields, reached);
      }
    }
  }

  applies(type, condition) {
    if (!condition) return true;
    const on = this.schema.getType(condition.name.value);
    return on === type || (isAbstractType(on) && this.schema.isSubType(on, type));
  }
}
