import type { CodegenConfig } from "@graphql-codegen/cli";

/** Beside each `.graphql` file of operations stands a `.generated.ts` with their types and documents: a page loads its own and no others. */
const config: CodegenConfig = {
  schema: "../../schema.graphql",
  documents: "src/**/*.graphql",
  ignoreNoDocuments: true,
  generates: {
    "src/api/schema.generated.ts": { plugins: ["typescript"] },
    "src/": {
      preset: "near-operation-file",
      presetConfig: { extension: ".generated.ts", baseTypesPath: "api/schema.generated.ts" },
      plugins: ["typescript-operations", "typed-document-node"],
    },
  },
  config: {
    scalars: { Date: "string", DateTime: "string", URL: "string", Upload: "File" },
    strictScalars: true,
    enumsAsTypes: true,
    skipTypename: true,
    useTypeImports: true,
    avoidOptionals: { field: true },
    defaultScalarType: "unknown",
  },
};

export default config;
