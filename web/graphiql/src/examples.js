const queries = import.meta.glob("../examples/*.graphql", { query: "?raw", import: "default", eager: true });
const variables = import.meta.glob("../examples/*.json", { query: "?raw", import: "default", eager: true });

/** The examples, in the order of their file names, each as a tab of GraphiQL. */
export const examples = Object.keys(queries)
  .sort()
  .map((path) => ({
    query: queries[path],
    variables: variables[path.replace(/\.graphql$/, ".json")],
  }));
