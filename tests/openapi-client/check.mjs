// Is the OpenAPI document of a running server valid, and does a client generated from it work? node check.mjs http://127.0.0.1:8081
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";

const server = process.argv[2];
const here = dirname(fileURLToPath(import.meta.url));
const generated = join(here, "generated");
mkdirSync(generated, { recursive: true });

const answer = await fetch(new URL("/openapi/v1.json", server));
const text = await answer.text();
const document = JSON.parse(text);
const result = await new Validator().validate(JSON.parse(text));
if (!result.valid) {
  console.error("The document is not valid:", JSON.stringify(result.errors, null, 2));
  process.exit(1);
}
console.log(`valid OpenAPI ${document.openapi}: ${Object.keys(document.paths).length} paths`);

const file = join(generated, "v1.json");
writeFileSync(file, text);
const node = (script, ...args) => execFileSync(process.execPath, [join(here, "node_modules", script), ...args], { cwd: here, stdio: ["ignore", "inherit", "inherit"] });
node("oazapfts/dist/cli.js", "--useUnknown", file, join(generated, "client.ts"));
copyFileSync(join(here, "walk.ts"), join(generated, "walk.ts"));
node("typescript/bin/tsc", "-p", "tsconfig.json");
execFileSync(process.execPath, [join(generated, "js", "walk.js"), server], { cwd: here, stdio: ["ignore", "inherit", "inherit"] });
