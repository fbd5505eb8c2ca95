// The Express receiver of examples/receivers verifies deliveries of the mock portal.
//
// `cargo xtask test --only document` copies the receiver beside this file, starts a mock portal and
// runs this file. DOCSPACE_URL and DOCSPACE_KEY are the address of the mock and the key of an
// administrator.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { isSigned, receiver } from "./receiver.mjs";

const SECRET = "Wh-Secr3t.2026";

/** Calls the mock portal. */
async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${process.env.DOCSPACE_KEY}`, "Content-Type": "application/json" };
  const answer = await fetch(`${process.env.DOCSPACE_URL}${path}`, { method, headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return path.startsWith("/api") ? (await answer.json()).response : undefined;
}

/** Starts a receiver. Returns its address, and the next event as a promise. */
async function start(context) {
  let next;
  const event = new Promise((resolve) => (next = resolve));
  const server = receiver(SECRET, next).listen(0, "127.0.0.1");
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}/docspace`, event };
}

test("vectors have their verdicts", () => {
  for (const vector of JSON.parse(readFileSync("tests/webhooks/vectors.json", "utf8"))) {
    const body = Buffer.from(vector.body_base64, "base64");
    // Lower-case digits are as good.
    for (const signature of [vector.signature_header, vector.signature_header?.toLowerCase()]) {
      assert.equal(isSigned(body, signature, vector.secret), vector.valid, vector.name);
    }
  }
});

test("a created room is received", async (context) => {
  const { url, event } = await start(context);
  const hook = { name: "Express", uri: url, secretKey: SECRET, triggers: 4194304, enabled: true, ssl: false };
  // A create stores `ssl: true`, so a change follows.
  hook.id = (await call("POST", "/api/2.0/settings/webhook", hook)).id;
  await call("PUT", "/api/2.0/settings/webhook", hook);
  const room = await call("POST", "/api/2.0/files/rooms", { title: "Express & Ümläut", roomType: 5 });
  await call("POST", "/_mock/webhooks/send", {});
  const { event: happened, payload, webhook } = await event;
  assert.deepEqual([happened.trigger, payload.id, payload.title], ["room.created", room.id, room.title]);
  assert.equal(webhook.id, hook.id);
  await call("DELETE", `/api/2.0/settings/webhook/${hook.id}`);
});

test("requests without a signature are refused", async (context) => {
  const { url } = await start(context);
  const statuses = [];
  for (const [method, body] of [["HEAD"], ["POST", "{}"], ["POST"], ["GET"]]) {
    statuses.push((await fetch(url, { method, body })).status);
  }
  assert.deepEqual(statuses, [200, 401, 401, 404]);
});
