//! The figures, in docs/performance.json. A run replaces only the rows that it measures.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// The file, relative to the root.
pub(super) const FILE: &str = "docs/performance.json";

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// The figures by the names of their rows.
    pub(super) rows: BTreeMap<String, Measured>,
}

/// The figure of a row, or the reason why it was not measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Measured {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) figure: Option<f64>,
    /// What the figure was computed from, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) sides: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) not_measured: Option<String>,
    pub(super) machine: String,
    pub(super) date: String,
}

impl Record {
    /// Reads the file. Before the first run there is none.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let path = root.join(FILE);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {FILE}"))?;
        serde_json::from_str(&text).with_context(|| format!("{FILE} is not a record of figures"))
    }

    pub(super) fn write(&self, root: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        std::fs::write(root.join(FILE), text + "\n").with_context(|| format!("cannot write {FILE}"))
    }
}

/// Four digits: more would be noise.
pub(super) fn rounded(figure: f64) -> f64 {
    format!("{figure:.3e}").parse().unwrap_or(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_four_digits() {
        assert_eq!(rounded(1.234_567), 1.235);
        assert_eq!(rounded(0.0), 0.0);
        assert_eq!(rounded(123_456.0), 123_500.0);
    }

    #[test]
    fn rows_survive_writing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("docs")).unwrap();
        let mut record = Record::read(folder.path()).unwrap();
        assert!(record.rows.is_empty());
        let measured = Measured { figure: Some(1.5), sides: "3 and 2".to_owned(), ..Measured::default() };
        record.rows.insert("get-cpu".to_owned(), measured.clone());
        record.write(folder.path()).unwrap();
        assert_eq!(Record::read(folder.path()).unwrap().rows["get-cpu"], measured);
    }
}
