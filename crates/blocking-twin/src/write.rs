//! Writes the code of the twins.

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{Attribute, ImplItem, ImplItemConst, Item, ItemImpl, Type};

use crate::convert::{argument, result};
use crate::docs;
use crate::error::{Fault, Translated};
use crate::exports::is_public;
use crate::facade::{Facade, FacadeType, converted, trait_name};
use crate::method::{generics, inner_type, kept, translate};
use crate::scope::Scope;
use crate::types::{mentions, resolve};

/// Traits whose implementations are not mirrored: the twin has its own, or the inner type does the
/// work.
const INNER_TRAITS: [&str; 3] = ["Clone", "Debug", "Drop"];
/// Traits that the async types may derive. A twin is not `Copy` because its runtime is not.
const DERIVES: [&str; 4] = ["Clone", "Copy", "Debug", "Default"];

/// All twins, by name.
pub(crate) fn items(facade: &Facade<'_>) -> Result<Vec<TokenStream>, Vec<Fault>> {
    let mut items = Vec::new();
    let mut faults = Vec::new();
    for (name, known) in facade.wrapped() {
        match twin(facade, name, known, &mut faults) {
            Ok(twin) => items.push(twin),
            Err(fault) => faults.push(fault),
        }
    }
    for (name, known) in facade.plain() {
        match conversions(facade, name, known) {
            Ok(conversions) => items.extend(conversions),
            Err(fault) => faults.push(fault),
        }
    }
    faults.sort();
    if !faults.is_empty() {
        return Err(faults);
    }
    let imports = if items.iter().any(|item| mentions_items(item.clone())) {
        quote!(
            use super::runtime::{Items, Runtime};
        )
    } else {
        quote!(
            use super::runtime::Runtime;
        )
    };
    items.insert(0, quote!(use std::fmt; #imports));
    Ok(items)
}

/// The conversions from twins into a type without a twin.
fn conversions(facade: &Facade<'_>, name: &str, known: &FacadeType<'_>) -> Translated<Vec<TokenStream>> {
    let mut conversions = Vec::new();
    for (file, block) in &known.blocks {
        let scope = facade.scope(file, Some(name)).inside(&block.generics);
        if let Some(source) = converted(block)
            && mentions(&scope, source)?
        {
            let (source, value) = argument(&scope, quote!(value), source, &quote!(runtime))?;
            let subject = resolve(&scope, &block.self_ty)?;
            conversions.push(quote! {
                impl From<#source> for #subject {
                    fn from(value: #source) -> Self {
                        Self::from(#value)
                    }
                }
            });
        }
    }
    Ok(conversions)
}

/// Whether the code uses the iterator `Items`.
fn mentions_items(code: TokenStream) -> bool {
    code.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions_items(group.stream()),
        TokenTree::Ident(name) => name == "Items",
        _ => false,
    })
}

fn twin(facade: &Facade<'_>, name: &str, known: &FacadeType<'_>, faults: &mut Vec<Fault>) -> Translated<TokenStream> {
    let scope = facade.scope(known.file, Some(name));
    let (attributes, declared) = match known.item {
        Item::Struct(item) => (&item.attrs, &item.generics),
        other => {
            return Err(
                scope.fault(other, format!("no rule for an enum such as `{name}` that has something to wait for"))
            );
        }
    };
    let attributes_without_derive: Vec<Attribute> =
        attributes.iter().filter(|attribute| !attribute.path().is_ident("derive")).cloned().collect();
    let docs = docs::of(&scope, attributes, name, false)?;
    let kept = kept(&scope, &attributes_without_derive)?;
    let derives = derives(&scope, attributes)?;
    let derives: Vec<_> = derives.iter().filter(|derive| ["Clone", "Default"].contains(&derive.as_str())).collect();
    let derives = derives.iter().map(|derive| format_ident!("{derive}"));
    let derives = (derives.len() > 0).then(|| quote!(#[derive(#(#derives),*)]));
    let declared = generics(&scope.inside(declared), declared)?;
    let (parameters, arguments, conditions) = declared.split_for_impl();
    let ident = format_ident!("{name}");

    let mut blocks = Vec::new();
    for (file, block) in &known.blocks {
        let scope = facade.scope(file, Some(name)).inside(&block.generics);
        match trait_name(block) {
            None => match methods(&scope, name, block, faults) {
                Ok(block) => blocks.push(block),
                Err(fault) => faults.push(fault),
            },
            Some(name) if name == "Stream" => blocks.push(iterator(&scope, block)?),
            Some(name) if INNER_TRAITS.contains(&name.as_str()) => {}
            Some(name) => faults.push(scope.fault(block, format!("no rule for the trait `{name}`"))),
        }
    }
    let path: Vec<_> = scope.exports.path(name).map(|part| format_ident!("{part}")).collect();
    Ok(quote! {
        #(#[doc = #docs])*
        #(#kept)*
        #derives
        pub struct #ident #declared #conditions {
            inner: crate::#(#path)::* #arguments,
            pub(super) runtime: Runtime,
        }

        impl #parameters #ident #arguments #conditions {
            pub(super) fn wrap(inner: crate::#(#path)::* #arguments, runtime: &Runtime) -> Self {
                Self { inner, runtime: runtime.clone() }
            }
        }

        #(#blocks)*

        impl #parameters fmt::Debug for #ident #arguments #conditions {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    })
}

/// The twin of a block of methods. A fault in one method does not hide the faults of others.
fn methods(scope: &Scope<'_>, name: &str, block: &ItemImpl, faults: &mut Vec<Fault>) -> Translated<TokenStream> {
    let mut twins = Vec::new();
    for item in &block.items {
        let twin = match item {
            ImplItem::Fn(method) if is_public(&method.vis) => translate(scope, name, block, method),
            ImplItem::Const(constant) if is_public(&constant.vis) => self::constant(scope, name, block, constant),
            ImplItem::Fn(_) | ImplItem::Const(_) => continue,
            other => Err(scope.fault(other, "no rule for this in an `impl`")),
        };
        match twin {
            Ok(twin) => twins.push(twin),
            Err(fault) => faults.push(fault),
        }
    }
    if twins.is_empty() {
        return Ok(TokenStream::new());
    }
    let declared = generics(scope, &block.generics)?;
    let (parameters, _, conditions) = declared.split_for_impl();
    let subject = resolve(scope, &block.self_ty)?;
    Ok(quote!(impl #parameters #subject #conditions { #(#twins)* }))
}

/// The twin of a constant, which has the same value.
fn constant(scope: &Scope<'_>, name: &str, block: &ItemImpl, constant: &ImplItemConst) -> Translated<TokenStream> {
    let ident = &constant.ident;
    let docs = docs::of(scope, &constant.attrs, &format!("{name}::{ident}"), false)?;
    let attributes = kept(scope, &block.attrs)?.into_iter().chain(kept(scope, &constant.attrs)?);
    let ty = resolve(scope, &constant.ty)?;
    let subject = inner_type(scope, name, &block.self_ty);
    Ok(quote! {
        #(#[doc = #docs])*
        #(#attributes)*
        pub const #ident: #ty = #subject::#ident;
    })
}

/// The iterator for a type that implements `Stream`.
fn iterator(scope: &Scope<'_>, block: &ItemImpl) -> Translated<TokenStream> {
    let item = block.items.iter().find_map(|item| match item {
        ImplItem::Type(item) if item.ident == "Item" => Some(&item.ty),
        _ => None,
    });
    let item = item.ok_or_else(|| scope.fault(block, "the stream has no type `Item`"))?;
    let (item, next) = {
        let all: Type = syn::parse_quote!(Option<#item>);
        let next = quote!(self.runtime.wait(futures::StreamExt::next(&mut self.inner)));
        let (_, next) = result(scope, next, &all, &quote!(self.runtime))?;
        (resolve(scope, item)?, next)
    };
    let declared = generics(scope, &block.generics)?;
    let (parameters, _, conditions) = declared.split_for_impl();
    let subject = resolve(scope, &block.self_ty)?;
    Ok(quote! {
        /// Waits for each item.
        ///
        /// # Panics
        ///
        /// Panics if called inside async code.
        impl #parameters Iterator for #subject #conditions {
            type Item = #item;

            fn next(&mut self) -> Option<Self::Item> {
                #next
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                futures::Stream::size_hint(&self.inner)
            }
        }
    })
}

/// The derived traits.
fn derives(scope: &Scope<'_>, attributes: &[Attribute]) -> Translated<Vec<String>> {
    let mut derives = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let list = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
        let paths = attribute.parse_args_with(list).map_err(|error| scope.fault(attribute, error.to_string()))?;
        derives.extend(paths.iter().filter_map(|path| Some(path.segments.last()?.ident.to_string())));
        if let Some(unknown) = derives.iter().find(|derive| !DERIVES.contains(&derive.as_str())) {
            return Err(scope.fault(attribute, format!("no rule for the derived trait `{unknown}`")));
        }
    }
    Ok(derives)
}
