//! Runs the first calls of the README in each language that is installed on this computer.

use std::process::{Command, Output};

use docspace_mock::MockPortal;

/// The code for a language in the table of the README.
fn first_call(language: &str) -> String {
    let readme = include_str!("../README.md");
    let line = readme.lines().find(|line| line.starts_with(&format!("| {language} |"))).expect("a line in the table");
    line.split('`').nth(1).expect("code in the line").to_owned()
}

/// Runs a program, or returns `None` if it is not installed.
fn run(program: &str, arguments: &[&str], mock: &MockPortal) -> Option<Output> {
    Command::new(program).args(arguments).env("KEY", mock.owner_key()).env("URL", mock.url()).output().ok()
}

fn assert_answered(language: &str, output: Option<Output>) {
    let Some(output) = output else {
        println!("skipped: {language} is not installed");
        return;
    };
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(out.contains("pathParts"), "{language}: {out} {error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn first_call_works_with_curl() {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let code = first_call("curl").replace("http://127.0.0.1:8080", &mock.url());
    if run("curl", &["--version"], &mock).is_none() {
        println!("skipped: curl is not installed");
        return;
    }
    assert_answered("curl", run("sh", &["-c", &code], &mock));
}

#[tokio::test(flavor = "multi_thread")]
async fn first_call_works_with_python() {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let probe = run("python3", &["-c", "import requests"], &mock).is_some_and(|output| output.status.success());
    if !probe {
        println!("skipped: Python with requests is not installed");
        return;
    }
    let code = format!(
        "import os, requests\nurl, key = os.environ['URL'], os.environ['KEY']\nprint({})",
        first_call("Python")
    );
    assert_answered("Python", run("python3", &["-c", &code], &mock));
}

#[tokio::test(flavor = "multi_thread")]
async fn first_call_works_with_typescript() {
    let mock = MockPortal::builder().start().await.expect("a free port");
    let probe = run("node", &["-e", "process.exit(typeof fetch === 'function' ? 0 : 1)"], &mock);
    if !probe.is_some_and(|output| output.status.success()) {
        println!("skipped: node with fetch is not installed");
        return;
    }
    let code = format!(
        "const {{URL: url, KEY: key}} = process.env; console.log(JSON.stringify({}))",
        first_call("TypeScript")
    );
    // The line is also JavaScript, which node runs without a compiler.
    assert_answered("TypeScript", run("node", &["--input-type=module", "-e", &code], &mock));
}
