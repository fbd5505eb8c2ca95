//! Reports as JSON, with everything that they contain.

use serde_json::{Map, Value, json};

use super::document::Document;
use crate::failure::Failure;
use crate::output::{Record, json};
use crate::terminal::Terminal;

/// Formats the whole report.
pub(super) fn format<R: Record>(document: &Document<R>, terminal: Terminal) -> Result<String, Failure> {
    let about = &document.about;
    let findings = document
        .findings
        .iter()
        .filter(|finding| !finding.things.is_empty())
        .map(|finding| json!({"rule": finding.rule, "count": finding.things.len(), "things": finding.things}));
    let unread = document
        .unread
        .iter()
        .map(|unread| json!({"part": unread.part, "reason": unread.reason, "rooms": unread.rooms}));
    let report = json!({
        "report": document.title,
        "portal": about.portal,
        "account": about.account,
        "date": about.time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        "rooms": about.rooms,
        "command": about.command,
        "headline": document.headline,
        "findings": findings.collect::<Vec<_>>(),
        "unreadable": unread.collect::<Vec<_>>(),
        "records": document.records.iter().map(|record| object(document, record)).collect::<Vec<_>>(),
    });
    Ok(format!("{}\n", json::for_terminal(&report, terminal.stdout && terminal.colors)?))
}

fn object<R: Record>(document: &Document<R>, record: &R) -> Value {
    let fields = R::FIELDS.iter().filter(|field| !document.hidden.contains(&field.name));
    Value::Object(fields.map(|field| (field.name.to_owned(), field.value(record))).collect::<Map<_, _>>())
}
