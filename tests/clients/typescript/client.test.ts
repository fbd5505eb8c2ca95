// A typed TypeScript client works with the mock portal.
//
// `cargo xtask test --only document` generates docspace.d.ts, starts a mock portal and runs this
// file. DOCSPACE_URL and DOCSPACE_KEY are the address of the mock and the key of an administrator.

import assert from "node:assert/strict";
import { test } from "node:test";

import createClient from "openapi-fetch";

import type { components, paths } from "./docspace.js";

type RoomType = components["schemas"]["RoomType"];

const baseUrl = process.env.DOCSPACE_URL!;
const headers = { Authorization: `Bearer ${process.env.DOCSPACE_KEY}` };
const client = createClient<paths>({ baseUrl, headers });

/** Makes the mock answer the next call in this way. */
async function failNext(fault: object): Promise<void> {
  const answer = await fetch(`${baseUrl}/_mock/faults`, { method: "POST", body: JSON.stringify(fault) });
  assert.ok(answer.ok);
}

async function createRoom(title: string): Promise<components["schemas"]["Room"]> {
  const { data, error } = await client.POST("/api/2.0/files/rooms", { body: { title, roomType: 6 } });
  assert.equal(error, undefined);
  assert.ok(data?.response);
  return data.response;
}

function words(type: RoomType | undefined): string {
  switch (type) {
    case 5:
      return "custom";
    case 6:
      return "public";
    default:
      return `unknown (${type})`;
  }
}

test("a room is created and listed", async () => {
  const room = await createRoom("From TypeScript");
  assert.equal(words(room.roomType), "public");
  const query = { type: [6, 5], count: 100 };
  const { data } = await client.GET("/api/2.0/files/rooms", { params: { query } });
  assert.ok(data?.response?.folders.some((other) => other.id === room.id));
});

test("a link expires", async () => {
  const room = await createRoom("With a link");
  const expirationDate = new Date(Math.floor(Date.now() / 1000) * 1000 + 7 * 86_400_000).toISOString();
  const { data } = await client.PUT("/api/2.0/files/rooms/{id}/links", {
    params: { path: { id: room.id } },
    body: { access: 2, linkType: 1, title: "For a week", expirationDate },
  });
  assert.equal(Date.parse(data?.response?.sharedTo.expirationDate ?? ""), Date.parse(expirationDate));
});

test("an unknown value of an enum is read", async () => {
  const room = await createRoom("From the future");
  const params = { path: { id: room.id } };
  const { data } = await client.GET("/api/2.0/files/rooms/{id}", { params });
  const body = JSON.stringify({ ...data, response: { ...data?.response, roomType: 99 } });
  await failNext({ target: "GET /files/rooms/*", status: 200, headers: { "Content-Type": "application/json" }, body });
  const answer = await client.GET("/api/2.0/files/rooms/{id}", { params });
  assert.equal(words(answer.data?.response?.roomType), "unknown (99)");
});

test("a missing room is an error answer", async () => {
  const params = { path: { id: 2147483647 } };
  const { data, error, response } = await client.GET("/api/2.0/files/rooms/{id}", { params });
  assert.equal(data, undefined);
  assert.equal(response.status, 404);
  assert.ok(error && "error" in error);
  assert.equal(error.error.message, "The required folder was not found");
});

test("a wrong field is a problem", async () => {
  const { error } = await client.POST("/api/2.0/files/rooms", { body: { title: "x".repeat(171), roomType: 5 } });
  assert.ok(error && "response" in error);
  assert.ok(error.response.errors?.["Title"]);
});

test("a wrong key is a 401 without a body", async () => {
  const stranger = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer sk-${"0".repeat(64)}` } });
  const { data, error, response } = await stranger.GET("/api/2.0/files/rooms");
  // An empty body leaves both undefined, so `response.ok` decides.
  assert.deepEqual([data, error, response.ok, response.status], [undefined, undefined, false, 401]);
});

test("wrong calls do not compile", () => {
  // These calls are compiled and never made.
  void (() => {
    // @ts-expect-error The title is required.
    void client.POST("/api/2.0/files/rooms", { body: { roomType: 6 } });
    // @ts-expect-error The id is a number or a text.
    void client.GET("/api/2.0/files/rooms/{id}", { params: { path: { id: true } } });
    // @ts-expect-error The portal has no such path.
    void client.GET("/api/2.0/files/halls");
  });
});
