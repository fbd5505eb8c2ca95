//! The printed fields of an operation.

use docspace::operations::FileOperation;
use serde_json::json;

use crate::output::{Field, Record, Tone};
use crate::text::kebab;

/// An operation as it is printed.
pub(crate) struct OperationRecord(pub(crate) FileOperation);

impl Record for OperationRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|operation| json!(operation.0.id)),
        Field::<Self>::column("type", |operation| json!(kebab(&operation.0.operation.to_string())))
            .never_cut()
            .priority(80),
        Field::<Self>::column("state", |operation| json!(state(&operation.0))).never_cut().priority(90).tone(
            |operation| match operation.0.error.is_empty() {
                true => Tone::Plain,
                false => Tone::Bad,
            },
        ),
        Field::<Self>::column("progress", |operation| json!(operation.0.progress)).never_cut().priority(60),
        Field::column("titles", |operation| json!(titles(&operation.0))),
        Field::column("error", |operation| json!(Some(&operation.0.error).filter(|error| !error.is_empty()))),
    ];
}

/// Returns `failed` for an operation with an error: the portal reports it as completed.
fn state(operation: &FileOperation) -> String {
    if operation.error.is_empty() { kebab(&operation.status.to_string()) } else { "failed".to_owned() }
}

/// Returns the titles of the files and folders that the portal names.
fn titles(operation: &FileOperation) -> Vec<&str> {
    let folders = operation.folders.iter().flatten().map(|folder| folder.title.as_str());
    folders.chain(operation.files.iter().flatten().map(|file| file.title.as_str())).collect()
}
