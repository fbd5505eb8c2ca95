//! The first calls of the README, run as they stand there, in each language that is installed here.

use std::process::{Command, Output};

use docspace_mock::MockPortal;

/// The code in the README's table for this language.
fn first_call(language: &str) -> String {
    let readme = include_str!("../README.md");
    let line = readme.lines().find(|line| line.starts_with(&format!("| {language} |"))).expect("a line in the table");
    line.split('`').nth(1).expect("code in the line").to_owned()
}

/// Runs a program; nothing if it is not installed here.
fn run(program: &str, arguments: &[&str], mock: &MockPortal) -> Option<Output> {
    Command::new(program).args(arguments).env("KEY", mock.owner_key()).env("URL", mock.url()).output().ok()
}

fn assert_answered(language: &str, output: Option<Output>) {
    let Some(output) = output else {
        println!("{language} is not installed here: skipped");
        return;
    };
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(out.contains("pathParts"), "{language}: {out} {error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn curl() {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let code = first_call("curl").replace("http://127.0.0.1:8080", &mock.url());
    if run("curl", &["--version"], &mock).is_none() {
        println!("curl is not installed here: skipped");
        return;
    }
    assert_answered("curl", run("sh", &["-c", &code], &mock));
}

#[tokio::test(flavor = "multi_thread")]
async fn python() {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let there = run("python3", &["-c", "import requests"], &mock).is_some_and(|output| output.status.success());
    if !there {
        println!("Python with requests is not installed here: skipped");
        return;
    }
    let code = format!(
        "import os, requests\nurl, key = os.environ['URL'], os.environ['KEY']\nprint({})",
        first_call("Python")
    );
    assert_answered("Python", run("python3", &["-c", &code], &mock));
}

#[tokio::test(flavor = "multi_thread")]
async fn typescript() {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let there = run("node", &["-e", "process.exit(typeof fetch === 'function' ? 0 : 1)"], &mock);
    if !there.is_some_and(|output| output.status.success()) {
        println!("node with fetch is not installed here: skipped");
        return;
    }
    let code = format!(
        "const {{URL: url, KEY: key}} = process.env; console.log(JSON.stringify({}))",
        first_call("TypeScript")
    );
    // The line is JavaScript too, which is what node runs without a compiler.
    assert_answered("TypeScript", run("node", &["--input-type=module", "-e", &code], &mock));
}
