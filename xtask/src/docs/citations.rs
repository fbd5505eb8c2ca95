//! Citations of recordings: `(recording rooms/list, step 3)`. Steps count from 1, as a reader
//! counts them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use super::Text;
use crate::recordings;
use crate::workspace::RECORDINGS;

/// One line for each recording or step that is cited and does not exist.
pub(super) fn faults<'t>(root: &Path, texts: impl Iterator<Item = &'t Text>) -> Result<Vec<String>> {
    let mut known = BTreeMap::new();
    let mut faults = Vec::new();
    for Text { path, text } in texts {
        for citation in citations(text) {
            if !known.contains_key(&citation.recording) {
                let steps = recordings::steps(root, &citation.recording)?;
                known.insert(citation.recording.clone(), steps);
            }
            let Citation { line, recording, last_step } = citation;
            match (known[&recording], last_step) {
                (None, _) => faults.push(format!("{path}:{line}: there is no recording {recording} in {RECORDINGS}")),
                (Some(steps), Some(step)) if step > steps => {
                    faults.push(format!("{path}:{line}: the recording {recording} has {steps} steps, not {step}"));
                }
                (Some(_), _) => {}
            }
        }
    }
    Ok(faults)
}

#[derive(Debug, PartialEq, Eq)]
struct Citation {
    line: usize,
    recording: String,
    /// The highest step that is named.
    last_step: Option<usize>,
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a regular expression")
}

fn citations(text: &str) -> Vec<Citation> {
    static EVIDENCE: LazyLock<Regex> = LazyLock::new(|| regex(r"\(recordings?[^)]*\)"));
    static CITED: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\b([a-z]+/[a-z0-9][a-z0-9@-]*)((?:[\s>/!*]|,|and|steps?|to|[0-9]|-|–)*)"));
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex("[0-9]+"));
    let mut citations = Vec::new();
    for place in EVIDENCE.find_iter(text) {
        for found in CITED.captures_iter(place.as_str()) {
            let at = place.start() + found.get(0).map_or(0, |whole| whole.start());
            let steps = found[2].contains("step").then(|| NUMBER.find_iter(&found[2]));
            citations.push(Citation {
                line: text[..at].matches('\n').count() + 1,
                recording: found[1].trim_end_matches('-').to_owned(),
                last_step: steps.and_then(|steps| steps.filter_map(|step| step.as_str().parse().ok()).max()),
            });
        }
    }
    citations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(text: &str) -> Vec<(usize, String, Option<usize>)> {
        citations(text).into_iter().map(|found| (found.line, found.recording, found.last_step)).collect()
    }

    #[test]
    fn recordings_and_steps_are_found_across_lines() {
        let text = "A. (recording rooms/list)\n> B. (recordings links/custom,\n> steps 3 and 12-14, and audit/events@no-audit)";
        let expected = [(1, "rooms/list", None), (2, "links/custom", Some(14)), (3, "audit/events@no-audit", None)];
        assert_eq!(cited(text), expected.map(|(line, name, step)| (line, name.to_owned(), step)));
    }

    #[test]
    fn other_evidence_is_no_citation() {
        assert_eq!(cited("(observed) (source) a/b (see rooms/list)"), []);
    }

    #[test]
    fn missing_recordings_and_steps_are_named_with_their_lines() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join(RECORDINGS).join("rooms");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("list.json"), r#"{"steps": [{}, {}]}"#).expect("a recording");
        let text =
            "(recording rooms/list, step 2)\n(recording rooms/list, steps 2-3)\n(recording rooms/gone)".to_owned();
        let texts = [Text { path: "docs/x.md".to_owned(), text }];
        assert_eq!(
            faults(root.path(), texts.iter()).expect("faults"),
            [
                "docs/x.md:2: the recording rooms/list has 2 steps, not 3",
                "docs/x.md:3: there is no recording rooms/gone in tests/recordings",
            ]
        );
    }
}
