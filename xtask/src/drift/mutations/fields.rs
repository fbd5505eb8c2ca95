//! Changes of fields in requests and in answers.

use serde_json::{Value, json};

use super::{ADDITION, BREAK, Mutation, NONE, at, everywhere, property, remove, rename, schema};

const SENT: &str = "CreateRoomRequestDto";
const RECEIVED: &str = "FolderDtoInteger";

fn sent<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    property(document, &format!("{SENT}.{name}"))
}

fn received<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    property(document, &format!("{RECEIVED}.{name}"))
}

fn properties<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    at(schema(document, name), "/properties")
}

fn require(document: &mut Value, name: &str, field: &str) {
    let required = schema(document, name).as_object_mut().unwrap().entry("required").or_insert_with(|| json!([]));
    required.as_array_mut().unwrap().push(field.into());
}

pub(super) const ALL: &[Mutation] = &[
    // Requests
    ("sent field removed", BREAK, |d| drop(remove(properties(d, SENT), "indexing"))),
    ("sent field added", ADDITION, |d| properties(d, SENT)["new"] = json!({"type": "string"})),
    ("sent field added and required", BREAK, |d| {
        properties(d, SENT)["new"] = json!({"type": "string"});
        require(d, SENT, "new");
    }),
    ("sent field renamed", BREAK, |d| rename(properties(d, SENT), "indexing", "indexed")),
    ("case of a sent field changed", BREAK, |d| rename(properties(d, SENT), "indexing", "Indexing")),
    ("sent boolean is text now", BREAK, |d| sent(d, "indexing")["type"] = "string".into()),
    ("sent field can no longer be null", BREAK, |d| drop(remove(sent(d, "indexing"), "nullable"))),
    ("sent field may be null", ADDITION, |d| sent(d, "private")["nullable"] = true.into()),
    ("sent field now required", BREAK, |d| require(d, SENT, "indexing")),
    ("sent field no longer required", ADDITION, |d| schema(d, SENT)["required"] = json!(["title"])),
    ("sent text shortened", BREAK, |d| sent(d, "title")["maxLength"] = 50.into()),
    ("sent text lengthened", ADDITION, |d| sent(d, "title")["maxLength"] = 500.into()),
    ("limit of a sent text dropped", ADDITION, |d| drop(remove(sent(d, "title"), "maxLength"))),
    ("pattern of a sent text", BREAK, |d| sent(d, "title")["pattern"] = "^a".into()),
    ("pattern of a sent text changed", BREAK, |d| property(d, "CoverRequestDto.color")["pattern"] = "^a".into()),
    ("sent list must not be empty", BREAK, |d| sent(d, "tags")["minItems"] = 1.into()),
    ("sent field is read-only now", BREAK, |d| sent(d, "indexing")["readOnly"] = true.into()),
    ("sent field is write-only now", NONE, |d| sent(d, "indexing")["writeOnly"] = true.into()),
    ("sent field deprecated", ADDITION, |d| sent(d, "indexing")["deprecated"] = true.into()),
    ("default of a sent field", ADDITION, |d| sent(d, "indexing")["default"] = true.into()),
    ("body with any further field", ADDITION, |d| drop(remove(schema(d, SENT), "additionalProperties"))),
    ("body written inside of the operation", NONE, |d| {
        let inline = schema(d, SENT).clone();
        super::operation(d, "POST /api/2.0/files/rooms")["requestBody"]["content"]["application/json"]["schema"] =
            inline;
    }),
    ("body inside of an allOf", NONE, |d| {
        let inner = schema(d, SENT).take();
        *schema(d, SENT) = json!({"allOf": [inner]});
    }),
    // Answers
    ("received field removed", BREAK, |d| drop(remove(properties(d, RECEIVED), "pinned"))),
    ("received field added", ADDITION, |d| properties(d, RECEIVED)["more"] = json!({"type": "string"})),
    ("received field renamed", BREAK, |d| rename(properties(d, RECEIVED), "pinned", "isPinned")),
    ("received boolean is an integer now", BREAK, |d| received(d, "pinned")["type"] = "integer".into()),
    ("received field may be null", BREAK, |d| received(d, "pinned")["nullable"] = true.into()),
    ("received field can no longer be null", ADDITION, |d| drop(remove(received(d, "inRoom"), "nullable"))),
    ("received number has 64 bits", BREAK, |d| received(d, "filesCount")["format"] = "int64".into()),
    ("received integer is a number now", BREAK, |d| *received(d, "filesCount") = json!({"type": "number"})),
    ("received id is text now", BREAK, |d| *received(d, "id") = json!({"type": "string"})),
    ("received id may be text", BREAK, |d| {
        *received(d, "id") = json!({"oneOf": [{"type": "integer", "format": "int32"}, {"type": "string"}]});
    }),
    ("received list is an object now", BREAK, |d| *received(d, "tags") = json!({"type": "object"})),
    ("received object is a list now", BREAK, |d| {
        *received(d, "logo") = json!({"type": "array", "items": {"type": "string"}});
    }),
    ("elements of a received list are objects now", BREAK, |d| {
        received(d, "tags")["items"] = json!({"type": "object"})
    }),
    ("received field always there", ADDITION, |d| require(d, RECEIVED, "pinned")),
    ("received field may be missing", BREAK, |d| schema(d, "ApiKeyResponseDto")["required"] = json!(["id"])),
    ("received field deprecated", ADDITION, |d| received(d, "pinned")["deprecated"] = true.into()),
    ("received field is read-only now", NONE, |d| received(d, "pinned")["readOnly"] = true.into()),
    ("received field is write-only now", BREAK, |d| received(d, "pinned")["writeOnly"] = true.into()),
    ("default of a received field", NONE, |d| received(d, "pinned")["default"] = true.into()),
    ("received object with further fields", ADDITION, |d| {
        schema(d, RECEIVED)["additionalProperties"] = json!({"type": "string"});
    }),
    ("format of a received text dropped", BREAK, |d| drop(remove(property(d, "ApiKeyResponseDto.id"), "format"))),
    ("received text has a format", ADDITION, |d| property(d, "ApiKeyResponseDto.key")["format"] = "uuid".into()),
    ("received field moved to a base", NONE, |d| {
        let pinned = remove(properties(d, RECEIVED), "pinned");
        let own = schema(d, RECEIVED).take();
        *schema(d, RECEIVED) = json!({"allOf": [{"$ref": "#/components/schemas/Base"}, own]});
        d["components"]["schemas"]["Base"] = json!({"type": "object", "properties": {"pinned": pinned}});
    }),
    ("received field moved to the entries", ADDITION, |d| {
        let pinned = received(d, "pinned").clone();
        properties(d, "FileEntryBaseDto")["pinned"] = pinned;
    }),
    ("received field becomes recursive", ADDITION, |d| {
        properties(d, "EmployeeDto")["manager"] = json!({"$ref": "#/components/schemas/EmployeeDto"});
    }),
    ("discriminator", NONE, |d| schema(d, RECEIVED)["discriminator"] = json!({"propertyName": "fileEntryType"})),
    ("folders may be files", BREAK, |d| {
        let folders = at(schema(d, "FolderContentDtoInteger"), "/properties/folders/items");
        let other = json!({"type": "object", "properties": {"id": {"type": "string"}}});
        *folders = json!({"oneOf": [folders.take(), other]});
    }),
    ("room of its own schema", NONE, |d| {
        d["components"]["schemas"]["RoomDto"] = schema(d, RECEIVED).clone();
        property(d, "FolderIntegerWrapper.response")["$ref"] = "#/components/schemas/RoomDto".into();
    }),
    ("room of its own schema, with less", BREAK, |d| {
        let mut room = schema(d, RECEIVED).clone();
        remove(&mut room["properties"], "pinned");
        d["components"]["schemas"]["RoomDto"] = room;
        property(d, "FolderIntegerWrapper.response")["$ref"] = "#/components/schemas/RoomDto".into();
    }),
    ("dates are texts", BREAK, |d| {
        *schema(d, "ApiDateTime") = json!({"type": "string", "format": "date-time"});
    }),
    ("references with a description", NONE, |d| {
        everywhere(&mut d["components"]["schemas"], &mut |members| {
            if let Some(reference) = members.remove("$ref") {
                members.insert("allOf".into(), json!([{"$ref": reference}]));
                members.insert("description".into(), "Words.".into());
            }
        });
    }),
];
