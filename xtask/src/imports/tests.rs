//! Tests of the check, each on a small crate.

use super::report::Report;
use super::tree::Tree;

/// The report on a crate of these files, given their names and texts.
#[track_caller]
fn report(files: &[(&str, &str)]) -> Report {
    let load = |name: &str| files.iter().find(|(file, _)| *file == name).map(|(_, text)| (*text).to_owned());
    Report::of(&Tree::read(files[0].0, load).unwrap())
}

/// The edges of the shortest cycle of the crate. Empty if there is no cycle.
#[track_caller]
fn shortest_cycle(files: &[(&str, &str)]) -> Vec<String> {
    let report = report(files).to_string();
    assert!(report.matches(" files; the shortest one:").count() <= 1, "{report}");
    let edges = report.lines().skip_while(|line| !line.contains(" files; the shortest one:")).skip(1);
    edges.take_while(|line| line.starts_with("    ")).map(|line| line.trim().to_owned()).collect()
}

/// The shortest cycle of modules `a` and `b`, where `b` uses an item of `a`.
#[track_caller]
fn cycle_from_a(a: &str) -> Vec<String> {
    shortest_cycle(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", &format!("pub struct InA;\n{a}")),
        ("b.rs", "use crate::a::InA; pub struct InB; pub fn in_b() -> InB { InB }"),
    ])
}

const BACK: &str = "b.rs:1 uses InA from a.rs";

#[test]
fn paths_count_everywhere_in_code() {
    for (a, name) in [
        ("use crate::b::InB;", "InB"),
        ("use super::b::{self};", "b"),
        ("use crate::b;", "b"),
        ("use crate::b::*;", "*"),
        ("use crate::b::InB as Other;", "InB"),
        ("fn f() { crate::b::in_b(); }", "crate::b::in_b"),
        ("fn f() { use super::b::in_b; }", "in_b"),
        ("fn f(of: super::b::InB) {}", "super::b::InB"),
        ("impl From<Vec<crate::b::InB>> for InA {}", "crate::b::InB"),
        ("fn f() { let _ = matches!(x, [crate::b::InB]); }", "crate::b::InB"),
        ("macro_rules! m { () => { $crate::b::in_b() } }", "crate::b::in_b"),
        ("#[derive(D)] struct S { #[serde(with = \"crate::b::InB\")] f: u8 }", "crate::b::InB"),
    ] {
        assert_eq!(cycle_from_a(a), [format!("a.rs:2 uses {name} from b.rs"), BACK.to_owned()], "{a}");
    }
}

#[test]
fn names_of_other_crates_and_own_names_do_not_count() {
    for a in [
        "use b2::b::InB;",
        "fn f() { ::b::in_b(); }",
        "fn f(x: X) { x.b::<u8>(); m!(x.b::c); }",
        "mod b { pub fn in_b() {} } fn f() { b::in_b(); }",
        "/// As [`InB`](crate::b::InB).\nfn f() {}",
        "macro_rules! m { () => { b::in_b() } }",
    ] {
        assert!(cycle_from_a(a).is_empty(), "{a}: {:?}", cycle_from_a(a));
    }
}

#[test]
fn tests_do_not_count() {
    for a in [
        "#[cfg(test)] mod tests { use crate::b::InB; }",
        "#[cfg(test)] mod no_file;",
        "#[cfg(all(unix, test))] use crate::b::InB;",
        "#[cfg(test)] fn f() { crate::b::in_b(); }",
        "#[test] fn f() { crate::b::in_b(); }",
        "impl InA { #[cfg(test)] fn f() { crate::b::in_b(); } }",
    ] {
        assert!(cycle_from_a(a).is_empty(), "{a}");
    }
    assert!(!cycle_from_a("#[cfg(not(test))] use crate::b::InB;").is_empty());
    assert!(!cycle_from_a("#[cfg(any(test, unix))] use crate::b::InB;").is_empty());
}

#[test]
fn reexport_is_followed_to_the_file_that_defines_the_item() {
    for (reexport, user, line) in [
        ("pub use inner::Item;", "use crate::b::Item;", "a.rs:1 uses Item from b/inner.rs"),
        ("pub use inner::*;", "use crate::b::Item;", "a.rs:1 uses Item from b/inner.rs"),
        ("pub use inner::Item as Other;", "use crate::b::Other;", "a.rs:1 uses Other from b/inner.rs"),
        (
            "pub use self::inner as other;",
            "fn f(_: crate::b::other::Item) {}",
            "a.rs:1 uses crate::b::other::Item from b/inner.rs",
        ),
        ("pub use inner::Item;", "use crate::b::*; fn f(_: Item) {}", "a.rs:1 uses Item from b/inner.rs"),
        (
            "pub use inner::Item;",
            "use crate::b; fn f() { b::Item::new(); }",
            "a.rs:1 uses b::Item::new from b/inner.rs",
        ),
        ("pub use inner::Item;", "fn f() { use crate::b::*; Item::new(); }", "a.rs:1 uses Item::new from b/inner.rs"),
    ] {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", user),
            ("b/mod.rs", &*format!("mod inner; {reexport}")),
            ("b/inner.rs", "pub struct Item; use crate::a::f;"),
        ];
        assert_eq!(shortest_cycle(&files), [line, "b/inner.rs:1 uses f from a.rs"], "{reexport} {user}");
    }
}

#[test]
fn chains_of_reexports_are_followed() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; pub use crate::b::Item;"),
        ("a.rs", "use crate::Item;"),
        ("b.rs", "pub use crate::c::Item;"),
        ("c.rs", "pub use crate::b::Item as Item2; pub struct Item; use crate::a::x;"),
    ];
    assert_eq!(shortest_cycle(&files), ["a.rs:1 uses Item from c.rs", "c.rs:1 uses x from a.rs"]);
}

#[test]
fn item_of_another_crate_belongs_to_the_file_with_the_last_reexport() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; pub use std::fmt;"),
        ("a.rs", "use std::fmt; use crate::fmt::Debug; use crate::b::Arc; pub struct A;"),
        ("b.rs", "pub use crate::c::Arc;"),
        ("c.rs", "pub use std::sync::Arc; use crate::a::A;"),
    ];
    assert_eq!(shortest_cycle(&files), ["a.rs:1 uses Arc from c.rs", "c.rs:1 uses A from a.rs"]);
}

#[test]
fn glob_does_not_import_private_imports() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::*; fn f(_: Item) {}"),
        ("b.rs", "use crate::c::Item;"),
        ("c.rs", "pub struct Item; use crate::a::f;"),
    ];
    let expected = ["a.rs:1 uses * from b.rs", "b.rs:1 uses Item from c.rs", "c.rs:1 uses f from a.rs"];
    assert_eq!(shortest_cycle(&files), expected);
}

#[test]
fn parents_and_children_may_use_each_other() {
    let files = [
        ("lib.rs", "mod a; pub fn f() {} use a::inner::Item;"),
        ("a/mod.rs", "pub mod inner; pub fn g() {} use crate::f;"),
        ("a/inner.rs", "pub struct Item; use super::g; use crate::f; mod deep;"),
        ("a/inner/deep.rs", "use crate::a::g; use super::super::inner::Item;"),
    ];
    let report = report(&files);
    assert!(!report.has_cycle(), "{report}");
    assert_eq!(report.to_string(), "4 files, 0 edges, 0 cycles of files (largest: 0)");
}

#[test]
fn shortest_cycle_is_printed_in_order() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
        ("a.rs", "pub fn a() {}\nuse crate::b::b;"),
        ("b.rs", "pub fn b() {\n\n    super::c::c()\n}"),
        ("c.rs", "pub fn c() {}\nuse crate::{a::a, d::d};"),
        ("d.rs", "pub fn d() {} use crate::e::e;"),
        ("e.rs", "pub fn e() {} use crate::b::b; use crate::a::*;"),
    ];
    let report = report(&files).to_string();
    let expected = "6 files, 7 edges, 1 cycle of files (largest: 5)\n  \
                    a cycle of 5 files; the shortest one:\n    \
                    a.rs:2 uses b from b.rs\n    \
                    b.rs:3 uses super::c::c from c.rs\n    \
                    c.rs:2 uses a from a.rs\n";
    assert!(report.starts_with(expected), "{report}");
}

#[test]
fn top_level_modules_can_form_a_cycle_without_a_cycle_of_files() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod one; pub mod two;"),
        ("a/one.rs", "use crate::b::two::two;"),
        ("a/two.rs", "pub fn two() {}"),
        ("b/mod.rs", "mod one; pub mod two;"),
        ("b/one.rs", "use crate::a::two::two;"),
        ("b/two.rs", "pub fn two() {}"),
    ];
    let report = report(&files);
    assert!(report.has_cycle());
    let text = report.to_string();
    let expected = "\n  a cycle of 2 top-level modules; the shortest one:\n    \
                    a/one.rs:1 uses two from b/two.rs\n    b/one.rs:1 uses two from a/two.rs";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn macro_call_leads_to_the_file_of_the_macro() {
    let settings = "macro_rules! settings { ($name:ident) => {} } pub(crate) use settings; use crate::a::A;";
    for (a, name) in [
        ("use crate::settings::settings; settings!(A);", "settings"),
        ("crate::settings::settings!(A);", "crate::settings::settings!"),
        ("fn f() { dbg!(crate::settings::settings!(A)); }", "crate::settings::settings!"),
    ] {
        let files =
            [("lib.rs", "mod a; mod settings;"), ("a.rs", &*format!("pub struct A; {a}")), ("settings.rs", settings)];
        let expected = [format!("a.rs:1 uses {name} from settings.rs"), "settings.rs:1 uses A from a.rs".to_owned()];
        assert_eq!(shortest_cycle(&files), expected, "{a}");
    }
    let by_text = [
        ("lib.rs", "#[macro_use] mod settings; mod a;"),
        ("a.rs", "pub struct A; settings!(A);"),
        ("settings.rs", settings),
    ];
    assert_eq!(shortest_cycle(&by_text)[0], "a.rs:1 uses settings! from settings.rs");
    let exported = [
        ("lib.rs", "mod settings; mod a;"),
        ("a.rs", "pub struct A; crate::settings2!(A);"),
        ("settings.rs", "#[macro_export] macro_rules! settings2 { () => {} } use crate::a::A;"),
    ];
    assert_eq!(shortest_cycle(&exported)[0], "a.rs:1 uses crate::settings2! from settings.rs");
}

#[test]
fn generated_files_have_no_outgoing_edges() {
    let generated = "//! Types.\n//! @generated by a program.\npub struct Item;";
    let files = |with: &str| {
        let text = format!("{generated} {with}");
        report(&[("lib.rs", "mod a; mod made;"), ("a.rs", "use crate::made::Item;"), ("made.rs", &text)]).to_string()
    };
    assert!(files("").starts_with("3 files, 1 edge, 0 cycles"));
    assert!(files("use crate::a::f;").starts_with("3 files, 1 edge, 0 cycles"));
}

#[test]
fn item_defined_by_a_macro_call_belongs_to_the_calling_module() {
    let files = [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::Id;"), ("b.rs", "id!(Id); use crate::a::f;")];
    assert_eq!(shortest_cycle(&files)[0], "a.rs:1 uses Id from b.rs");
}

#[test]
fn modules_are_found_in_files_braces_and_path_attributes() {
    let files = [
        ("main.rs", "mod a { pub mod b; mod inner {} } #[path = \"else/where.rs\"] mod c;"),
        ("a/b.rs", "use crate::c::Item; pub struct Other;"),
        ("else/where.rs", "pub struct Item; use crate::a::b::Other;"),
    ];
    assert_eq!(shortest_cycle(&files)[0], "a/b.rs:1 uses Item from else/where.rs");
    let error = Tree::read("lib.rs", |name| (name == "lib.rs").then(|| "mod a;".to_owned())).err().unwrap();
    assert!(error.to_string().contains("no file for `mod a` of lib.rs"), "{error}");
}
