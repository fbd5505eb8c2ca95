//! Tests of methods that a macro of the crate adds.

use blocking_twin::Fault;

use super::generate;

const ROOT: &str = "
    mod create; mod edit; mod error; mod settings; mod types;
    pub use create::Create; pub use edit::Edit; pub use error::Result; pub use types::Color;
";

/// A file with a builder whose settings come from a macro.
fn builder(name: &str, call: &str) -> String {
    format!(
        "use crate::error::Result;
        use crate::settings::settings;

        /// A builder.
        pub struct {name}(());

        {call}

        impl {name} {{
            /// Sends it.
            pub async fn send(self) -> Result<()> {{ todo!() }}
        }}"
    )
}

/// Generates the twin of a crate with two builders that call this macro.
fn mirror_of(settings: &str, call: &str) -> Result<String, Vec<Fault>> {
    let load = |name: &str| match name {
        "lib.rs" => Some(ROOT.to_owned()),
        "create.rs" => Some(builder("Create", &format!("use crate::types::Color;\n{call}(Create);"))),
        "edit.rs" => Some(builder("Edit", "use crate::types::Color as Paint; settings!(Edit);")),
        "error.rs" => Some("pub type Result<T> = std::result::Result<T, ()>;".to_owned()),
        "settings.rs" => Some(settings.to_owned()),
        "types.rs" => Some("pub struct Color; pub struct Hidden;".to_owned()),
        _ => None,
    };
    generate(load)
}

/// A macro with one rule that defines these methods.
fn rule(methods: &str) -> String {
    format!(
        "macro_rules! settings {{
    ($builder:ident) => {{
        impl $builder {{
            {methods}
        }}
    }};
}}
pub(crate) use settings;"
    )
}

/// The fault of a crate with this macro, which `create.rs` calls as `settings!(…)`.
#[track_caller]
fn refusal(settings: &str) -> String {
    let faults = mirror_of(settings, "settings!").unwrap_err();
    assert_eq!((faults[0].file.as_str(), faults[0].line), ("create.rs", 8), "{faults:?}");
    faults[0].why.clone()
}

#[test]
fn macro_methods_are_mirrored_for_each_call() {
    let methods = "/// Sets `$builder` and [`Self::send`].
        #[must_use] pub fn color(mut self, color: crate::types::Color, at: std::time::Duration) -> Self { todo!() }
        /// Copies it.
        pub fn copy(&self) -> Option<$builder> { todo!() }";
    for call in ["settings!", "crate::settings::settings!", "super::settings::settings!"] {
        let text = mirror_of(&rule(methods), call).unwrap();
        for name in ["Create", "Edit"] {
            let start = text.find(&format!("impl {name} {{\n    /// Sets")).unwrap_or_else(|| panic!("{text}"));
            let block = &text[start..start + text[start..].find("\n}").unwrap()];
            assert!(block.contains("/// Sets `$builder` and [`Self::send`]."), "{block}");
            assert!(block.contains(&format!("[`docspace::{name}::color`](crate::{name}::color)")), "{block}");
            assert!(
                block.contains("pub fn color(self, color: crate::Color, at: std::time::Duration) -> Self"),
                "{block}"
            );
            assert!(block.contains(&format!("pub fn copy(&self) -> Option<{name}>")), "{block}");
        }
    }
}

#[test]
fn macro_methods_take_the_place_of_the_call() {
    let text = mirror_of(&rule("/// Sets.\n pub fn color(&self) {}"), "settings!").unwrap();
    assert!(text.find("pub fn color").unwrap() < text.find("pub fn send").unwrap(), "{text}");
}

#[test]
fn macro_may_add_types_and_imports() {
    let settings = "macro_rules! settings { ($builder:ident,) => {
        use $crate::types::Color as Shade;
        impl $builder { /// Sets.\n pub fn shade(&self, to: Shade) {} }
    } } pub(crate) use settings;";
    let text = mirror_of(settings, "settings!").unwrap();
    assert_eq!(text.matches("pub fn shade(&self, to: crate::Color)").count(), 2, "{text}");
}

#[test]
fn names_are_resolved_in_the_file_with_the_call() {
    let faults = mirror_of(&rule("/// Sets.\n pub fn color(self, color: Color) {}"), "settings!").unwrap_err();
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!((fault.file.as_str(), fault.line), ("edit.rs", 7), "{fault:?}");
    assert!(
        fault.why.starts_with("in the macro at line 5 of settings.rs, called here: cannot resolve `Color`"),
        "{fault:?}"
    );
}

#[test]
fn calls_of_other_macros_are_ignored() {
    let methods = rule("/// Sets.\n pub fn color(&self) {}");
    for call in ["std::thread_local! {} settings!", "other::settings! {} settings!", "unknown!(pub a b c); settings!"] {
        assert!(mirror_of(&methods, call).is_ok(), "{call}");
    }
    let without_pub = "macro_rules! convert { ($($t:ty),+) => { $(impl From<$t> for Color { fn f() {} })+ } }";
    let call = format!("{without_pub} convert!(u8, u16); settings!");
    assert!(mirror_of(&methods, &call).is_ok());
}

#[test]
fn macro_can_be_called_by_the_path_of_a_module() {
    let load = |name: &str| match name {
        "lib.rs" => Some("pub use own::Own; own::methods!(Own); mod own;".to_owned()),
        "own.rs" => Some(
            "pub struct Own;
            macro_rules! methods {
                ($own:ident) => { impl $own { /// Goes.\n pub async fn go(&self) {} } };
            }
            pub(crate) use methods;"
                .to_owned(),
        ),
        _ => None,
    };
    let text = generate(load).unwrap();
    assert!(text.contains("pub fn go(&self) {"), "{text}");
}

#[test]
fn call_that_cannot_be_expanded_is_a_fault() {
    for (rules, why) in [
        ("($a:ident) => { pub fn a() {} }; ($a:ident, $b:ident) => {}", "it has more than one rule"),
        ("($a:ty) => { pub fn a() {} }", "its parameters are not all of the form `$name:ident`"),
        ("($($a:ident),+) => { $(impl $a { pub fn a() {} })+ }", "its parameters are not all of the form"),
        ("($a:ident, $b:ident) => { pub fn a() {} }", "it takes 2 arguments, but the call has 1"),
        ("($a:ident) => { pub fn $b() {} }", "it has no parameter `$b`"),
        ("($a:ident) => { $(pub fn a() {})* }", "it repeats a part of its body"),
        ("($a:ident) => { pub let $a }", "it does not consist of items"),
        ("($a:ident) => { settings!($a); pub struct B; }", "no rule for a macro that calls another one"),
    ] {
        let given = refusal(&format!("macro_rules! settings {{ {rules} }} pub(crate) use settings;"));
        assert!(given.contains(why), "{rules}: {given}");
    }
    let renamed = mirror_of(&rule("pub fn a() {}"), "crate::settings::other!").unwrap_err();
    assert!(
        renamed[0].why.contains("cannot find the macro `other!`; call it by the name in its definition"),
        "{renamed:?}"
    );
    let twice = format!("{0} mod inner {{}} {0}", rule("pub fn a() {}"));
    assert!(refusal(&twice).contains("`settings!` is defined more than once"));
}
