//! The curated document openapi/docspace.yaml, as far as tests need it: which call is which operation, and what it
//! answers.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// The operations of the document.
#[derive(Debug)]
pub struct Spec {
    document: Value,
    operations: Vec<Operation>,
}

/// One operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// The method, in capitals.
    pub method: String,
    /// The schema of its 200 answer, by name; `None` where it answers 204 and nothing else.
    pub answer: Option<String>,
    path: String,
    segments: Vec<Segment>,
}

/// A part of a path. Parameters say what they take, which keeps `rooms/{id}` apart from what else a portal has below
/// `rooms/` and the document may not, such as `rooms/covers`.
#[derive(Debug)]
enum Segment {
    Literal(String),
    FolderId,
    /// A number, or for an enum one of these names.
    Integer(Vec<String>),
    Uuid,
    Text,
}

const VERBS: [&str; 6] = ["get", "put", "post", "delete", "patch", "head"];

impl Spec {
    /// Reads the document.
    ///
    /// # Panics
    ///
    /// When it cannot be read, or an answer of it has no name: then the test could hold nothing against it.
    pub fn read() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/docspace.yaml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let document: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("docspace.yaml: {error}"));
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for verb in VERBS {
                if let Some(operation) = item.get(verb) {
                    operations.push(Operation::read(&document, path, item, verb, operation));
                }
            }
        }
        Self { document, operations }
    }

    /// The document itself.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// All operations, in the document's order.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation that a call is, if it is one of the document. Literals match in any case, and before parameters;
    /// one slash at the end does not matter.
    pub fn find(&self, method: &str, path: &str) -> Option<&Operation> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        let matching =
            self.operations.iter().filter(|operation| operation.method == method && operation.fits(&segments));
        matching.min_by_key(|operation| operation.shape())
    }
}

impl Operation {
    fn read(document: &Value, path: &str, item: &Value, verb: &str, operation: &Value) -> Self {
        let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{verb} {path} has no operationId"));
        let responses = &operation["responses"];
        let schema = &responses["200"]["content"]["application/json"]["schema"]["$ref"];
        let answer = schema.as_str().and_then(name).map(str::to_owned);
        assert!(answer.is_some() || responses["204"].is_object(), "the answer of {id} has no name");
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

    /// Where the document describes it: the path item, and the operation in it.
    pub fn find_in<'d>(&self, document: &'d Value) -> (&'d Value, &'d Value) {
        let item = &document["paths"][&self.path];
        (item, &item[self.method.to_lowercase()])
    }

    fn fits(&self, segments: &[&str]) -> bool {
        self.segments.len() == segments.len()
            && self.segments.iter().zip(segments).all(|(segment, written)| segment.takes(written))
    }

    /// Orders operations by where their parameters stand, the later the better.
    fn shape(&self) -> Vec<bool> {
        self.segments.iter().map(|segment| !matches!(segment, Segment::Literal(_))).collect()
    }
}

impl Segment {
    /// A parameter of this schema.
    fn of(document: &Value, schema: &Value) -> Self {
        // Ids of folders and rooms are numbers or strings, so only their names tell what they are.
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

    fn takes(&self, written: &str) -> bool {
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

/// The properties of an object schema and the names of those required, gathered from all that `allOf` puts together.
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

/// What a value stands for, if it is a reference.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("what a reference names"),
        None => value,
    }
}
