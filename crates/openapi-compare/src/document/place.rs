//! Places in a document: as a JSON pointer for programs, and as words for people ("GET /rooms,
//! parameter count").

use std::fmt;

/// The keys of a path item that are operations.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The keys that lead from the root of the document to one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(Vec<String>);

impl Place {
    /// The document itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The place of a local `$ref`. `None` for a `$ref` to another document.
    pub fn of_ref(reference: &str) -> Option<Self> {
        let pointer = reference.strip_prefix("#/")?;
        Some(Self(pointer.split('/').map(|key| key.replace("~1", "/").replace("~0", "~")).collect()))
    }

    /// The place of a key or of a list element within this place.
    pub fn child(&self, key: impl ToString) -> Self {
        let mut keys = self.0.clone();
        keys.push(key.to_string());
        Self(keys)
    }

    /// The keys from the root to the place.
    pub fn keys(&self) -> &[String] {
        &self.0
    }

    /// The place as a JSON pointer.
    pub fn pointer(&self) -> String {
        self.0.iter().map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1"))).collect()
    }

    /// Whether this place is `other`, or inside of it.
    pub fn is_within(&self, other: &Place) -> bool {
        self.0.starts_with(&other.0)
    }

    /// This place and the enclosing places, the innermost first.
    pub fn outwards(&self) -> impl Iterator<Item = Place> {
        (0..=self.0.len()).rev().map(|length| Place(self.0[..length].to_vec()))
    }
}

impl fmt::Display for Place {
    /// Writes the place in words. Keys without information are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut words, mut rest) = match self.0.as_slice() {
            [] => (vec!["the document".to_owned()], &[][..]),
            [paths, path, method, rest @ ..] if paths == "paths" && METHODS.contains(&method.as_str()) => {
                (vec![format!("{} {path}", method.to_uppercase())], rest)
            }
            [paths, path, rest @ ..] if paths == "paths" => (vec![path.clone()], rest),
            [components, kind, name, rest @ ..] if components == "components" => {
                (vec![format!("{} {name}", singular(kind))], rest)
            }
            rest => (Vec::new(), rest),
        };
        loop {
            rest = match rest {
                [] => break,
                [key, tail @ ..] if key == "schema" => tail,
                [key, name, tail @ ..] if NAMED.contains(&key.as_str()) => {
                    words.push(format!("{} {name}", singular(key)));
                    tail
                }
                [key, tail @ ..] => {
                    words.push(key.clone());
                    tail
                }
            };
        }
        f.write_str(&words.join(", "))
    }
}

/// Keys that are written together with the name or the index of the child.
const NAMED: [&str; 8] = ["properties", "parameters", "responses", "content", "tags", "oneOf", "anyOf", "allOf"];

fn singular(kind: &str) -> &str {
    match kind {
        "properties" => "property",
        "requestBodies" => "requestBody",
        "oneOf" | "anyOf" | "allOf" | "content" => kind,
        _ => kind.strip_suffix('s').unwrap_or(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(pointer: &str) -> Place {
        Place::of_ref(&format!("#{pointer}")).unwrap()
    }

    #[test]
    fn place_is_written_in_words() {
        assert_eq!(Place::root().to_string(), "the document");
        assert_eq!(place("/paths/~1rooms/get/parameters/2/schema").to_string(), "GET /rooms, parameter 2");
        assert_eq!(place("/components/schemas/Room/properties/id").to_string(), "schema Room, property id");
        assert_eq!(
            place("/paths/~1rooms/post/requestBody/content/application~1json").to_string(),
            "POST /rooms, requestBody, content application/json"
        );
    }

    #[test]
    fn pointer_escapes_slashes_and_tildes() {
        let odd = Place::root().child("a/b~c").child(1);
        assert_eq!(odd.pointer(), "/a~1b~0c/1");
        assert_eq!(place(&odd.pointer()), odd);
    }
}
