"""Receives webhooks of DocSpace with Flask.

    pip install flask
    DOCSPACE_WEBHOOK_SECRET=… flask --app receiver run --port 8081

Register http://HOST:8081/docspace as the address of the webhook.
"""

import hashlib
import hmac
import os
import queue
import threading

from flask import Flask, request

SIGNATURE = "X-DocSpace-Signature-256"


def is_signed(body, signature, secret):
    """Whether the value of the signature header fits the bytes of the body."""
    algorithm, _, digits = (signature or "").partition("=")
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    # A portal writes upper-case digits. The comparison takes the same time for every signature.
    return algorithm == "sha256" and hmac.compare_digest(digits.lower().encode(), expected.encode())


def create_app(handle=None, secret=None):
    """A receiver that passes each event to `handle`, and prints it by default."""
    secret = secret or os.environ["DOCSPACE_WEBHOOK_SECRET"]
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1 << 20
    events = queue.Queue()

    @app.route("/docspace", methods=["HEAD", "POST"])
    def docspace():
        if request.method == "HEAD":
            # With this the portal tries the address. It has no signature.
            return ""
        # The bytes as they came: JSON that is parsed and written again has another signature.
        if not is_signed(request.get_data(), request.headers.get(SIGNATURE), secret):
            return "the signature does not fit the body\n", 401
        events.put(request.get_json())
        return ""

    def work():
        # The portal waits for the answer before it sends more, so the work is done here.
        while True:
            (handle or show)(events.get())

    threading.Thread(target=work, daemon=True).start()
    return app


def show(event):
    payload = event["payload"]
    print(event["event"]["trigger"], payload["id"], payload.get("title", ""), flush=True)
