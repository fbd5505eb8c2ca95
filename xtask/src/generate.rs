//! `cargo xtask generate`: writes the generated code.
//!
//! These files are all checked in:
//!
//! - from `openapi/docspace.yaml`: the client and its types, the open enums, the constructors of
//!   requests, and the httpmock helpers
//! - from the same file and the recordings: `openapi/docspace.full.json`
//! - from the source of the async facade: `docspace::blocking`
//!
//! With `--check`, nothing is written. A file that is out of date is shown as a short diff.

mod constructors;
mod repeatable;
mod successes;

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use openapiv3::OpenAPI;
use proc_macro2::{Group, TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypeImpl, TypePatch};
use quote::{TokenStreamExt, quote};
use serde_json::Value;
use similar::TextDiff;
use syn::{Item, ItemImpl, ItemMod};

use crate::blocking;
use crate::full::{self, FULL};
use crate::words::say;
use crate::workspace::{self, SPEC};

/// Schemas with a hand-written type in docspace-api, because the generator has no good type for
/// them.
const HAND_WRITTEN: [&str; 6] = ["RoomId", "FolderId", "FileId", "EntryId", "Timestamp", "Secret"];
/// The function with which progenitor's client encodes path parameters.
const ENCODE_PATH: &str = "encode_path";
/// Maximum number of diff lines that `--check` prints for each file.
const DIFF_LINES: usize = 20;

/// Writes the generated files, or with `check` fails if one is out of date.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = workspace::root();
    let text = std::fs::read_to_string(root.join(SPEC)).with_context(|| format!("cannot read {SPEC}"))?;
    let mut spec: Value = serde_yaml::from_str(&text).with_context(|| format!("{SPEC} is not YAML"))?;
    successes::without_errors(&mut spec);

    let client = client(&spec)?;
    let constructors = constructors::constructors(&spec, &client)?;
    let outputs = [
        ("crates/docspace-api/src/generated.rs", SPEC, Ok(show("The low-level client and its types.", &client))),
        ("crates/docspace-api/src/constructors.rs", SPEC, Ok(show("The constructors of requests.", &constructors))),
        ("crates/docspace-api/src/repeatable.rs", SPEC, repeatable::repeatable(&spec)),
        ("crates/docspace-api/src/enums.rs", SPEC, enums(&spec)),
        ("crates/docspace-httpmock/src/generated.rs", SPEC, httpmock(&spec)),
        ("crates/docspace/src/blocking/generated.rs", blocking::SOURCE, blocking::generate(&root)),
        (FULL, SPEC, full::generate(&root, &text)),
    ];
    let mut stale = 0;
    for (name, source, fresh) in outputs {
        let (path, fresh) = (root.join(name), fresh?);
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        if old == fresh {
            say!("{name} is up to date");
        } else if check {
            stale += 1;
            say!("{name} is out of date with {source}:\n{}", short_diff(&old, &fresh));
        } else {
            std::fs::write(&path, fresh).with_context(|| format!("cannot write {name}"))?;
            say!("{name} written");
        }
    }
    if stale > 0 {
        bail!("{stale} generated file(s) are out of date; run `cargo xtask generate`");
    }
    Ok(())
}

fn client(spec: &Value) -> Result<syn::File> {
    let mut settings = settings(spec, "crate");
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Separate)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(std::sync::Arc<dyn crate::Transport>));
    let tokens =
        Generator::new(&settings).generate_tokens(&openapi(spec)?).context("progenitor cannot read the spec")?;
    let mut client = parse(without_version(safe_paths(tokens)?)?)?;
    remove_derefs(&mut client);
    Ok(client)
}

/// Removes the `Deref` of types with one field. An id is not a UUID: with `Deref` it would have all
/// methods of one.
fn remove_derefs(client: &mut syn::File) {
    let is_deref = |item: &Item| {
        let Item::Impl(ItemImpl { trait_: Some((_, path, _)), .. }) = item else { return false };
        path.segments.last().is_some_and(|last| last.ident == "Deref")
    };
    for item in &mut client.items {
        if let Item::Mod(ItemMod { content: Some((_, items)), .. }) = item {
            items.retain(|item| !is_deref(item));
        }
    }
}

/// Replaces progenitor's `encode_path` with `docspace_api::path_segment`. Progenitor's function
/// leaves `\`, `.` and `..` unchanged, and a URL parser resolves them to other paths. Ours rejects
/// text that encoding cannot keep in its segment.
fn safe_paths(tokens: TokenStream) -> Result<TokenStream> {
    let mut calls = 0;
    let tokens = replace_encode_path(tokens, &mut calls);
    if calls == 0 {
        bail!("the generated client does not call `{ENCODE_PATH}`; check how it encodes path parameters now");
    }
    Ok(tokens)
}

fn replace_encode_path(tokens: TokenStream, calls: &mut usize) -> TokenStream {
    let mut replaced = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                replaced.append(group_of(&group, replace_encode_path(group.stream(), calls)));
            }
            TokenTree::Ident(name) if name == ENCODE_PATH => match tokens.next_if(|next| is_punct(next, ',')) {
                // An import.
                Some(_) => {}
                // A call, whose arguments follow.
                None => {
                    let arguments = tokens.next();
                    replaced.extend(quote!(crate::path_segment #arguments ?));
                    *calls += 1;
                }
            },
            other => replaced.append(other),
        }
    }
    replaced
}

/// Removes the header `api-version`, which progenitor adds to every request. A portal does not know
/// it, and most requests need no map of headers then.
fn without_version(tokens: TokenStream) -> Result<TokenStream> {
    let mut headers = 0;
    let tokens = remove_version(tokens, &mut headers);
    if headers == 0 {
        bail!("the generated client does not add the header `api-version`; remove the code that removes it");
    }
    Ok(tokens)
}

fn remove_version(tokens: TokenStream, headers: &mut usize) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let TokenTree::Group(group) = token else {
            kept.push(token);
            continue;
        };
        let [.., first, second, third] = kept.as_slice() else {
            kept.push(group_of(&group, remove_version(group.stream(), headers)));
            continue;
        };
        if is_ident(first, "header_map") && is_ident(third, "append") && names_version(group.stream()) {
            // `header_map.append(…);`
            kept.truncate(kept.len() - 3);
            tokens.next_if(|next| is_punct(next, ';'));
            *headers += 1;
        } else if is_punct(first, ':') && is_punct(second, ':') && is_ident(third, "with_capacity") {
            // `HeaderMap::with_capacity(…)`, whose number would be wrong.
            kept.pop();
            kept.extend(quote!(new()));
        } else {
            kept.push(group_of(&group, remove_version(group.stream(), headers)));
        }
    }
    kept.into_iter().collect()
}

fn names_version(arguments: TokenStream) -> bool {
    arguments.to_string().contains("\"api-version\"")
}

fn group_of(group: &Group, stream: TokenStream) -> TokenTree {
    let mut inner = Group::new(group.delimiter(), stream);
    inner.set_span(group.span());
    inner.into()
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

/// Makes the matchers of path parameters expect what the client sends. Progenitor puts values into
/// a pattern unchanged, although some of their characters are special in a pattern and others are
/// encoded on the way.
fn exact_paths(tokens: TokenStream) -> Result<TokenStream> {
    let mut patterns = 0;
    let tokens = replace_patterns(tokens, &mut patterns);
    if patterns == 0 {
        bail!("the generated matchers format no patterns; check how they match path parameters now");
    }
    Ok(tokens)
}

fn replace_patterns(tokens: TokenStream, patterns: &mut usize) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut replaced = TokenStream::new();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            replaced.append(token.clone());
            continue;
        };
        let is_format = place >= 2
            && matches!(&tokens[place - 2], TokenTree::Ident(name) if name == "format")
            && is_punct(&tokens[place - 1], '!');
        // `"^/api/2.0/keys/{}$", value.to_string()`
        let inner = match group.stream().into_iter().next() {
            Some(pattern @ TokenTree::Literal(_)) if is_format => {
                *patterns += 1;
                quote!(#pattern, crate::path_pattern(&value.to_string()))
            }
            _ => replace_patterns(group.stream(), patterns),
        };
        replaced.append(group_of(group, inner));
    }
    replaced
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

fn httpmock(spec: &Value) -> Result<String> {
    let mut spec = spec.clone();
    plain_query_parameters(&mut spec);
    let tokens = Generator::new(&settings(&spec, "docspace_api"))
        .httpmock(&openapi(&spec)?, "docspace_api")
        .context("progenitor cannot read the spec for httpmock")?;
    Ok(show("Typed request matchers and replies for httpmock.", &parse(exact_paths(tokens)?)?))
}

/// The settings of both generators. `home` is the path of the crate with the hand-written types.
fn settings(spec: &Value, home: &str) -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap").with_derive("PartialEq");
    let parse_and_show = || [TypeImpl::FromStr, TypeImpl::Display].into_iter();
    for name in HAND_WRITTEN {
        settings.with_replacement(name, format!("{home}::{name}"), parse_and_show());
    }
    for (name, _) in integer_enums(spec) {
        settings.with_replacement(name, format!("{home}::{name}"), parse_and_show());
    }
    // Callers copy and compare ids, and use them as keys of maps.
    let mut id = TypePatch::default();
    for derive in ["Copy", "Eq", "Hash", "PartialOrd", "Ord"] {
        id.with_derive(derive);
    }
    for (name, _) in schemas(spec).filter(|(name, _)| name.ends_with("Id") && !HAND_WRITTEN.contains(&name.as_str())) {
        settings.with_patch(name, &id);
    }
    settings
}

fn openapi(spec: &Value) -> Result<OpenAPI> {
    serde_json::from_value(spec.clone()).with_context(|| format!("{SPEC} is not an OpenAPI 3.0 document"))
}

fn integer_enums(spec: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schemas(spec).filter(|(_, schema)| schema["type"] == "integer" && schema["enum"].is_array())
}

fn schemas(spec: &Value) -> impl Iterator<Item = (&String, &Value)> {
    spec.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten()
}

/// The open enums: one `open_enum!` for each integer enum of the spec, with its names and
/// descriptions. They are written as text because prettyplease does not format macro calls.
fn enums(spec: &Value) -> Result<String> {
    let mut text = header("The enums of the API, open to numbers that this version does not know.");
    for (name, schema) in integer_enums(spec) {
        let list = |key: &str| schema[key].as_array().map(Vec::as_slice).unwrap_or_default();
        let (numbers, names, docs) = (list("enum"), list("x-enum-varnames"), list("x-enum-descriptions"));
        if names.len() != numbers.len() || docs.len() != numbers.len() {
            bail!("{SPEC}: {name} needs one x-enum-varnames and one x-enum-descriptions entry for each of its numbers");
        }
        writeln!(text, "crate::open_enum! {{")?;
        write_docs(&mut text, "    ", &schema["description"])?;
        writeln!(text, "    pub enum {name} {{")?;
        for ((number, name), doc) in numbers.iter().zip(names).zip(docs) {
            write_docs(&mut text, "        ", doc)?;
            writeln!(text, "        {} = {number},", name.as_str().unwrap_or_default())?;
        }
        writeln!(text, "    }}\n}}\n")?;
    }
    text.pop();
    Ok(text)
}

fn write_docs(text: &mut String, indent: &str, prose: &Value) -> Result<()> {
    for line in prose.as_str().unwrap_or_default().trim_end().lines() {
        writeln!(text, "{indent}/// {line}")?;
    }
    Ok(())
}

/// Removes list parameters and turns enums into numbers in the queries of the spec. The httpmock
/// generator formats query parameters with `Display`, which a list does not implement and with
/// which an open enum gives its name where the client sends the number.
fn plain_query_parameters(spec: &mut Value) {
    let enums: Vec<String> = integer_enums(spec).map(|(name, _)| format!("#/components/schemas/{name}")).collect();
    let paths = spec["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in paths.filter_map(Value::as_object_mut).flat_map(|item| item.values_mut()) {
        let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { continue };
        parameters.retain(|parameter| parameter["schema"]["type"] != "array");
        for parameter in parameters {
            if parameter["schema"]["$ref"].as_str().is_some_and(|target| enums.iter().any(|name| name == target)) {
                parameter["schema"] = serde_json::json!({ "type": "integer", "format": "int32" });
            }
        }
    }
}

fn parse(tokens: TokenStream) -> Result<syn::File> {
    syn::parse2(tokens).context("the generated code does not parse")
}

/// The text of a generated file.
fn show(about: &str, file: &syn::File) -> String {
    header(about) + &prettyplease::unparse(file)
}

fn header(about: &str) -> String {
    format!("//! {about}\n//!\n//! @generated by `cargo xtask generate` from {SPEC}. Do not edit.\n\n")
}

fn short_diff(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let text = diff.unified_diff().context_radius(1).to_string();
    let total = text.lines().count();
    let mut short: Vec<&str> = text.lines().take(DIFF_LINES).collect();
    let more = format!("… and {} more lines", total.saturating_sub(DIFF_LINES));
    if total > DIFF_LINES {
        short.push(&more);
    }
    short.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parameters_are_encoded_by_path_segment() {
        let code = quote! {
            use progenitor_client::{encode_path, Error};
            fn send() { format!("{}/{}", base, encode_path(&id.to_string())); }
        };
        let expected = quote! {
            use progenitor_client::{Error};
            fn send() { format!("{}/{}", base, crate::path_segment(&id.to_string())?); }
        };
        assert_eq!(safe_paths(code).unwrap().to_string(), expected.to_string());
    }

    #[test]
    fn requests_have_no_version_header() {
        let code = quote! {
            let mut header_map = HeaderMap::with_capacity(2usize);
            header_map.append(HeaderName::from_static("api-version"), HeaderValue::from_static(version()));
            header_map.append("Request-Token", value);
        };
        let expected = quote! {
            let mut header_map = HeaderMap::new();
            header_map.append("Request-Token", value);
        };
        assert_eq!(without_version(code).unwrap().to_string(), expected.to_string());
        assert!(without_version(expected).is_err());
    }

    #[test]
    fn types_with_one_field_do_not_dereference_to_it() {
        let mut client: syn::File = syn::parse_quote! {
            pub mod types {
                pub struct LinkId(pub Uuid);
                impl ::std::ops::Deref for LinkId {
                    type Target = Uuid;
                    fn deref(&self) -> &Uuid { &self.0 }
                }
                impl From<LinkId> for Uuid {
                    fn from(id: LinkId) -> Self { id.0 }
                }
            }
        };
        remove_derefs(&mut client);
        let text = show("", &client);
        assert!(!text.contains("Deref") && text.contains("From<LinkId>"), "{text}");
    }

    #[test]
    fn path_patterns_match_encoded_values() {
        let code = quote!(regex::Regex::new(&format!("^/keys/{}$", value.to_string())).unwrap(););
        let expected =
            quote!(regex::Regex::new(&format!("^/keys/{}$", crate::path_pattern(&value.to_string()))).unwrap(););
        assert_eq!(exact_paths(code).unwrap().to_string(), expected.to_string());
        assert!(exact_paths(quote!(regex::Regex::new("^/keys$").unwrap();)).is_err());
    }

    #[test]
    fn a_client_with_another_encoding_is_rejected() {
        assert!(
            safe_paths(quote!(
                use progenitor_client::{encode_path, Error};
            ))
            .is_err()
        );
    }
}
