"""The Flask receiver of examples/receivers verifies deliveries of the mock portal.

`cargo xtask test --only document` starts a mock portal and runs this file. DOCSPACE_URL and
DOCSPACE_KEY are the address of the mock and the key of an administrator.
"""

import base64
import json
import os
import pathlib
import queue
import sys
import threading
import unittest
import urllib.request

from werkzeug.serving import make_server

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "examples/receivers/flask"))

from receiver import create_app, is_signed  # noqa: E402

URL = os.environ["DOCSPACE_URL"]
SECRET = "Wh-Secr3t.2026"


def call(method, path, body=None):
    """Calls the mock portal."""
    headers = {"Authorization": f"Bearer {os.environ['DOCSPACE_KEY']}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{URL}{path}", data, headers, method=method)) as answer:
        text = answer.read()
    return json.loads(text)["response"] if text and path.startswith("/api") else None


class Receiver(unittest.TestCase):
    def test_vectors_have_their_verdicts(self):
        vectors = json.loads((ROOT / "tests/webhooks/vectors.json").read_text(encoding="utf-8"))
        for vector in vectors:
            body = base64.b64decode(vector["body_base64"])
            with self.subTest(vector["name"]):
                self.assertIs(is_signed(body, vector["signature_header"], vector["secret"]), vector["valid"])
                # Lower-case digits are as good.
                lower = (vector["signature_header"] or "").lower()
                self.assertIs(is_signed(body, lower, vector["secret"]), vector["valid"])

    def test_created_room_is_received(self):
        events = queue.Queue()
        server = make_server("127.0.0.1", 0, create_app(events.put, SECRET))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        hook = {"name": "Flask", "uri": f"http://127.0.0.1:{server.port}/docspace", "secretKey": SECRET}
        hook |= {"triggers": 4194304, "enabled": True, "ssl": False}
        # A create stores `ssl: true`, so a change follows.
        hook["id"] = call("POST", "/api/2.0/settings/webhook", hook)["id"]
        self.addCleanup(call, "DELETE", f"/api/2.0/settings/webhook/{hook['id']}")
        call("PUT", "/api/2.0/settings/webhook", hook)
        room = call("POST", "/api/2.0/files/rooms", {"title": "Flask & Ümläut", "roomType": 5})
        call("POST", "/_mock/webhooks/send", {})
        event = events.get(timeout=10)
        self.assertEqual(event["event"]["trigger"], "room.created")
        self.assertEqual((event["payload"]["id"], event["payload"]["title"]), (room["id"], room["title"]))
        self.assertEqual(event["webhook"]["id"], hook["id"])

    def test_requests_without_a_signature_are_refused(self):
        client = create_app(self.fail, SECRET).test_client()
        self.assertEqual(client.head("/docspace").status_code, 200)
        self.assertEqual(client.post("/docspace", data=b"{}").status_code, 401)
        self.assertEqual(client.get("/docspace").status_code, 405)


if __name__ == "__main__":
    unittest.main()
