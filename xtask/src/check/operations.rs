//! The operations of a spec, with their parameters, bodies and responses.

use openapi_compare::{Document, Located, METHODS, Place, children};
use serde_json::Value;

/// One operation: a method of a path.
pub(crate) struct Operation<'a> {
    pub(crate) place: Place,
    pub(crate) path: &'a str,
    pub(crate) value: &'a Value,
    item: &'a Value,
    document: &'a Document,
}

/// All operations of a document.
pub(crate) fn all(document: &Document) -> Vec<Operation<'_>> {
    let paths = Place::root().child("paths");
    let mut operations = Vec::new();
    for (path, item) in document.root()["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            if let Some(value) = item.get(method) {
                let place = paths.child(path).child(method);
                operations.push(Operation { place, path, value, item, document });
            }
        }
    }
    operations
}

impl<'a> Operation<'a> {
    pub(crate) fn id(&self) -> Option<&'a str> {
        self.value.get("operationId")?.as_str()
    }

    /// The parameters of the operation, and those of its path that it does not replace. `$ref`s are
    /// followed.
    pub(crate) fn parameters(&self) -> Vec<Located<'a>> {
        let path_item = self.place.outwards().nth(1).unwrap_or_default();
        let resolve = |place: Place, holder: &'a Value| {
            let list = children(&place.child("parameters"), &holder["parameters"]);
            list.into_iter().filter_map(|(place, value)| self.document.resolve(place, value).ok()).collect::<Vec<_>>()
        };
        let mut parameters = resolve(self.place.clone(), self.value);
        let identity = |value: &Value| (value["name"].clone(), value["in"].clone());
        let own: Vec<_> = parameters.iter().map(|(_, value)| identity(value)).collect();
        let shared = resolve(path_item, self.item);
        parameters.extend(shared.into_iter().filter(|(_, value)| !own.contains(&identity(value))));
        parameters
    }

    /// Whether the call can be made without credentials. The `security` of the document is that of
    /// an operation without its own.
    pub(crate) fn is_anonymous(&self) -> bool {
        let security = self.value.get("security").unwrap_or(&self.document.root()["security"]);
        security.as_array().is_none_or(|ways| {
            ways.is_empty() || ways.iter().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty))
        })
    }

    /// The request body, with its `$ref` followed.
    pub(crate) fn body(&self) -> Option<Located<'a>> {
        self.document.resolve(self.place.child("requestBody"), self.value.get("requestBody")?).ok()
    }

    /// The responses by status code (or `2XX`, `default`), with `$ref`s followed.
    pub(crate) fn responses(&self) -> Vec<(&'a str, Located<'a>)> {
        let place = self.place.child("responses");
        let codes = self.value["responses"].as_object();
        codes
            .into_iter()
            .flatten()
            .filter(|(code, _)| !code.starts_with("x-"))
            .filter_map(|(code, value)| Some((code.as_str(), self.document.resolve(place.child(code), value).ok()?)))
            .collect()
    }
}

/// Whether the status is that of a success.
pub(crate) fn is_success(code: &str) -> bool {
    code.starts_with('2')
}

/// The media types of a body or a response, each with its name, place and value.
pub(crate) fn media_types<'a>((place, value): &Located<'a>) -> Vec<(&'a str, Located<'a>)> {
    let place = place.child("content");
    let content = value["content"].as_object();
    content.into_iter().flatten().map(|(name, value)| (name.as_str(), (place.child(name), value))).collect()
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::check::testing::document;

    #[test]
    fn operation_parameter_replaces_a_parameter_of_its_path() {
        let spec = document(
            "paths:
  /rooms/{id}:
    parameters:
      - {name: id, in: path, description: shared}
      - {name: count, in: query, description: shared}
    get:
      parameters: [{$ref: '#/components/parameters/id'}]
components: {parameters: {id: {name: id, in: path, description: own}}}",
        );
        let operations = all(&spec);
        let parameters = operations[0].parameters();
        let described: Vec<_> =
            parameters.iter().map(|(place, value)| (place.to_string(), &value["description"])).collect();
        assert_eq!(described.len(), 2);
        assert_eq!(described[0], ("parameter id".to_owned(), &"own".into()));
        assert_eq!(described[1], ("/rooms/{id}, parameter 1".to_owned(), &"shared".into()));
    }
}
