//! The identity of an operation.

use std::fmt;

/// The identity of an operation: its method and its path.
///
/// Two paths are equal if they differ only in case and in the names of their parameters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationKey {
    path: String,
    method: String,
}

impl OperationKey {
    /// The key of a method and a path, as a document writes them.
    pub fn new(method: &str, path: &str) -> Self {
        let segments =
            path.trim_end_matches('/').split('/').map(|segment| match (segment.find('{'), segment.rfind('}')) {
                (Some(start), Some(end)) if start < end => {
                    format!("{}{{}}{}", segment[..start].to_lowercase(), segment[end + 1..].to_lowercase())
                }
                _ => segment.to_lowercase(),
            });
        Self { path: segments.collect::<Vec<_>>().join("/"), method: method.to_lowercase() }
    }

    /// The key of an operation as it is printed, such as `GET /files/rooms`.
    pub fn of(operation: &str) -> Self {
        let (method, path) = operation.split_once(' ').unwrap_or_default();
        Self::new(method, path)
    }

    /// The path in lower case, without the names of its parameters: `/rooms/{}`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ignore_case_and_parameter_names() {
        let key = OperationKey::new("GET", "/api/2.0/Files/rooms/{id}/Links/");
        assert_eq!(key, OperationKey::new("get", "/API/2.0/files/rooms/{roomId}/links"));
        assert_ne!(key, OperationKey::new("put", "/api/2.0/files/rooms/{id}/links"));
        assert_eq!(OperationKey::new("get", "/a/{X}.JSON").path(), "/a/{}.json");
        assert_eq!(OperationKey::of("GET /a/{X}").to_string(), "GET /a/{}");
    }
}
