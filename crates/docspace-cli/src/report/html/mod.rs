//! Reports as one HTML page that needs no network.
//!
//! Everything that comes from the portal is escaped, and the policy of the page allows only its own
//! style sheet and script.

mod chart;
mod page;
mod table;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::document::Document;
use crate::output::Record;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Formats the whole report.
pub(super) fn format<R: Record>(document: &Document<R>) -> String {
    format!("{}\n", page::page(document).into_string())
}

/// Returns the Content-Security-Policy of the page.
fn policy() -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}
