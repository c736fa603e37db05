// Builds the page into the folder named: the same sources give the same bytes.
import { build } from "esbuild";
import { cp, mkdir } from "node:fs/promises";

const out = process.argv[2] ?? "dist";
await mkdir(out, { recursive: true });
const common = { bundle: true, minify: true, charset: "utf8", logLevel: "warning" };
await build({
  ...common,
  entryPoints: ["src/main.tsx"],
  outfile: `${out}/page.js`,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  banner: { js: "/* Built from crates/sandbox/page. Contains Preact, (c) 2015-present Jason Miller, MIT licence: LICENSE-preact. */" },
});
await build({ ...common, entryPoints: ["src/style/page.css"], outfile: `${out}/page.css`, target: ["chrome111", "firefox113", "safari16.4"] });
for (const name of ["index.html", "icon.svg"]) await cp(`src/${name}`, `${out}/${name}`);
