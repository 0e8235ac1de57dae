/** The forms that a roadmap can be taken away in, and what each is for. */
import type { RoadmapFormat } from "../../api/schema.generated";

export interface Format {
  format: RoadmapFormat;
  name: string;
  text: string;
  type: string;
  ending: string;
  /** Whether one would paste it somewhere. */
  isText: boolean;
}

export const FORMATS: readonly Format[] = [
  { format: "MARKDOWN", name: "Markdown", text: "To read and tick off, in a repository or a wiki: with reasons and resources.", type: "text/markdown", ending: "md", isText: true },
  { format: "ICALENDAR", name: "Calendar", text: "An entry for each step, for calendar programs. Importing it again updates them.", type: "text/calendar", ending: "ics", isText: false },
  { format: "SVG", name: "Drawing", text: "The whole graph as an SVG picture, for a page, a slide or a wall.", type: "image/svg+xml", ending: "svg", isText: false },
  { format: "CSV", name: "Spreadsheet", text: "A row for each step, as CSV.", type: "text/csv", ending: "csv", isText: true },
  { format: "MERMAID", name: "Mermaid", text: "A diagram for READMEs and issues on GitHub, GitLab and the like.", type: "text/plain", ending: "mmd", isText: true },
  { format: "DOT", name: "DOT", text: "The graph for Graphviz and what reads its language.", type: "text/vnd.graphviz", ending: "dot", isText: true },
  { format: "JSON", name: "JSON", text: "All of it, for programs.", type: "application/json", ending: "json", isText: true },
];
