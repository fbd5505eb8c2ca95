//! Changes of operations, their bodies and their answers.

use serde_json::{Value, json};

use super::{ADDITION, BREAK, Mutation, NONE, REFUSED, answer, at, every_operation, operation, remove, rename};

const ARCHIVE: &str = "/api/2.0/files/rooms/{id}/archive";
const CREATE: &str = "POST /api/2.0/files/rooms";
const LIST: &str = "GET /api/2.0/files/rooms";
const LOGO: &str = "DELETE /api/2.0/files/rooms/{id}/logo";

fn add(document: &mut Value, path: &str, tag: &str) {
    document["paths"][path] = json!({"get": {"tags": [tag], "responses": answer(json!({"type": "string"}))}});
}

fn body<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    at(operation(document, name), "/requestBody")
}

fn success<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    at(operation(document, name), "/responses")
}

/// Replaces the media type of a body or of an answer.
fn media_type(holder: &mut Value, to: &str) {
    rename(&mut holder["content"], "application/json", to);
}

pub(super) const ALL: &[Mutation] = &[
    ("path renamed", BREAK, |d| rename(&mut d["paths"], ARCHIVE, "/api/2.0/files/rooms/{id}/toarchive")),
    ("path outside of rooms renamed", BREAK, |d| rename(&mut d["paths"], "/api/2.0/keys", "/api/2.0/apikeys")),
    ("case of a path changed", NONE, |d| rename(&mut d["paths"], ARCHIVE, "/api/2.0/Files/Rooms/{id}/Archive")),
    ("slash at the end of a path", NONE, |d| rename(&mut d["paths"], ARCHIVE, &format!("{ARCHIVE}/"))),
    ("method changed", BREAK, |d| rename(&mut d["paths"][ARCHIVE], "put", "post")),
    ("operation removed", BREAK, |d| drop(remove(&mut d["paths"], ARCHIVE))),
    ("operation with the tag of rooms", ADDITION, |d| add(d, "/api/2.0/other", "Rooms")),
    ("operation with a path of rooms", ADDITION, |d| add(d, "/api/2.0/files/rooms/new", "Other")),
    ("operation with a new tag of rooms", ADDITION, |d| add(d, "/api/2.0/privacyroom/keys", "Rooms / Privacy room")),
    ("operation with a tag of rooms in lower case", ADDITION, |d| add(d, "/api/2.0/other", "rooms/Other")),
    ("operation of something else", NONE, |d| add(d, "/api/2.0/other", "Portal / Rooms")),
    ("operation ids changed", NONE, |d| every_operation(d, |_, operation| operation["operationId"] = "x".into())),
    ("tags renamed", NONE, |d| every_operation(d, |_, operation| operation["tags"] = json!(["Room management"]))),
    ("second tag", NONE, |d| operation(d, LIST)["tags"] = json!(["Rooms", "Other"])),
    ("operation deprecated", ADDITION, |d| operation(d, LIST)["deprecated"] = true.into()),
    ("authentication dropped", ADDITION, |d| operation(d, LIST)["security"] = json!([])),
    ("authentication narrowed", BREAK, |d| operation(d, LIST)["security"] = json!([{"http bearer": []}])),
    ("authentication added", ADDITION, |d| {
        operation(d, LIST)["security"].as_array_mut().unwrap().push(json!({"http digest": []}));
    }),
    ("authentication now needed", BREAK, |d| {
        operation(d, "GET /api/2.0/capabilities")["security"] = json!([{"http bearer": []}]);
    }),
    ("authentication in another header", BREAK, |d| super::replace(d, "header apikeybearer", "header x-api-key")),
    ("path twice, in another case", REFUSED, |d| d["paths"][ARCHIVE.to_uppercase()] = d["paths"][ARCHIVE].clone()),
    ("path described by a reference", NONE, |d| {
        d["components"]["pathItems"] = json!({"Archive": d["paths"][ARCHIVE].clone()});
        d["paths"][ARCHIVE] = json!({"$ref": "#/components/pathItems/Archive"});
    }),
    ("callback added", NONE, |d| operation(d, CREATE)["callbacks"] = json!({"done": {}})),
    // Bodies
    ("body now required", BREAK, |d| body(d, CREATE)["required"] = true.into()),
    ("body removed", BREAK, |d| drop(remove(operation(d, CREATE), "requestBody"))),
    ("body added, optional", ADDITION, |d| {
        operation(d, LOGO)["requestBody"] = json!({"content": {"application/json": {"schema": {"type": "object"}}}});
    }),
    ("body added, required", BREAK, |d| {
        let content = json!({"application/json": {"schema": {"type": "object"}}});
        operation(d, LOGO)["requestBody"] = json!({"required": true, "content": content});
    }),
    ("body as a form", BREAK, |d| media_type(body(d, CREATE), "multipart/form-data")),
    ("body as a patch", BREAK, |d| media_type(body(d, CREATE), "application/merge-patch+json")),
    ("body with a charset", NONE, |d| media_type(body(d, CREATE), "application/json; charset=utf-8")),
    ("further media types of a body", NONE, |d| {
        let json = body(d, CREATE)["content"]["application/json"].clone();
        body(d, CREATE)["content"] = json!({"text/json": json, "application/*+json": json, "application/json": json});
    }),
    ("body is a list now", BREAK, |d| {
        let schema = &mut body(d, CREATE)["content"]["application/json"]["schema"];
        *schema = json!({"type": "array", "items": schema.take()});
    }),
    ("body described by a reference", NONE, |d| {
        let written = body(d, CREATE).clone();
        d["components"]["requestBodies"] = json!({"Create": written});
        *body(d, CREATE) = json!({"$ref": "#/components/requestBodies/Create"});
    }),
    // Answers
    ("200 is 201 now", BREAK, |d| rename(success(d, CREATE), "200", "201")),
    ("200 is 204 now, with a body", BREAK, |d| {
        remove(success(d, CREATE), "200");
        success(d, CREATE)["204"] = json!({});
    }),
    ("200 is 204 now, without a body", BREAK, |d| {
        *success(d, LOGO) = json!({"204": {}});
    }),
    ("200 is 2XX now", BREAK, |d| rename(success(d, CREATE), "200", "2XX")),
    ("200 is the default now", BREAK, |d| rename(success(d, CREATE), "200", "default")),
    ("default beside 200", NONE, |d| success(d, CREATE)["default"] = json!({})),
    ("202 beside 200", BREAK, |d| success(d, CREATE)["202"] = json!({})),
    ("202 with another body beside 200", BREAK, |d| {
        success(d, CREATE)["202"] = answer(json!({"type": "string"}))["200"].clone();
    }),
    ("206 beside 200", BREAK, |d| success(d, LIST)["206"] = success(d, LIST)["200"].clone()),
    ("every POST answers 201", BREAK, |d| {
        every_operation(d, |method, operation| {
            if method == "post" {
                rename(&mut operation["responses"], "200", "201");
            }
        });
    }),
    ("no success is described", BREAK, |d| drop(remove(success(d, CREATE), "200"))),
    ("error described", NONE, |d| success(d, CREATE)["404"] = answer(json!({"type": "string"}))["200"].clone()),
    ("errors no longer described", NONE, |d| drop(success(d, CREATE).as_object_mut().map(|all| all.remove("403")))),
    ("header of an answer", NONE, |d| success(d, LIST)["200"]["headers"] = json!({"Retry-After": {"required": true}})),
    ("answer of another JSON type", BREAK, |d| media_type(&mut success(d, CREATE)["200"], "application/vnd.ds+json")),
    ("answer as text", BREAK, |d| media_type(&mut success(d, CREATE)["200"], "text/plain")),
    ("answer as a stream", BREAK, |d| media_type(&mut success(d, CREATE)["200"], "text/event-stream")),
    ("answer also as XML", NONE, |d| success(d, CREATE)["200"]["content"]["application/xml"] = json!({})),
    ("answer without a body", BREAK, |d| success(d, CREATE)["200"] = json!({})),
    ("answer described by a reference", NONE, |d| {
        let written = success(d, CREATE)["200"].clone();
        d["components"]["responses"] = json!({"Room": written});
        success(d, CREATE)["200"] = json!({"$ref": "#/components/responses/Room"});
    }),
];
