//! Tests of signatures and bodies.

use super::{becomes, generate, mirror_of};

#[test]
fn async_method_runs_to_completion() {
    becomes(
        "pub async fn method(&self, title: impl Into<String>, on: bool) -> Result<Plain> { todo!() }",
        "pub fn method(&self, title: impl Into<String>, on: bool) -> crate::Result<crate::Plain> { \
         self.runtime.run(self.inner.method(title, on)) }",
    );
}

#[test]
fn async_method_without_a_result_waits() {
    becomes(
        "pub async fn method(mut self) -> Vec<u8> { todo!() }",
        "pub fn method(self) -> Vec<u8> { self.runtime.wait(self.inner.method()) }",
    );
}

#[test]
fn plain_method_is_called() {
    becomes("pub fn method(&self) -> &str { todo!() }", "pub fn method(&self) -> &str { self.inner.method() }");
    becomes(
        "pub fn method(&mut self, after: Duration) { todo!() }",
        "pub fn method(&mut self, after: std::time::Duration) { self.inner.method(after) }",
    );
}

#[test]
fn constant_is_copied() {
    becomes("pub const LIMITS: [Plain; 2] = ALL;", "pub const LIMITS: [crate::Plain; 2] = <crate::Portal>::LIMITS;");
}

#[test]
fn builder_method_returns_the_twin() {
    becomes(
        "#[must_use] pub fn method(mut self) -> Self { todo!() }",
        "#[must_use] pub fn method(self) -> Self { Self::wrap(self.inner.method(), &self.runtime) }",
    );
}

#[test]
fn returned_twin_shares_the_runtime() {
    becomes(
        "pub fn method(&self) -> Room<'_> { todo!() }",
        "pub fn method(&self) -> Room<'_> { Room::wrap(self.inner.method(), &self.runtime) }",
    );
    becomes(
        "pub async fn method(&self) -> Result<Vec<Room<'_>>> { todo!() }",
        "pub fn method(&self) -> crate::Result<Vec<Room<'_>>> { self.runtime.run(self.inner.method()).map(|inner| \
         inner.into_iter().map(|inner| Room::wrap(inner, &self.runtime)).collect()) }",
    );
    becomes(
        "pub fn method(&self) -> Option<Room<'_>> { todo!() }",
        "pub fn method(&self) -> Option<Room<'_>> { \
         self.inner.method().map(|inner| Room::wrap(inner, &self.runtime)) }",
    );
}

#[test]
fn standard_result_keeps_its_error_type() {
    becomes(
        "pub async fn method(&self) -> std::result::Result<u8, Plain> { todo!() }",
        "pub fn method(&self) -> std::result::Result<u8, crate::Plain> { self.runtime.run(self.inner.method()) }",
    );
    let code = "use std::fmt; pub struct Own; impl Own {
        /// Opens.
        pub async fn open() -> Result<Own, fmt::Error> { todo!() }
    }";
    let load = |name: &str| match name {
        "lib.rs" => Some("mod own; pub use own::Own;".to_owned()),
        "own.rs" => Some(code.to_owned()),
        _ => None,
    };
    let text = generate(load).unwrap();
    assert!(text.contains("pub fn open() -> Result<Own, std::fmt::Error> {"), "{text}");
    assert!(text.contains(".map(|inner| Own::wrap(inner, &runtime))"), "{text}");
    assert!(text.contains("use super::runtime::Runtime;"), "{text}");
}

#[test]
fn method_without_self_creates_a_runtime() {
    becomes(
        "pub async fn method() -> Result<Portal> { todo!() }",
        "pub fn method() -> crate::Result<Portal> { let runtime = Runtime::default(); \
         runtime.run(<crate::Portal>::method()).map(|inner| Portal::wrap(inner, &runtime)) }",
    );
    becomes("pub fn method() -> u8 { 0 }", "pub fn method() -> u8 { <crate::Portal>::method() }");
}

#[test]
fn returned_stream_becomes_an_iterator() {
    becomes(
        "pub fn method(self) -> BoxStream<'static, Result<Plain>> { todo!() }",
        "pub fn method(self) -> Items<crate::Result<crate::Plain>> { \
         Items::new(self.inner.method(), &self.runtime) }",
    );
}

#[test]
fn type_that_implements_stream_becomes_an_iterator() {
    let code = "
        use futures::Stream;
        /// Many.
        pub struct Many<T>(T);
        impl<T: Send> Stream for Many<T> {
            type Item = (u8, Result<T>);
            fn poll_next(&mut self) { todo!() }
        }
        impl<T: Send> Many<T> {
            /// What is left.
            pub fn left(&self) -> &[Plain] { todo!() }
        }";
    let text = mirror_of(code, "Many").unwrap();
    assert!(text.contains("impl<T: Send> Iterator for Many<T> {\n    type Item = (u8, crate::Result<T>);"), "{text}");
    assert!(text.contains("self.runtime.wait(futures::StreamExt::next(&mut self.inner))"), "{text}");
    assert!(text.contains("pub fn left(&self) -> &[crate::Plain]"), "{text}");
}

#[test]
fn twins_are_unwrapped_in_arguments() {
    becomes(
        "pub fn method(self, a: Portal, b: &Room<'_>, c: Option<Portal>, d: impl IntoIterator<Item = Portal>) -> u8 { 0 }",
        "pub fn method(self, a: Portal, b: &Room<'_>, c: Option<Portal>, d: impl IntoIterator<Item = Portal>) -> u8 { \
         self.inner.method(a.inner, &b.inner, c.map(|inner| inner.inner), d.into_iter().map(|inner| inner.inner)) }",
    );
}

#[test]
fn closures_and_futures_are_passed_unchanged() {
    becomes(
        "pub fn method(self, f: impl FnMut(&Plain) + Send + 'static) -> Self { todo!() }",
        "pub fn method(self, f: impl FnMut(&crate::Plain) + Send + 'static) -> Self { \
         Self::wrap(self.inner.method(f), &self.runtime) }",
    );
    becomes(
        "pub fn method(&self, stop: impl Future<Output = ()> + Send + 'static) { todo!() }",
        "pub fn method(&self, stop: impl Future<Output = ()> + Send + 'static) { self.inner.method(stop) }",
    );
}

#[test]
fn aliases_are_kept() {
    becomes(
        "#[doc(alias = \"send\")] pub async fn start(&self) -> Result<()> { todo!() }",
        "#[doc(alias = \"send\")] pub fn start(&self) -> crate::Result<()> { self.runtime.run(self.inner.start()) }",
    );
}

#[test]
fn method_that_returns_a_future_waits() {
    becomes(
        "pub fn method(&self, at: &str) -> impl Future<Output = Result<Option<Plain>>> + 'static { todo!() }",
        "pub fn method(&self, at: &str) -> crate::Result<Option<crate::Plain>> { \
         self.runtime.run(self.inner.method(at)) }",
    );
}

#[test]
fn future_without_an_output_becomes_a_closure() {
    becomes(
        "pub fn method(&self, stop: impl Future + Send + 'static) { todo!() }",
        "pub fn method(&self, stop: impl Fn() -> bool + Send + 'static) { \
         self.inner.method(super::runtime::until(stop)) }",
    );
}

#[test]
fn conversions_from_twins_are_written() {
    for source in ["&Portal", "Portal", "&Room<'_>"] {
        let code = format!("impl From<{source}> for Plain {{ fn from(_: {source}) -> Self {{ Self }} }}");
        let text = mirror_of(&code, "").unwrap();
        assert!(text.contains(&format!("impl From<{source}> for crate::Plain {{")), "{text}");
        let inner = if source.starts_with('&') { "&value.inner" } else { "value.inner" };
        assert!(text.contains(&format!("Self::from({inner})")), "{text}");
    }
}

#[test]
fn closure_over_twins_receives_twins() {
    becomes(
        "pub fn method(&self, f: impl FnMut(Portal, u8) -> Portal + 'static) { todo!() }",
        "pub fn method(&self, f: impl FnMut(Portal, u8) -> Portal + 'static) { self.inner.method({ \
         let (mut callback, runtime) = (f, self.runtime.clone()); \
         move |argument_0, argument_1| { callback(Portal::wrap(argument_0, &runtime), argument_1).inner } }) }",
    );
}

#[test]
fn type_parameters_keep_their_bounds() {
    becomes(
        "pub async fn method<T: Into<Plain>>(&self, all: impl IntoIterator<Item = T>) -> Result<T> where T: Send { todo!() }",
        "pub fn method<T: Into<crate::Plain>>(&self, all: impl IntoIterator<Item = T>) -> crate::Result<T> where T: \
         Send { self.runtime.run(self.inner.method(all)) }",
    );
}

#[test]
fn only_types_that_lead_to_an_async_method_get_a_twin() {
    let text = mirror_of("impl Plain { /// Says it.\n pub fn say(&self) -> u8 { 0 } }", "").unwrap();
    assert!(text.contains("pub struct Portal {") && text.contains("pub struct Room<'p> {"), "{text}");
    assert!(!text.contains("struct Plain"), "{text}");
    // The type only returns a portal, and its `impl` block is in the file of the portal.
    let text = mirror_of(
        "/// Finds.\n pub struct Finder; impl Finder { /// It.\n pub fn find(&self) -> Option<Portal> { None } }",
        "Finder",
    )
    .unwrap();
    assert!(text.contains("pub struct Finder {"), "{text}");
}

#[test]
fn twin_derives_clone_and_default() {
    let code = "
        /// Empty.
        #[derive(Copy, Clone, Default, Debug)]
        pub struct Own;
        impl Own { /// Goes. \n pub async fn go(&self) {} }";
    let text = mirror_of(code, "Own").unwrap();
    assert!(text.contains("#[derive(Clone, Default)]\npub struct Own {"), "{text}");
}

#[test]
fn private_methods_and_tests_are_left_out() {
    let text = mirror_of(
        "impl Portal { pub(crate) async fn inner_work(&self) {} async fn more_work(&self) {} }
         #[cfg(test)] impl Portal { pub async fn test_work(&self) {} }",
        "",
    );
    assert!(!text.unwrap().contains("_work"));
}
