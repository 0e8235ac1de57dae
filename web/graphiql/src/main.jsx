import "graphiql/setup-workers/vite";
import "./style.css";

import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import { examples } from "./examples.js";
import { fetcher } from "./fetcher.js";

// GraphiQL keeps its tabs in the browser. Where it has none yet, the examples are its tabs; it fills in the first
// one's query by itself, but not the variables.
const firstVisit = localStorage.getItem("graphiql:tabState") === null;

createRoot(document.getElementById("page")).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples}
    initialVariables={firstVisit ? examples[0].variables : undefined}
  >
    <GraphiQL.Logo>Waymark</GraphiQL.Logo>
  </GraphiQL>,
);
