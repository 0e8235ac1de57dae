/** The names that a resource has beside its address, and where they lead. */

interface Identified {
  isbn: string | null;
  doi: string | null;
  arxiv: string | null;
  standard: string | null;
}

export interface Identifier {
  name: string;
  value: string;
  href?: string;
}

const RFC = /^RFC (\d+)$/;

export function identifiersOf({ isbn, doi, arxiv, standard }: Identified): Identifier[] {
  const rfc = standard === null ? undefined : RFC.exec(standard)?.[1];
  return [
    ...(isbn === null ? [] : [{ name: "ISBN", value: isbn }]),
    ...(doi === null ? [] : [{ name: "DOI", value: doi, href: `https://doi.org/${encodeURI(doi)}` }]),
    ...(arxiv === null ? [] : [{ name: "arXiv", value: arxiv, href: `https://arxiv.org/abs/${encodeURI(arxiv)}` }]),
    ...(standard === null ? [] : [{ name: "Standard", value: standard, ...(rfc !== undefined && { href: `https://www.rfc-editor.org/info/rfc${rfc}` }) }]),
  ];
}
