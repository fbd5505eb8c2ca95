"""The calls of `bench get`, `list`, `create` and `first` with the vendor's SDK.

Usage: measure.py first, measure.py get COUNT ROOM, or measure.py list|create COUNT
"""

import json
import os
import sys
import time

import docspace_api_sdk as sdk

client = sdk.ApiClient(sdk.Configuration(host=os.environ["DOCSPACE_URL"]))
# The option for keys sends a header that portals do not accept.
client.set_default_header("Authorization", "Bearer " + os.environ["DOCSPACE_API_KEY"])
rooms = sdk.RoomsApi(client)

WARM_UP = 5


def measure(calls, call):
    for _ in range(WARM_UP):
        call()
    start = time.process_time()
    for _ in range(calls):
        call()
    print(json.dumps({"cpuMicroseconds": (time.process_time() - start) * 1e6 / calls}))


program = sys.argv[1]
if program == "first":
    print(json.dumps({"rooms": len(rooms.get_rooms_folder(count=100, start_index=0).response.folders)}))
elif program == "get":
    room = int(sys.argv[3])
    measure(int(sys.argv[2]), lambda: rooms.get_room_info(room))
elif program == "list":
    measure(int(sys.argv[2]), lambda: rooms.get_rooms_folder(count=100, start_index=0))
elif program == "create":
    request = sdk.CreateRoomRequestDto(title="Measured room", roomType=sdk.RoomType.CustomRoom)
    measure(int(sys.argv[2]), lambda: rooms.create_room(request))
else:
    sys.exit("unknown program " + program)
