//! The constructors of request types. `new` takes the required properties and leaves out the
//! others.
//!
//! A type gets a constructor if it has a named schema, belongs to a JSON request body, and has both
//! required and optional properties. The names and types of the fields come from the generated
//! client.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use syn::{Field, GenericArgument, Item, ItemStruct, PathArguments, Type};

use crate::workspace::SPEC;

/// Types with a hand-written `new` in docspace-api that takes more than the required properties.
/// Their generated function is called `required`, and `new` calls it.
const HAND_WRITTEN_NEW: [&str; 1] = ["SetRoomLinkRequest"];

/// The first line of documentation of every constructor.
const SUMMARY: &str = " Creates the value from its required properties. The optional ones are left out.";

/// Generates one `impl` for each type, given the spec and the generated client.
pub(super) fn constructors(spec: &Value, client: &syn::File) -> Result<syn::File> {
    let types = Types::of(client)?;
    let mut impls = TokenStream::new();
    for name in sent_schemas(spec) {
        let properties = Properties::of(spec, &spec["components"]["schemas"][name]);
        if !properties.required.is_empty() && properties.required.len() < properties.all.len() {
            let constructor = types.constructor(name, &properties);
            impls.extend(constructor.with_context(|| format!("{SPEC}: schema {name} cannot have a constructor"))?);
        }
    }
    syn::parse2(quote!(use crate::types; #impls)).context("the constructors do not parse")
}

/// The names of the schemas that JSON request bodies use.
fn sent_schemas(spec: &Value) -> BTreeSet<&str> {
    let operations = objects(&spec["paths"]).flat_map(|(_, item)| objects(item));
    let bodies = operations.map(|(_, operation)| follow(spec, &operation["requestBody"]));
    let mut waiting: Vec<&Value> = bodies.map(|body| &body["content"]["application/json"]["schema"]).collect();
    let mut names = BTreeSet::new();
    while let Some(value) = waiting.pop() {
        if let Some(name) = value["$ref"].as_str().and_then(|target| target.strip_prefix("#/components/schemas/"))
            && names.insert(name)
        {
            waiting.push(&spec["components"]["schemas"][name]);
        }
        match value {
            Value::Object(members) => waiting.extend(members.values()),
            Value::Array(elements) => waiting.extend(elements),
            _ => {}
        }
    }
    names
}

/// The properties of an object, including those of its `allOf` parts.
#[derive(Default)]
struct Properties<'a> {
    /// The description of each property, by name.
    all: BTreeMap<&'a str, &'a str>,
    /// The required properties, in the order of the spec.
    required: Vec<&'a str>,
}

impl<'a> Properties<'a> {
    fn of(spec: &'a Value, schema: &'a Value) -> Self {
        let mut properties = Self::default();
        properties.collect(spec, schema);
        properties
    }

    fn collect(&mut self, spec: &'a Value, schema: &'a Value) {
        let schema = follow(spec, schema);
        for (name, property) in objects(&schema["properties"]) {
            let description = property["description"].as_str().or(follow(spec, property)["description"].as_str());
            self.all.insert(name, description.unwrap_or_default());
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        self.required.extend(required);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.collect(spec, part);
        }
    }
}

/// The members of a mapping.
fn objects(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}

/// The value itself, or the target of its `$ref`.
fn follow<'a>(spec: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|reference| spec.pointer(reference.strip_prefix('#')?));
    target.unwrap_or(value)
}

/// The module `types` of the generated client.
struct Types<'a> {
    structs: BTreeMap<String, &'a ItemStruct>,
    names: BTreeSet<String>,
}

impl<'a> Types<'a> {
    fn of(client: &'a syn::File) -> Result<Self> {
        let items = client.items.iter().find_map(|item| match item {
            Item::Mod(module) if module.ident == "types" => Some(&module.content.as_ref()?.1),
            _ => None,
        });
        let (mut structs, mut names) = (BTreeMap::new(), BTreeSet::new());
        for item in items.context("the generated client has no module `types`")? {
            match item {
                Item::Struct(item) => {
                    names.insert(item.ident.to_string());
                    structs.insert(item.ident.to_string(), item);
                }
                Item::Enum(item) => {
                    names.insert(item.ident.to_string());
                }
                _ => {}
            }
        }
        Ok(Self { structs, names })
    }

    fn constructor(&self, schema: &str, properties: &Properties<'_>) -> Result<TokenStream> {
        let name = schema.to_upper_camel_case();
        let item = self.structs.get(&name).with_context(|| format!("the generated client has no struct {name}"))?;
        let (mut fields, mut left_out) = (BTreeMap::new(), Vec::new());
        for field in &item.fields {
            let ident = field.ident.as_ref().with_context(|| format!("{name} has fields without names"))?;
            let serde = Serde::of(field)?;
            let property = serde.rename.clone().unwrap_or_else(|| ident.to_string());
            if properties.required.contains(&property.as_str()) {
                fields.insert(property, (ident, &field.ty));
            } else {
                ensure!(
                    !serde.has_default_value,
                    "the optional property {property} has a default; remove it from the spec"
                );
                left_out.push(if argument_of(&field.ty, "Option").is_some() {
                    quote!(#ident: None)
                } else {
                    quote!(#ident: Default::default())
                });
            }
        }
        let (mut parameters, mut values) = (Vec::new(), Vec::new());
        let mut docs = vec![SUMMARY.to_owned(), String::new()];
        for property in &properties.required {
            let Some((ident, ty)) = fields.get(*property) else {
                bail!("the generated client has no field for the property {property}")
            };
            let (parameter, value) = self.parameter(ident, ty);
            parameters.push(parameter);
            values.push(value);
            let description = properties.all.get(property).copied().unwrap_or_default();
            let description: Vec<_> = description.split_whitespace().collect();
            docs.push(format!(" - `{ident}`: {}", description.join(" ")));
        }
        let ident = format_ident!("{name}");
        let signature =
            if HAND_WRITTEN_NEW.contains(&name.as_str()) { quote!(pub(crate) fn required) } else { quote!(pub fn new) };
        Ok(quote! {
            impl types::#ident {
                #(#[doc = #docs])*
                #signature(#(#parameters),*) -> Self {
                    Self { #(#values,)* #(#left_out,)* }
                }
            }
        })
    }

    /// The parameter for a field, and the expression that makes the field's value from it.
    fn parameter(&self, ident: &Ident, ty: &Type) -> (TokenStream, TokenStream) {
        if is_string(ty) {
            return (quote!(#ident: impl Into<String>), quote!(#ident: #ident.into()));
        }
        match argument_of(ty, "Vec") {
            Some(element) if is_string(element) => (
                quote!(#ident: impl IntoIterator<Item = impl Into<String>>),
                quote!(#ident: #ident.into_iter().map(Into::into).collect()),
            ),
            Some(element) => {
                let element = self.outside(element);
                (quote!(#ident: impl IntoIterator<Item = #element>), quote!(#ident: #ident.into_iter().collect()))
            }
            None => {
                let ty = self.outside(ty);
                (quote!(#ident: #ty), quote!(#ident))
            }
        }
    }

    /// The type as it is written outside the module `types`.
    fn outside(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        if let Type::Path(path) = &mut ty {
            for segment in &mut path.path.segments {
                if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                    for argument in &mut arguments.args {
                        if let GenericArgument::Type(inner) = argument {
                            *inner = self.outside(inner);
                        }
                    }
                }
            }
            if path.path.get_ident().is_some_and(|ident| self.names.contains(&ident.to_string())) {
                let path = &path.path;
                return syn::parse_quote!(types::#path);
            }
        }
        ty
    }
}

fn is_string(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "String"))
}

/// The argument of the generic type of this name, such as the `T` of `Option<T>`.
fn argument_of<'a>(ty: &'a Type, generic: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == generic)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The serde attributes of a field.
#[derive(Default)]
struct Serde {
    rename: Option<String>,
    /// Whether a missing property gets a default value.
    has_default_value: bool,
}

impl Serde {
    fn of(field: &Field) -> Result<Self> {
        let mut serde = Self::default();
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let value = if meta.input.peek(syn::Token![=]) {
                    Some(meta.value()?.parse::<syn::LitStr>()?.value())
                } else {
                    None
                };
                if meta.path.is_ident("rename") {
                    serde.rename = value;
                } else if meta.path.is_ident("default") {
                    serde.has_default_value = value.is_some();
                }
                Ok(())
            })?;
        }
        Ok(serde)
    }
}

#[cfg(test)]
mod tests;
