//! `cargo xtask check`: checks that good code can be generated from `openapi/docspace.yaml`.
//!
//! The generator rejects some of what OpenAPI allows, panics on some, and makes types of the rest
//! that fail to read the first unexpected answer. Each rule in [`rules`] forbids one such thing.
//! All breaches are printed together, each with its place. The other modules read the spec for the
//! rules.

mod answers;
mod finding;
mod names;
mod operations;
mod rules;
mod schemas;
#[cfg(test)]
mod testing;

use std::path::Path;

use anyhow::{Result, bail};
use openapi_compare::{Document, Versions};

use crate::words::say;
use finding::{Findings, Rule};

/// Checks the file, shown as `name`, and prints every breach.
pub(crate) fn run(path: &Path, name: &str) -> Result<()> {
    // The generator reads only this version.
    let document = Document::read(path, name, Versions::V3_0)?;
    let complaints = complaints(&document, rules::all());
    for complaint in &complaints {
        say!("{complaint}");
    }
    if !complaints.is_empty() {
        bail!("{name} breaks the rules in {} place(s), listed above; correct them", complaints.len());
    }
    let (rules, operations) = (rules::all().count(), operations::all(&document).len());
    say!("{name}: {operations} operations follow all {rules} rules");
    Ok(())
}

/// One line for each breach, with its place, and one for each rule that examined nothing. Such a
/// rule is either unnecessary or misses what it should examine, so it is a failure too.
fn complaints<'a>(document: &Document, rules: impl Iterator<Item = &'a Rule>) -> Vec<String> {
    let mut complaints = Vec::new();
    for rule in rules {
        let mut found = Findings::default();
        (rule.check)(document, &mut found);
        if found.examined == 0 {
            complaints.push(format!("{}: the rule examined nothing [{}]", document.name(), rule.name));
        }
        for (place, message) in found.breaches {
            let line = document.line(&place).map(|line| format!(":{line}")).unwrap_or_default();
            complaints.push(format!(
                "{}{line}: {}: {message} [{}]",
                document.name(),
                document.words(&place),
                rule.name
            ));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<String> {
        complaints(&Document::parse("test.yaml", text, Versions::V3_0).unwrap(), rules::all())
    }

    #[test]
    fn breach_is_reported_with_its_place_and_rule() {
        let found = check("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /rooms:\n    get: {}\n");
        assert!(found.contains(&"test.yaml:5: GET /rooms: has no operationId [operation-id]".to_owned()), "{found:#?}");
    }

    #[test]
    fn parameter_is_reported_by_its_name() {
        let found = check("openapi: 3.0.3\ninfo: {}\npaths: {/a: {get: {parameters: [{in: query, name: count}]}}}");
        let words = "GET /a, parameter count: has no description [parameter-described]";
        assert!(found.iter().any(|complaint| complaint.ends_with(words)), "{found:#?}");
    }

    #[test]
    fn rule_that_examined_nothing_is_reported() {
        let found = check("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n");
        assert!(found.contains(&"test.yaml: the rule examined nothing [one-tag]".to_owned()), "{found:#?}");
    }

    #[test]
    fn odd_shapes_are_reported_and_do_not_panic() {
        for odd in ["null", "1", "[]", "''", "{a: 1}", "[[]]", "[{$ref: 1}]", "{$ref: '#/'}"] {
            let info = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";
            assert!(!check(&format!("{info}tags: {odd}\npaths: {{/a: {odd}}}\ncomponents: {odd}\n")).is_empty());
            let get = format!("{{tags: {odd}, parameters: {odd}, requestBody: {odd}, responses: {odd}}}");
            let schema = format!("{{properties: {odd}, allOf: {odd}, enum: {odd}, required: {odd}, items: {odd}}}");
            let text = format!(
                "{info}paths: {{/a: {{parameters: {odd}, get: {get}}}}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
            );
            assert!(!check(&text).is_empty());
        }
    }

    #[test]
    fn missing_file_is_reported_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let error = run(&folder.path().join("none.yaml"), "openapi/none.yaml").unwrap_err();
        assert_eq!(error.to_string(), "openapi/none.yaml: cannot be read");
    }
}
