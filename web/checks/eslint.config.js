// The schema as GraphQL's own linter would have it, with Relay's rules; each exception says why.

import graphql from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["**/*.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "../../schema.graphql" } },
    },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // What is computed (a roadmap's steps, choices, schedule) has no identity that would outlive the answer: it is no Node.
      "@graphql-eslint/strict-id-in-types": "off",
      // Short lists are lists: the levels of a topic, the milestones of a roadmap. What can be long is a connection, even where its items
      // are no Nodes.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // The search is ranked: nobody pages it from its end.
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
    },
  },
];
