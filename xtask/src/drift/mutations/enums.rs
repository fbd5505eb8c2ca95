//! Changes of enums.

use serde_json::{Value, json};

use super::{ADDITION, BREAK, Mutation, NONE, everywhere, property, remove, schema};

fn room_type(document: &mut Value) -> &mut Value {
    schema(document, "RoomType")
}

fn names(document: &mut Value) -> &mut Vec<Value> {
    room_type(document)["x-enum-varnames"].as_array_mut().unwrap()
}

fn values(document: &mut Value) -> &mut Vec<Value> {
    room_type(document)["enum"].as_array_mut().unwrap()
}

/// The enum as a choice of constants, as in OpenAPI 3.1.
fn constants(room_type: &Value) -> Vec<Value> {
    let names = room_type["x-enum-varnames"].as_array().unwrap();
    let values = room_type["enum"].as_array().unwrap();
    values.iter().zip(names).map(|(value, name)| json!({"const": value, "title": name})).collect()
}

pub(super) const ALL: &[Mutation] = &[
    ("value added", ADDITION, |d| {
        values(d).push(10.into());
        names(d).push("NewRoom".into());
    }),
    ("value removed", BREAK, |d| {
        values(d).pop();
        names(d).pop();
    }),
    ("values in another order", NONE, |d| {
        values(d).reverse();
        names(d).reverse();
    }),
    ("names of two numbers exchanged", BREAK, |d| names(d).swap(0, 1)),
    ("name of a number changed", ADDITION, |d| names(d)[2] = "Custom".into()),
    ("case of a name changed", NONE, |d| names(d)[2] = "custom_room".into()),
    ("names dropped", NONE, |d| everywhere(d, &mut |members| drop(members.remove("x-enum-varnames")))),
    ("numbers are names now", BREAK, |d| {
        let names = remove(room_type(d), "x-enum-varnames");
        *room_type(d) = json!({"type": "string", "enum": names});
    }),
    ("numbers raised by one", BREAK, |d| {
        *values(d) = values(d).iter().map(|value| (value.as_i64().unwrap() + 1).into()).collect();
    }),
    ("choice of constants", NONE, |d| {
        *room_type(d) = json!({"type": "integer", "oneOf": constants(room_type(d))});
        d["openapi"] = "3.1.0".into();
    }),
    ("choice of constants without a type", NONE, |d| {
        *room_type(d) = json!({"anyOf": constants(room_type(d))});
        d["openapi"] = "3.1.0".into();
    }),
    ("choice of constants with one more", ADDITION, |d| {
        let mut all = constants(room_type(d));
        all.push(json!({"const": 10, "title": "NewRoom"}));
        *room_type(d) = json!({"oneOf": all});
        d["openapi"] = "3.1.0".into();
    }),
    ("choice of constants with exchanged titles", BREAK, |d| {
        names(d).swap(0, 1);
        *room_type(d) = json!({"oneOf": constants(room_type(d))});
        d["openapi"] = "3.1.0".into();
    }),
    ("numbers no longer listed, in requests and answers", ADDITION, |d| *room_type(d) = json!({"type": "integer"})),
    ("case of values changed", BREAK, |d| {
        for value in schema(d, "EmployeeType")["enum"].as_array_mut().unwrap() {
            *value = value.as_str().unwrap().to_lowercase().into();
        }
    }),
    ("format of listed numbers", NONE, |d| room_type(d)["format"] = "int32".into()),
    ("enum deprecated", ADDITION, |d| room_type(d)["deprecated"] = true.into()),
    ("text of an answer is an enum now", ADDITION, |d| {
        property(d, "ApiKeyResponseDto.name")["enum"] = json!(["a", "b"])
    }),
];
