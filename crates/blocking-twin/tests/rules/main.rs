//! Tests of the rules, each on a small crate.

mod docs;
mod macros;
mod methods;
mod modules;
mod refusals;

use blocking_twin::{Fault, Twin};

/// The start of all small crates: a portal, and a room that leads to it.
const PORTAL: &str = "
    use crate::error::Result;
    use crate::runtime::BoxStream;
    use std::time::Duration;

    /// A portal.
    #[derive(Clone, Debug)]
    pub struct Portal(());

    /// A room.
    #[derive(Clone, Debug)]
    pub struct Room<'p>(&'p Portal);

    impl Portal {
        /// Connects.
        pub async fn connect() -> Result<Self> { todo!() }
    }

    impl Room<'_> {
        /// Reads it.
        pub async fn read(&self) -> Result<Plain> { todo!() }
    }

    /// Nothing to wait for.
    pub struct Plain;
";

/// Generates the twin of a crate with this code added to the portal's file. `public` lists further
/// public names of the root.
fn mirror_of(code: &str, public: &str) -> Result<String, Vec<Fault>> {
    let root = format!(
        "mod error; mod portal; mod runtime;\n\
         pub use error::Result; pub use portal::{{Plain, Portal, Room, {public}}};"
    );
    let load = |name: &str| match name {
        "lib.rs" => Some(root.clone()),
        "portal.rs" => Some(format!("{PORTAL}{code}")),
        "error.rs" => Some("pub type Result<T> = std::result::Result<T, ()>;".to_owned()),
        "runtime.rs" => Some(String::new()),
        _ => None,
    };
    generate(load)
}

/// Generates the twin of a crate called `docspace`.
fn generate(load: impl Fn(&str) -> Option<String>) -> Result<String, Vec<Fault>> {
    let twin = Twin::of_files("lib.rs", load).crate_name("docspace");
    twin.generate().map_err(|error| error.faults().to_vec())
}

/// Asserts the twin of a method of the portal, without its documentation.
#[track_caller]
fn becomes(method: &str, expected: &str) {
    let text = mirror_of(&format!("impl Portal {{ {method} }}"), "").unwrap_or_else(|faults| panic!("{faults:?}"));
    let code: String =
        text.lines().filter(|line| !line.trim().starts_with("//")).map(|line| format!("{line}\n")).collect();
    // Formatted in the same way, without the lines of the enclosing block.
    let block = prettyplease::unparse(&syn::parse_file(&format!("impl Portal {{ {expected} }}")).unwrap());
    let expected = block.trim_start_matches("impl Portal {\n").trim_end_matches("}\n");
    assert!(code.contains(expected), "the twin lacks\n{expected}in\n{code}");
}

/// The fault of a method of the portal.
fn refusal(method: &str) -> String {
    let faults = mirror_of(&format!("impl Portal {{ {method} }}"), "").unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].why.clone()
}
