//! Lists and nested objects in a body.

use uuid::Uuid;

use crate::wire::form::scalars::guid_of;
use crate::wire::form::{Errors, Form, pascal_case};
use crate::wire::json::{Node, Value};

impl Form {
    /// A list of strings, which may contain nulls.
    pub(crate) fn texts(&mut self, name: &str) -> Option<Vec<Option<String>>> {
        self.list(name, "System.String", |item| match &item.value {
            Value::Null => Some(None),
            Value::Text(text) => Some(Some(text.clone())),
            _ => None,
        })
    }

    /// A list of guids.
    pub(crate) fn guids(&mut self, name: &str) -> Option<Vec<Uuid>> {
        self.list(name, "System.Guid", |item| guid_of(&item.value))
    }

    /// A list of room ids: numbers or strings (recording quota/rooms).
    pub(crate) fn folder_ids(&mut self, name: &str) -> Option<Vec<String>> {
        self.list(name, "System.Text.Json.JsonElement", |item| match &item.value {
            Value::Number(typed) | Value::Text(typed) => Some(typed.clone()),
            _ => Some(String::new()),
        })
    }

    /// A list of 32-bit integers.
    pub(crate) fn ints(&mut self, name: &str) -> Option<Vec<i64>> {
        let node = self.find(name)?.clone();
        if !matches!(node.value, Value::List(_) | Value::Null) {
            let kind = "System.Collections.Generic.List`1[System.Int32]";
            self.unreadable(self.path_to(name), node.error_position(), kind);
            return None;
        }
        self.list(name, "System.Int32", |item| match &item.value {
            Value::Number(typed) => typed.parse::<i32>().ok().map(i64::from),
            _ => None,
        })
    }

    /// `kind` is the type of an item.
    fn list<T>(&mut self, name: &str, kind: &str, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        let node = self.find(name)?.clone();
        match &node.value {
            Value::Null => None,
            Value::List(items) => {
                let path = self.path_to(name);
                let mut all = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    match read(item) {
                        Some(value) => all.push(value),
                        None => self.unreadable(format!("{path}[{index}]"), item.error_position(), kind),
                    }
                }
                Some(all)
            }
            _ => {
                let kind = format!("System.Collections.Generic.IEnumerable`1[{kind}]");
                self.unreadable(self.path_to(name), node.error_position(), &kind);
                None
            }
        }
    }

    /// A nested object, which `read` reads.
    pub(crate) fn object<T>(&mut self, name: &str, kind: &str, read: impl FnOnce(&mut Form) -> T) -> Option<T> {
        let node = self.find(name)?.clone();
        let (path, label) = (self.path_to(name), format!("{}{}.", self.label, pascal_case(name)));
        self.nested(node, path, label, kind, read)
    }

    /// A list of objects.
    pub(crate) fn objects<T>(&mut self, name: &str, kind: &str, read: impl Fn(&mut Form) -> T) -> Option<Vec<T>> {
        let node = self.find(name)?.clone();
        let (path, property) = (self.path_to(name), format!("{}{}", self.label, pascal_case(name)));
        match node.value {
            Value::Null => None,
            Value::List(items) => {
                let mut all = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    let (item_path, item_label) = (format!("{path}[{index}]"), format!("{property}[{index}]."));
                    all.extend(self.nested(item, item_path, item_label, kind, &read));
                }
                Some(all)
            }
            _ => {
                self.unreadable(
                    path,
                    node.error_position(),
                    &format!("System.Collections.Generic.IEnumerable`1[{kind}]"),
                );
                None
            }
        }
    }

    fn nested<T>(
        &mut self,
        node: Node,
        path: String,
        label: String,
        kind: &str,
        read: impl FnOnce(&mut Form) -> T,
    ) -> Option<T> {
        match node.value {
            Value::Null => None,
            Value::Object(members) => {
                let mut inner = Form { members, end: node.end, path, label, errors: Errors::default() };
                let value = read(&mut inner);
                self.errors.rules.append(&mut inner.errors.rules);
                if let Some((at, path, message)) = inner.errors.unreadable {
                    self.add_error(at, path, message);
                }
                Some(value)
            }
            _ => {
                self.unreadable(path, node.error_position(), kind);
                None
            }
        }
    }
}
