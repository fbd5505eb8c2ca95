//! The specification `openapi/docspace.yaml`, as far as tests need it: the operation of a call, and
//! the schema of its answer.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// The specification and its operations.
#[derive(Debug)]
pub struct Spec {
    document: Value,
    operations: Vec<Operation>,
}

/// One operation of the specification.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`.
    pub id: String,
    /// The method, in upper case.
    pub method: String,
    /// The name of the schema of its 200 answer; `None` if it answers only 204.
    pub answer: Option<String>,
    path: String,
    segments: Vec<Segment>,
}

/// A segment of a path. Parameters accept only values of their type, so that `rooms/{id}` does not
/// match other paths below `rooms/`, such as `rooms/covers`.
#[derive(Debug)]
enum Segment {
    Literal(String),
    FolderId,
    /// A number, or one of these names of an enum.
    Integer(Vec<String>),
    Uuid,
    Text,
}

const METHODS: [&str; 6] = ["get", "put", "post", "delete", "patch", "head"];

impl Spec {
    /// Reads the specification.
    ///
    /// # Panics
    ///
    /// Panics if it cannot be read, or if the schema of an answer has no name.
    pub fn read() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/docspace.yaml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let document: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("docspace.yaml: {error}"));
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for verb in METHODS {
                if let Some(operation) = item.get(verb) {
                    operations.push(Operation::read(&document, path, item, verb, operation));
                }
            }
        }
        Self { document, operations }
    }

    /// The specification as JSON.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// All operations, in the order of the specification.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation of a call, if the specification has it. Literal segments match in any letter
    /// case and take precedence over parameters. One slash at the end is ignored.
    pub fn find(&self, method: &str, path: &str) -> Option<&Operation> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        let matching =
            self.operations.iter().filter(|operation| operation.method == method && operation.matches(&segments));
        matching.min_by_key(|operation| operation.precedence())
    }
}

impl Operation {
    fn read(document: &Value, path: &str, item: &Value, verb: &str, operation: &Value) -> Self {
        let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{verb} {path} has no operationId"));
        let responses = &operation["responses"];
        let schema = &responses["200"]["content"]["application/json"]["schema"]["$ref"];
        let answer = schema.as_str().and_then(name).map(str::to_owned);
        assert!(answer.is_some() || responses["204"].is_object(), "the schema of the answer of {id} has no name");
        let lists = [&operation["parameters"], &item["parameters"]];
        let declared = lists.into_iter().filter_map(Value::as_array).flatten().map(|given| resolve(document, given));
        let parameters: Vec<&Value> = declared.filter(|given| given["in"] == "path").collect();
        let segments = path.split('/').map(|segment| {
            let Some(wanted) = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) else {
                return Segment::Literal(segment.to_owned());
            };
            let found = parameters.iter().find(|given| given["name"] == wanted);
            Segment::of(document, &found.unwrap_or_else(|| panic!("{id} does not declare {wanted}"))["schema"])
        });
        Self {
            segments: segments.collect(),
            id: id.to_owned(),
            method: verb.to_uppercase(),
            path: path.to_owned(),
            answer,
        }
    }

    /// The path item and the operation in the specification.
    pub fn find_in<'d>(&self, document: &'d Value) -> (&'d Value, &'d Value) {
        let item = &document["paths"][&self.path];
        (item, &item[self.method.to_lowercase()])
    }

    fn matches(&self, segments: &[&str]) -> bool {
        self.segments.len() == segments.len()
            && self.segments.iter().zip(segments).all(|(segment, written)| segment.accepts(written))
    }

    /// The sort key of operations that match the same path: the later the first parameter, the
    /// smaller.
    fn precedence(&self) -> Vec<bool> {
        self.segments.iter().map(|segment| !matches!(segment, Segment::Literal(_))).collect()
    }
}

impl Segment {
    /// A parameter with this schema.
    fn of(document: &Value, schema: &Value) -> Self {
        // Ids of folders and rooms are numbers or strings, so they are recognized by the schema's
        // name.
        if schema["$ref"].as_str().and_then(name).is_some_and(|name| matches!(name, "RoomId" | "FolderId")) {
            return Self::FolderId;
        }
        let schema = resolve(document, schema);
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("integer"), _) => {
                let names = schema["x-enum-varnames"].as_array().into_iter().flatten().filter_map(Value::as_str);
                Self::Integer(names.map(str::to_owned).collect())
            }
            (Some("string"), Some("uuid")) => Self::Uuid,
            _ => Self::Text,
        }
    }

    fn accepts(&self, written: &str) -> bool {
        match self {
            Self::Literal(literal) => literal.eq_ignore_ascii_case(written),
            Self::FolderId => written.parse::<i32>().is_ok() || written.contains('-'),
            Self::Integer(names) => {
                written.parse::<i64>().is_ok() || names.iter().any(|name| name.eq_ignore_ascii_case(written))
            }
            Self::Uuid => written.len() == 36 && written.split('-').count() == 5,
            Self::Text => !written.is_empty(),
        }
    }
}

/// The properties of an object schema and the names of the required ones, including those of the
/// schemas in `allOf`.
pub fn members(document: &Value, schema: &Value) -> (Map<String, Value>, Vec<Value>) {
    let schema = resolve(document, schema);
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let (more, needed) = members(document, part);
        properties.extend(more);
        required.extend(needed);
    }
    properties.extend(schema["properties"].as_object().cloned().unwrap_or_default());
    required.extend(schema["required"].as_array().cloned().unwrap_or_default());
    (properties, required)
}

/// The last part of a reference.
fn name(reference: &str) -> Option<&str> {
    reference.rsplit('/').next()
}

/// The target of a reference; any other value is returned unchanged.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("the target of a reference"),
        None => value,
    }
}
