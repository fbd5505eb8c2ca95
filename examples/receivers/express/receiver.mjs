// Receives webhooks of DocSpace with Express.
//
//   npm install express
//   DOCSPACE_WEBHOOK_SECRET=… node receiver.mjs
//
// Register http://HOST:8081/docspace as the address of the webhook.

import { createHmac, timingSafeEqual } from "node:crypto";
import { pathToFileURL } from "node:url";

import express from "express";

const SIGNATURE = "x-docspace-signature-256";

/** Whether the value of the signature header fits the bytes of the body. */
export function isSigned(body, signature, secret) {
  // A portal writes upper-case digits, and `from` reads both cases.
  const digits = /^sha256=([0-9a-fA-F]{64})$/.exec(signature ?? "")?.[1];
  if (!digits) return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  return timingSafeEqual(Buffer.from(digits, "hex"), expected);
}

/** A receiver that passes each event to `handle`. */
export function receiver(secret, handle) {
  const app = express();
  // With this the portal tries the address. It has no signature.
  app.head("/docspace", (_request, response) => response.end());
  // The bytes as they came: JSON that is parsed and written again has another signature.
  const raw = express.raw({ type: () => true, limit: "1mb" });
  app.post("/docspace", raw, (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!isSigned(body, request.get(SIGNATURE), secret)) {
      return response.status(401).send("the signature does not fit the body\n");
    }
    // The portal waits for the answer before it sends more, so the work is done after it.
    response.end();
    setImmediate(handle, JSON.parse(body));
  });
  return app;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const secret = process.env.DOCSPACE_WEBHOOK_SECRET;
  if (!secret) throw new Error("set DOCSPACE_WEBHOOK_SECRET to the secret of the webhook");
  const show = ({ event, payload }) => console.log(event.trigger, payload.id, payload.title ?? "");
  receiver(secret, show).listen(8081);
}
