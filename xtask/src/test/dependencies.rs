//! How many crates `docspace` brings along: the README tells, and a new one shall not come in unnoticed.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use super::step::Outcome;
use crate::workspace::{Metadata, cargo, root};

/// What the README's table has a row for, and how cargo is asked for it.
const ROWS: [(&str, &[&str]); 3] = [
    ("`rustls`, the default", &[]),
    ("`native-tls` in its place", &["--no-default-features", "--features", "native-tls"]),
    ("neither of them", &["--no-default-features"]),
];

/// One system for all who run this, since each has some crates of its own. Nothing of it has to be installed.
const SYSTEM: &str = "x86_64-unknown-linux-gnu";

/// Counts the crates for each row of the README's table.
pub(super) fn run(_: &Metadata) -> Result<Outcome> {
    let readme = std::fs::read_to_string(root().join("README.md")).context("cannot read README.md")?;
    let (mut counts, mut wrong) = (Vec::new(), Vec::new());
    for (features, arguments) in ROWS {
        let found = count(arguments)?;
        counts.push(format!("{found} with {features}"));
        match stated(&readme, features) {
            Some(said) if said == found => {}
            Some(said) => wrong.push(format!("with {features} it says {said}, and there are {found}")),
            None => wrong.push(format!("it has no row for {features}, with which there are {found}")),
        }
    }
    ensure!(
        wrong.is_empty(),
        "README.md counts the crates that docspace brings along, and {}. \
         `cargo tree -p docspace -e normal` shows where each comes from; what is worth it goes into the README",
        wrong.join("; ")
    );
    Ok(Outcome::Remark(counts.join(", ")))
}

/// The crates that a program gets with docspace, docspace itself among them: what is linked into it or runs as a
/// macro, two versions of one crate as two. What only build scripts and tests use is not counted.
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

/// The number in the row `| features | number |` of the README.
fn stated(readme: &str, features: &str) -> Option<usize> {
    let row = |line: &str| {
        line.strip_prefix("| ")?.strip_prefix(features)?.strip_prefix(" | ")?.strip_suffix(" |")?.parse().ok()
    };
    readme.lines().find_map(row)
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
    fn the_readme_has_a_row_for_each() {
        let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
        for (features, _) in ROWS {
            assert!(stated(&readme, features).is_some(), "{features}");
        }
    }

    #[test]
    fn a_row_is_read_whole() {
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
