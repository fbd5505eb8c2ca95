//! Tests of the documentation of twins.

use super::mirror_of;

#[track_caller]
fn docs_of(docs: &str, signature: &str) -> String {
    let lines: String = docs.lines().map(|line| format!("/// {line}\n")).collect();
    let text = mirror_of(&format!("impl Portal {{\n{lines}{signature}\n}}"), "").unwrap();
    let end = text.find("    pub fn method").unwrap();
    let start = text[..end].rfind("{\n").unwrap() + 2;
    text[start..end].lines().map(|line| line.trim().trim_start_matches("///").trim().to_owned() + "\n").collect()
}

#[test]
fn examples_are_left_out() {
    let docs = "Finds it.\n\n```\nportal.method().await?;\n# hidden();\n```\n\nQuickly.\n\n# Errors\n\n`NotFound`: the item is gone.";
    assert_eq!(
        docs_of(docs, "pub async fn method(&self) -> Result<u8> { todo!() }"),
        "Finds it.\n\nQuickly.\n\nThe blocking form of [`docspace::Portal::method`](crate::Portal::method).\n\n\
         # Errors\n\n`NotFound`: the item is gone.\n"
    );
}

#[test]
fn waiting_method_without_a_result_has_a_panics_section() {
    let docs = docs_of("Finds it.", "pub async fn method(&self) -> u8 { todo!() }");
    assert!(docs.ends_with("# Panics\n\nPanics if called inside async code.\n"), "{docs}");
}

#[test]
fn links_lead_to_twins_where_they_exist() {
    let docs = "From [`Room`], [`read`](Room::read), [`this`](crate::Portal::connect), [`Plain`], [`Duration::ZERO`],
        [`method`](Self::method), [`String`] and [`there`](https://example.com).";
    let docs = docs_of(docs, "pub fn method(&self) {}");
    for link in [
        "[`Room`],",
        "[`read`](Room::read)",
        "[`this`](Portal::connect)",
        "[`Plain`](crate::Plain)",
        "[`Duration::ZERO`](std::time::Duration::ZERO)",
        "[`method`](Self::method)",
        "[`String`]",
        "[`there`](https://example.com)",
    ] {
        assert!(docs.contains(link), "{link}: {docs}");
    }
}

#[test]
fn unresolved_link_is_a_fault() {
    let faults = mirror_of("impl Portal {\n/// As [`Nowhere`].\npub fn method(&self) {}\n}", "").unwrap_err();
    assert!(faults[0].why.contains("the link to `Nowhere`"), "{faults:?}");
}

#[test]
fn stream_is_called_an_iterator_except_in_code_and_paths() {
    let docs = docs_of(
        "A stream. It gives a stream, as `a stream` of `stream` does. [The](Self::stream) stream ends.",
        "pub fn method(&self) {}",
    );
    assert!(
        docs.starts_with(
            "An iterator. It gives an iterator, as `a stream` of `stream` does. [The](Self::stream) iterator ends."
        ),
        "{docs}"
    );
}
