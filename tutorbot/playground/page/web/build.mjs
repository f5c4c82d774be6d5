// Bundles src/ into ../built/, which is committed: running the playground needs no Node.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const built = new URL("../built/", import.meta.url);
await rm(built, { recursive: true, force: true });
await mkdir(built);
const result = await build({
  entryPoints: ["src/page.tsx"],
  outdir: built.pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "none",
  metafile: true,
});
await copyFile("index.html", new URL("index.html", built));
await copyFile("icon.svg", new URL("icon.svg", built));

const packages = new Set(
  Object.keys(result.metafile.inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
);
let notices = "The page is made with these packages.\n";
for (const name of [...packages].sort()) {
  const text = await readFile(`node_modules/${name}/LICENSE`, "utf8");
  notices += `\n${"-".repeat(72)}\n${name}\n\n${text}`;
}
await writeFile(new URL("licences.txt", built), notices);

// By this a test sees that the built page is made from the sources as they are.
const sources = ["package-lock.json", "build.mjs", "index.html", "icon.svg"];
for (const name of await readdir("src")) sources.push(`src/${name}`);
const hash = createHash("sha256");
for (const path of sources.sort()) hash.update(`${path}\0`).update(await readFile(path)).update("\0");
await writeFile(new URL("sources.sha256", built), `${hash.digest("hex")}\n`);
