//! What all examples have in common: their first lines, and how they fail.

use std::path::Path;

use super::bench::{Bench, Outcome, run};

/// Every example, with arguments with which it calls the portal.
const ALL: &[(&str, &[&str])] = &[
    ("answer_later", &["create", "4711", "Deal 7", "deal-7.json"]),
    ("archive_last_year", &["2026-01-01"]),
    ("audit_access", &[]),
    ("blocking", &[]),
    ("clean_archive", &["30"]),
    ("course_from_template", &["Course", "Statistics", "10"]),
    ("expire_links", &["30"]),
    ("hand_over", &["ann@example.com", "bob@example.com"]),
    ("link_report", &[]),
    ("onboard_client", &["Acme"]),
    ("rotate_key", &["nightly"]),
    ("sync_members", &["4711", "tests/examples/members.csv"]),
    ("tag_rooms", &["audit", "Acme"]),
];

/// The examples that are built with the enabled features.
fn built() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    ALL.iter().filter(|(name, _)| cfg!(feature = "blocking") || *name != "blocking")
}

fn assert_one_line(example: &str, outcome: &Outcome) {
    assert_eq!(outcome.code, Some(1), "{example}: {outcome:?}");
    let one = outcome.err.starts_with("error: ") && outcome.err.trim_end().lines().count() == 1;
    assert!(one, "{example}: {outcome:?}");
}

#[test]
fn examples_begin_with_their_audience_and_command_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect();
    files.sort();
    let names: Vec<_> = files.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (path, name) in files.iter().zip(names) {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.starts_with("//! For "), "{name}");
        let call = format!("DOCSPACE_URL=… DOCSPACE_API_KEY=… cargo run -p docspace --example {name}");
        assert!(text.contains(&call), "{name}");
        assert!(text.lines().count() <= 120, "{name}");
    }
}

#[tokio::test]
async fn examples_name_the_missing_variable() {
    for (example, arguments) in built() {
        let outcome = run(example, arguments, &[]).await;
        assert_one_line(example, &outcome);
        assert!(outcome.err.contains("DOCSPACE_URL"), "{example}: {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn examples_report_a_wrong_key_on_one_line_without_printing_it() {
    let bench = Bench { key: "sk-an-unknown-key".to_owned(), ..Bench::new().await };
    for (example, arguments) in built() {
        assert_one_line(example, &bench.try_run(example, arguments).await);
    }
}

#[tokio::test]
async fn examples_reject_invalid_arguments_before_calling_the_portal() {
    // Nothing listens there, so a call would fail with another message.
    let nowhere = [("DOCSPACE_URL", "http://127.0.0.1:9"), ("DOCSPACE_API_KEY", "sk-0123")];
    for (example, arguments, message) in [
        ("answer_later", &["create", "23"][..], "answer_later create TEMPLATE"),
        ("answer_later", &["ask", "no-such-file.json"], "cannot read no-such-file.json"),
        ("archive_last_year", &["last year"], "is not a date"),
        ("clean_archive", &["-1"], "not a number of days"),
        ("clean_archive", &["30", "--sure"], "--yes"),
        ("course_from_template", &["Course", "Statistics", "many"], "not a number of seats"),
        ("expire_links", &[], "expire_links DAYS"),
        ("hand_over", &["ann@example.com", "ANN@example.com"], "the same"),
        ("hand_over", &["ann@example.com"], "hand_over FROM"),
        ("link_report", &["soon"], "not a number of days"),
        ("link_report", &["4000000000"], "not a number of days"),
        ("onboard_client", &[], "onboard_client CLIENT"),
        ("rotate_key", &["nightly", "--now"], "--end-old"),
        ("tag_rooms", &["audit", " "], "empty"),
    ] {
        let outcome = run(example, arguments, &nowhere).await;
        assert_one_line(example, &outcome);
        assert!(outcome.err.contains(message), "{example}: {outcome:?}");
    }
}
