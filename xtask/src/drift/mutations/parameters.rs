//! Changes of parameters.

use serde_json::{Value, json};

use super::{ADDITION, BREAK, Mutation, NONE, operation, parameter, remove};

const LIST: &str = "GET /api/2.0/files/rooms";
const ROOM: &str = "GET /api/2.0/files/rooms/{id}";

fn query<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    parameter(operation(document, LIST), name)
}

fn id(document: &mut Value) -> &mut Value {
    parameter(operation(document, ROOM), "id")
}

fn add(document: &mut Value, parameter: Value) {
    operation(document, LIST)["parameters"].as_array_mut().unwrap().push(parameter);
}

pub(super) const ALL: &[Mutation] = &[
    ("parameter of a path renamed", NONE, |d| {
        let path = "/api/2.0/files/rooms/{id}/archive";
        let mut item = remove(&mut d["paths"], path);
        parameter(&mut item["put"], "id")["name"] = "roomId".into();
        d["paths"][path.replace("{id}", "{roomId}")] = item;
    }),
    ("parameter renamed", BREAK, |d| query(d, "count")["name"] = "pageSize".into()),
    ("case of a parameter changed", BREAK, |d| query(d, "startIndex")["name"] = "startindex".into()),
    ("parameter in a header", BREAK, |d| query(d, "count")["in"] = "header".into()),
    ("parameter in the path", BREAK, |d| query(d, "count")["in"] = "path".into()),
    ("integer is text now", BREAK, |d| query(d, "count")["schema"] = json!({"type": "string"})),
    ("text is an integer now", BREAK, |d| query(d, "filterValue")["schema"] = json!({"type": "integer"})),
    ("text is a date now", BREAK, |d| query(d, "filterValue")["schema"]["format"] = "date-time".into()),
    ("id has 64 bits", ADDITION, |d| id(d)["schema"]["format"] = "int64".into()),
    ("id is text now", BREAK, |d| id(d)["schema"] = json!({"type": "string"})),
    ("id may be text", ADDITION, |d| {
        id(d)["schema"] = json!({"oneOf": [{"type": "integer", "format": "int32"}, {"type": "string"}]})
    }),
    ("parameter now required", BREAK, |d| query(d, "filterValue")["required"] = true.into()),
    ("new parameter", ADDITION, |d| add(d, json!({"in": "query", "name": "new", "schema": {"type": "string"}}))),
    ("new parameter like ours in upper case", ADDITION, |d| add(d, json!({"in": "query", "name": "COUNT"}))),
    ("new required parameter", BREAK, |d| add(d, json!({"in": "query", "name": "new", "required": true}))),
    ("new required header", BREAK, |d| add(d, json!({"in": "header", "name": "X-New", "required": true}))),
    ("new cookie", ADDITION, |d| add(d, json!({"in": "cookie", "name": "new"}))),
    ("parameter removed", BREAK, |d| {
        operation(d, LIST)["parameters"].as_array_mut().unwrap().retain(|parameter| parameter["name"] != "count");
    }),
    ("parameter deprecated", ADDITION, |d| query(d, "count")["deprecated"] = true.into()),
    ("schema of a parameter deprecated", ADDITION, |d| query(d, "count")["schema"]["deprecated"] = true.into()),
    ("default of a parameter", ADDITION, |d| query(d, "count")["schema"]["default"] = 5.into()),
    ("maxLength of a parameter", BREAK, |d| query(d, "filterValue")["schema"]["maxLength"] = 5.into()),
    ("maximum raised", ADDITION, |d| query(d, "count")["schema"]["maximum"] = 1000.into()),
    ("maximum lowered", BREAK, |d| query(d, "count")["schema"]["maximum"] = 10.into()),
    ("maximum excluded", BREAK, |d| query(d, "count")["schema"]["exclusiveMaximum"] = true.into()),
    ("list not repeated", BREAK, |d| {
        query(d, "type")["style"] = "form".into();
        query(d, "type")["explode"] = false.into();
    }),
    ("list as text", BREAK, |d| query(d, "type")["schema"] = json!({"type": "string"})),
    ("list with another name", BREAK, |d| query(d, "type")["name"] = "type[]".into()),
    ("parameters of the path", NONE, |d| {
        let parameters = remove(operation(d, ROOM), "parameters");
        for operation in d["paths"]["/api/2.0/files/rooms/{id}"].as_object_mut().unwrap().values_mut() {
            operation.as_object_mut().unwrap().remove("parameters");
        }
        d["paths"]["/api/2.0/files/rooms/{id}"]["parameters"] = parameters;
    }),
    ("parameter described by a reference", NONE, |d| {
        let written = query(d, "count").clone();
        d["components"]["parameters"] = json!({"Count": written});
        *query(d, "count") = json!({"$ref": "#/components/parameters/Count"});
    }),
    ("parameter described by content", NONE, |d| {
        let schema = remove(query(d, "filterValue"), "schema");
        query(d, "filterValue")["content"] = json!({"text/plain": {"schema": schema}});
    }),
];
