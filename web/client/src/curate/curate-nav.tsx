/** Between the parts of curating. */
import { useLocation } from "preact-iso/router";
import { Tabs } from "../ui/tabs";

const PARTS = [
  { part: "", label: "Overview" },
  { part: "topics", label: "Topics" },
  { part: "resources", label: "Resources" },
  { part: "roles", label: "Roles" },
  { part: "areas", label: "Areas" },
  { part: "import", label: "Import" },
  { part: "revisions", label: "Revisions" },
];

export function CurateNav() {
  const { path } = useLocation();
  const [, , part = "", slug] = path.split("/");
  const shown = part === "new" ? `${slug}s` : part;
  const current = slug === undefined ? "page" : "true";
  const tabs = PARTS.map(({ part: one, label }) => ({ label, href: one ? `/curate/${one}` : "/curate", current: shown === one ? (current as "page" | "true") : undefined }));
  return <Tabs label="Curate" tabs={tabs} />;
}
