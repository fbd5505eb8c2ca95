//! The printed fields of an operation.

use docspace::operations::{FileOperation, OperationStatus};

use crate::output::{Field, Name, Record, Tone};

/// An operation as it is printed.
pub(crate) struct OperationRecord(pub(crate) FileOperation);

impl Record for OperationRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the operation", &|operation| operation.0.id.0),
        Field::<Self>::column("type", "What the operation does", &|operation| Name(operation.0.operation))
            .never_cut()
            .priority(80),
        Field::<Self>::column("state", "State; `failed` for an operation with an error", &|operation| {
            state(&operation.0)
        })
        .never_cut()
        .priority(90)
        .tone(|operation| match operation.0.error.is_empty() {
            true => Tone::Plain,
            false => Tone::Bad,
        }),
        Field::<Self>::column("progress", "Progress in percent", &|operation| operation.0.progress)
            .never_cut()
            .priority(60),
        Field::<Self>::column("titles", "Titles of the files and folders that the portal names", &|operation| {
            titles(&operation.0)
        }),
        Field::<Self>::column("error", "Error; null without one", &|operation| {
            Some(&operation.0.error).filter(|error| !error.is_empty()).cloned()
        }),
    ];
}

/// Returns the state. The portal reports an operation with an error as completed.
fn state(operation: &FileOperation) -> Name<OperationStatus> {
    Name(if operation.error.is_empty() { operation.status } else { OperationStatus::Failed })
}

/// Returns the titles of the files and folders that the portal names.
fn titles(operation: &FileOperation) -> Vec<String> {
    let folders = operation.folders.iter().flatten().map(|folder| folder.title.clone());
    folders.chain(operation.files.iter().flatten().map(|file| file.title.clone())).collect()
}
