//! The number of crates that `docspace` brings along. CONTRIBUTING.md states it, so that a new one
//! is noticed.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use super::step::Outcome;
use crate::workspace::{Metadata, cargo, root};

const FILE: &str = "CONTRIBUTING.md";

/// The rows of the table in CONTRIBUTING.md, and the arguments of cargo for each.
const ROWS: [(&str, &[&str]); 3] = [
    ("`rustls`, the default", &[]),
    ("`native-tls` in its place", &["--no-default-features", "--features", "native-tls"]),
    ("neither of them", &["--no-default-features"]),
];

/// The same system on every machine, because each system has crates of its own. It need not be
/// installed.
const SYSTEM: &str = "x86_64-unknown-linux-gnu";

/// Counts the crates for each row of the table.
pub(super) fn run(_: &Metadata) -> Result<Outcome> {
    let text = std::fs::read_to_string(root().join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    let (mut counts, mut wrong) = (Vec::new(), Vec::new());
    for (features, arguments) in ROWS {
        let found = count(arguments)?;
        counts.push(format!("{found} with {features}"));
        match stated(&text, features) {
            Some(stated) if stated == found => {}
            Some(stated) => wrong.push(format!("{features}: {found}, not {stated}")),
            None => wrong.push(format!("{features}: {found}, and the row is missing")),
        }
    }
    ensure!(
        wrong.is_empty(),
        "{FILE} does not state the number of crates that docspace brings along ({}). `cargo tree -p docspace -e normal` \
         shows where each comes from. Remove a crate that is not worth it, or change the table",
        wrong.join("; ")
    );
    Ok(Outcome::Remark(counts.join(", ")))
}

/// The crates that a program gets with docspace, including docspace itself: those that are linked
/// into it and those that run as macros. Two versions of a crate count as two. Crates that only
/// build scripts and tests use do not count.
fn count(features: &[&str]) -> Result<usize> {
    let mut tree = cargo();
    tree.args(["tree", "--package", "docspace", "--edges", "normal", "--target", SYSTEM]);
    tree.args(["--prefix", "none", "--format", "{p}", "--no-dedupe"]).args(features);
    let output = tree.output()?;
    ensure!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(unique(&String::from_utf8(output.stdout)?))
}

/// The number of different crates in lines such as `serde_derive v1.0.229 (proc-macro)`.
fn unique(tree: &str) -> usize {
    let name_and_version = |line: &str| line.split(" (").next().map(str::to_owned);
    tree.lines().filter(|line| !line.is_empty()).filter_map(name_and_version).collect::<BTreeSet<_>>().len()
}

/// The number in the row `| features | number |` of the table.
fn stated(text: &str, features: &str) -> Option<usize> {
    let row = |line: &str| {
        line.strip_prefix("| ")?.strip_prefix(features)?.strip_prefix(" | ")?.strip_suffix(" |")?.parse().ok()
    };
    text.lines().find_map(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_counted_once_and_versions_apart() {
        let tree = "docspace v0.1.0 (/here)\nsyn v2.0.1\nsyn v3.0.0\nserde v1.0.0\nserde_derive v1.0.0 (proc-macro)\n\
                    syn v2.0.1\nserde v1.0.0 (*)\n";
        assert_eq!(unique(tree), 5);
    }

    #[test]
    fn the_table_has_a_row_for_each_set_of_features() {
        let text = std::fs::read_to_string(root().join(FILE)).unwrap();
        for (features, _) in ROWS {
            assert!(stated(&text, features).is_some(), "{features}");
        }
    }

    #[test]
    fn a_row_matches_only_as_a_whole() {
        assert_eq!(stated("text\n| neither of them | 96 |\n", "neither of them"), Some(96));
        assert_eq!(stated("| neither of them | about 96 |", "neither of them"), None);
        assert_eq!(stated("| neither of them two | 96 |", "neither of them"), None);
    }

    #[test]
    fn fewer_features_bring_fewer_crates() {
        let [with_rustls, _, without] = ROWS.map(|(_, features)| count(features).unwrap());
        assert!(1 < without && without < with_rustls, "{without} and {with_rustls}");
    }
}
