"""A generated Python client works with the mock portal.

`cargo xtask test --only document` generates the client, starts a mock portal and runs this file.
DOCSPACE_URL and DOCSPACE_KEY are the address of the mock and the key of an administrator.
"""

import datetime
import json
import os
import unittest
import urllib.request

from docspace_client import AuthenticatedClient
from docspace_client.api.keys import create_key
from docspace_client.api.links import set_room_link
from docspace_client.api.rooms import create_room, get_room, list_rooms
from docspace_client.models import (
    CreateKeyRequest,
    CreateRoomRequest,
    ErrorAnswer,
    KnownAccess,
    KnownLinkType,
    KnownRoomType,
    ProblemEnvelope,
    SetRoomLinkRequest,
)

URL = os.environ["DOCSPACE_URL"]
CLIENT = AuthenticatedClient(URL, os.environ["DOCSPACE_KEY"])


def fail_next(target, **fault):
    """Makes the mock answer the next call in this way."""
    body = json.dumps({"target": target, **fault}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{URL}/_mock/faults", body)).close()


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        body = CreateRoomRequest(title="From Python", room_type=KnownRoomType.PUBLIC)
        cls.room = create_room.sync(client=CLIENT, body=body).response

    def test_room_is_created(self):
        self.assertEqual(self.room.title, "From Python")
        self.assertIs(self.room.room_type, KnownRoomType.PUBLIC)
        self.assertLess(abs(self.room.created - datetime.datetime.now(datetime.UTC)), datetime.timedelta(minutes=1))

    def test_rooms_are_listed(self):
        page = list_rooms.sync(client=CLIENT, type_=[KnownRoomType.PUBLIC], count=100).response
        self.assertIn(self.room.id, [room.id for room in page.folders])
        other = list_rooms.sync(client=CLIENT, type_=[KnownRoomType.EDITING]).response
        self.assertNotIn(self.room.id, [room.id for room in other.folders])

    def test_link_expires(self):
        expiry = datetime.datetime.now(datetime.UTC).replace(microsecond=0) + datetime.timedelta(days=7)
        body = SetRoomLinkRequest(
            access=KnownAccess.READ, link_type=KnownLinkType.EXTERNAL, title="For a week", expiration_date=expiry
        )
        link = set_room_link.sync(self.room.id, client=CLIENT, body=body).response
        self.assertEqual(link.shared_to.expiration_date, expiry)
        self.assertIs(link.access, KnownAccess.READ)

    def test_unknown_enum_value_is_read(self):
        answer = json.loads(get_room.sync_detailed(self.room.id, client=CLIENT).content)
        answer["response"]["roomType"] = 99
        fail_next("GET /files/rooms/*", status=200, headers={"Content-Type": "application/json"}, body=json.dumps(answer))
        room = get_room.sync(self.room.id, client=CLIENT).response
        self.assertEqual((room.room_type, room.title), (99, "From Python"))

    def test_missing_room_is_an_error_answer(self):
        missing = get_room.sync_detailed(2147483647, client=CLIENT)
        self.assertEqual(missing.status_code, 404)
        self.assertIsInstance(missing.parsed, ErrorAnswer)
        self.assertEqual(missing.parsed.error.message, "The required folder was not found")

    def test_wrong_field_is_a_problem(self):
        wrong = create_room.sync(client=CLIENT, body=CreateRoomRequest(title="x" * 171, room_type=KnownRoomType.CUSTOM))
        self.assertIsInstance(wrong, ProblemEnvelope)
        self.assertIn("Title", wrong.response.errors.additional_properties)

    def test_wrong_key_is_401_without_a_body(self):
        stranger = AuthenticatedClient(URL, "sk-" + "0" * 64)
        answer = list_rooms.sync_detailed(client=stranger)
        self.assertEqual((answer.status_code, answer.parsed, answer.content), (401, None, b""))

    def test_key_without_the_scope_gets_an_empty_403(self):
        body = CreateKeyRequest(name="reads people", permissions=["accounts:read"])
        limited = AuthenticatedClient(URL, create_key.sync(client=CLIENT, body=body).response.key)
        # The body of other 403 answers is an object, and the generator cannot express both.
        with self.assertRaises(json.JSONDecodeError):
            list_rooms.sync_detailed(client=limited)

    def test_rate_limit_is_429_without_a_body(self):
        fail_next("GET /files/rooms", status=429, headers={"Retry-After": "60"})
        answer = list_rooms.sync_detailed(client=CLIENT)
        self.assertEqual((answer.status_code, answer.headers["Retry-After"]), (429, "60"))


if __name__ == "__main__":
    unittest.main()
