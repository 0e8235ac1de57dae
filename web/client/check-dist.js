/**
 * Compares what is built with what the sources build, and weighs the first view: `node check-dist.js DIST FRESH`. Compressed files are compared by what
 * they hold, since each Node brings its own zlib.
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const MOST_KILOBYTES = 150;
const [dist, fresh] = process.argv.slice(2);

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return new Set(files);
}

const read = (path) => (path.endsWith(".br") ? brotliDecompressSync(readFileSync(path)) : readFileSync(path));

/** What differs between the two folders, a line for each file. */
function differences() {
  const [there, built] = [filesIn(dist), filesIn(fresh)];
  return [...new Set([...there, ...built])].toSorted().flatMap((file) => {
    if (!built.has(file)) return [`${file} is not built any more`];
    if (!there.has(file)) return [`${file} is missing`];
    return read(join(dist, file)).equals(read(join(fresh, file))) ? [] : [`${file} differs`];
  });
}

/** What a file needs before the page shows: the scripts and styles of a page, the static imports of a script. */
function neededBy(file) {
  const text = readFileSync(join(fresh, file), "utf8");
  if (file.endsWith(".html")) return [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path);
  if (!file.endsWith(".js")) return [];
  const imports = text.matchAll(/(?:^|[;}\n])(?:import|export)(?:[^'"();]*?from)?\s*["'](\.[^"']+)["']/g);
  return [...imports].map(([, path]) => join(dirname(file), path));
}

function firstView() {
  const needed = new Set(["index.html"]);
  for (const file of needed) neededBy(file).forEach((other) => needed.add(other));
  return [...needed];
}

/** As it is sent: compressed, where that is worth it. */
const sent = (file) => statSync(join(fresh, existsSync(join(fresh, `${file}.br`)) ? `${file}.br` : file)).size;

const wrong = differences();
const weights = firstView().map((file) => [file, sent(file)]);
const kilobytes = weights.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000;
if (kilobytes >= MOST_KILOBYTES) wrong.push("the first view is too large");

const line = (size, text) => `${size.toFixed(1).padStart(8)} kB  ${text}\n`;
process.stdout.write(weights.map(([file, bytes]) => line(bytes / 1000, file)).join(""));
process.stdout.write(line(kilobytes, `in the first view, of ${MOST_KILOBYTES} at most`));
process.stderr.write(wrong.map((text) => `${text}\n`).join(""));
process.exitCode = wrong.length > 0 ? 1 : 0;
