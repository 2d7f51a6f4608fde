// An operator's program, written against the generated client alone: its names and types come from the OpenAPI document.
import * as kiwire from "./client.js";

const server = (globalThis as unknown as { process: { argv: string[] } }).process.argv[2];
kiwire.defaults.baseUrl = server.replace(/\/$/, "");

function expect(what: string, actual: unknown, wanted: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);
  }
}

const refused = await kiwire.listZones();
expect("a list without a token", refused.status, 401);

const login = await kiwire.logIn({ username: "admin", password: "demo-password" });
if (login.status !== 200) {
  throw new Error(`log-in: ${JSON.stringify(login)}`);
}
kiwire.defaults.headers = { Authorization: `Bearer ${login.data.token}` };

const made = await kiwire.createZone({ name: "Pool & Bar/1", members: [{ kind: "ssid", value: "Pool" }] }, { idempotencyKey: "walk-1" });
if (made.status !== 201) {
  throw new Error(`create: ${JSON.stringify(made)}`);
}
expect("the zone that was made", made.data.members, [{ kind: "ssid", value: "Pool" }]);

const again = await kiwire.createZone({ name: "Pool & Bar/1", members: [{ kind: "ssid", value: "Pool" }] }, { idempotencyKey: "walk-1" });
expect("the same request again", [again.status, again.status === 201 && again.data.name], [201, "Pool & Bar/1"]);

const twice = await kiwire.createZone({ name: "Pool & Bar/1", members: [{ kind: "ssid", value: "Pool" }] });
expect("another zone of that name", twice.status, 409);

const wrong = await kiwire.createZone({ name: "" });
if (wrong.status !== 400) {
  throw new Error(`an empty name: ${JSON.stringify(wrong)}`);
}
expect("the faults of an empty name", Object.keys(wrong.data.errors ?? {}).includes("name"), true);

const shown = await kiwire.getZone("Pool & Bar/1");
const tag = shown.headers.get("ETag") ?? "";
const changed = await kiwire.updateZone("Pool & Bar/1", { members: [{ kind: "ssid", value: "Bar" }] }, { ifMatch: tag });
expect("a change under the right ETag", changed.status, 200);
const stale = await kiwire.updateZone("Pool & Bar/1", { members: [] }, { ifMatch: tag });
expect("a change under an old ETag", stale.status, 412);

const names: string[] = [];
let cursor: string | undefined;
do {
  const page = await kiwire.listZones({ limit: 1, cursor });
  if (page.status !== 200) {
    throw new Error(`list: ${JSON.stringify(page)}`);
  }
  names.push(...page.data.items.map(zone => zone.name));
  cursor = page.data.next ?? undefined;
} while (cursor);
expect("all pages", names, ["lobby", "Pool & Bar/1"]);

expect("deleted", (await kiwire.deleteZone("Pool & Bar/1")).status, 204);
expect("gone", (await kiwire.getZone("Pool & Bar/1")).status, 404);
console.log("the generated client works");
