/** Between the three parts of the catalogue. */
import { useLocation } from "preact-iso/router";
import { Tabs } from "../ui/tabs";

const PARTS = [
  { href: "/topics", label: "Topics" },
  { href: "/resources", label: "Resources" },
  { href: "/roles", label: "Roles" },
];

export function CatalogNav() {
  const { path } = useLocation();
  const current = (href: string) => (path === href ? "page" : path.startsWith(`${href}/`) ? "true" : undefined);
  return <Tabs label="Catalogue" tabs={PARTS.map((part) => ({ ...part, current: current(part.href) }))} />;
}
