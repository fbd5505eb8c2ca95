//! Tests of faults that stop the generator.

use super::{mirror_of, refusal};

#[test]
fn fault_names_the_file_and_line() {
    let method = "impl Portal {\n /// Pairs.\n pub async fn method(&self) -> (Portal, u8) { todo!() }\n}";
    let faults = mirror_of(&format!("\n{method}"), "").unwrap_err();
    let before = super::PORTAL.lines().count();
    assert_eq!((faults[0].file.as_str(), faults[0].line), ("portal.rs", before + 4), "{faults:?}");
}

#[test]
fn all_faults_are_reported_together() {
    let code = "impl Portal { pub fn one(&self) -> &Portal { self } pub fn two(&self, at: [Portal; 2]) {} }";
    assert_eq!(mirror_of(code, "").unwrap_err().len(), 2);
}

#[test]
fn signature_without_a_rule_is_a_fault() {
    for (method, why) in [
        ("pub fn method(&self) -> &Portal { self }", "no rule for a result of this type"),
        ("pub fn method(&self, each: &[Portal]) {}", "no rule for an argument of this type"),
        ("pub fn method(&self, who: impl Into<Portal>) {}", "no rule for an argument of this type"),
        ("pub fn method(&self, (a, b): (u8, u8)) {}", "no rule for a pattern as an argument"),
        ("pub fn method(self: Box<Self>) {}", "no rule for this form of `self`"),
        ("pub async fn method(&self, work: impl AsyncFn(Portal)) {}", "cannot resolve `AsyncFn`"),
        (
            "pub async fn method<F: Future<Output = ()>>(&self, work: impl Fn(Portal) -> F) {}",
            "no rule for a type parameter that is a future",
        ),
        ("pub async fn method(&self) -> Result<Hidden> { todo!() }", "cannot resolve `Hidden`"),
        ("pub fn method(&self) -> BoxStream<'static, Portal> { todo!() }", "a type with a twin inside of another"),
        ("#[other] pub fn method(&self) {}", "no rule for this attribute"),
    ] {
        let given = refusal(method);
        assert!(given.contains(why), "{method}: {given}");
    }
}

#[test]
fn traits_and_types_without_a_rule_are_faults() {
    for (code, why) in [
        ("impl From<u8> for Portal { fn from(_: u8) -> Self { todo!() } }", "no rule for the trait `From`"),
        ("impl Portal { more_methods!(); }", "no rule for this in an `impl`"),
        ("impl AsRef<Portal> for Plain { fn as_ref(&self) -> &Portal { todo!() } }", "this use of a type"),
        ("impl Plain { pub fn of(portal: &Portal) -> Self { Self } }", "this use of a type"),
    ] {
        let faults = mirror_of(code, "").unwrap_err();
        assert!(faults[0].why.contains(why), "{code}: {faults:?}");
    }
    for code in ["pub struct Held { pub by: Portal }", "pub enum Held { By(Portal) }"] {
        let faults = mirror_of(code, "Held").unwrap_err();
        assert!(faults[0].why.contains("holds a type with a twin"), "{code}: {faults:?}");
    }
    let faults = mirror_of("pub async fn function() {}", "function").unwrap_err();
    assert!(faults[0].why.contains("neither a struct nor an enum"), "{faults:?}");
    let code = "#[derive(Clone, PartialEq)] pub struct Also; impl Also { /// Goes.\n pub async fn go(&self) {} }";
    let faults = mirror_of(code, "Also").unwrap_err();
    assert!(faults[0].why.contains("the derived trait `PartialEq`"), "{faults:?}");
}
