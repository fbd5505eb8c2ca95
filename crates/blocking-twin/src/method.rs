//! Generates the twin of one public method.
//!
//! An `async fn`, or one that returns a future, is run to completion, and any other method is
//! called. [`crate::convert`] converts arguments and results.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, Generics, ImplItemFn, ItemImpl, Meta, Pat, PathArguments,
    ReturnType, Signature, Type, TypeParamBound, WherePredicate,
};

use crate::convert::{argument, is_named, result};
use crate::docs;
use crate::error::Translated;
use crate::scope::Scope;
use crate::types::{resolve, resolve_bound};

/// Attributes that the twin keeps.
const KEPT: [&str; 3] = ["cfg", "deprecated", "must_use"];
/// Attributes that do not apply to the twin.
const DROPPED: [&str; 5] = ["allow", "doc", "expect", "inline", "cfg_attr"];

/// Generates the twin of a method of the type `name`.
pub(crate) fn translate(
    scope: &Scope<'_>,
    name: &str,
    block: &ItemImpl,
    method: &ImplItemFn,
) -> Translated<TokenStream> {
    let signature = &method.sig;
    let scope = &scope.inside(&signature.generics);
    let runtime = if signature.receiver().is_some() { quote!(self.runtime) } else { quote!(runtime) };
    let mut inputs = Vec::new();
    let mut converted = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) if receiver.colon_token.is_some() => {
                return Err(scope.fault(receiver, "no rule for this form of `self`"));
            }
            FnArg::Receiver(receiver) => inputs.push(match (&receiver.reference, &receiver.mutability) {
                (Some((_, lifetime)), mutability) => quote!(& #lifetime #mutability self),
                (None, _) => quote!(self),
            }),
            FnArg::Typed(input) => {
                let Pat::Ident(pattern) = &*input.pat else {
                    return Err(scope.fault(&input.pat, "no rule for a pattern as an argument"));
                };
                let ident = &pattern.ident;
                let (ty, value) = argument(scope, quote!(#ident), &input.ty, &runtime)?;
                inputs.push(quote!(#ident: #ty));
                converted.push(value);
            }
        }
    }

    let ident = &signature.ident;
    let subject = match signature.receiver() {
        Some(_) => quote!(self.inner.#ident),
        None => {
            let subject = inner_type(scope, name, &block.self_ty);
            quote!(#subject::#ident)
        }
    };
    let called = quote!(#subject(#(#converted),*));
    let unit: Type = syn::parse_quote!(());
    let (arrow, returned) = match &signature.output {
        ReturnType::Default => (None, &unit),
        ReturnType::Type(arrow, ty) => (Some(arrow), future_output(ty).unwrap_or(ty)),
    };
    let is_waiting = waits(signature);
    let is_fallible = is_named(returned, "Result");
    let made = match (is_waiting, is_fallible) {
        (false, _) => called,
        (true, true) => quote!(#runtime.run(#called)),
        (true, false) => quote!(#runtime.wait(#called)),
    };
    let (output, made) = result(scope, made, returned, &runtime)?;
    let output = arrow.map(|arrow| quote!(#arrow #output));
    let new_runtime = signature.receiver().is_none().then(|| quote!(let runtime = Runtime::default();));
    let new_runtime = new_runtime.filter(|_| is_waiting || made.to_string().contains("& runtime"));

    let attributes = kept(scope, &block.attrs)?.into_iter().chain(kept(scope, &method.attrs)?);
    let docs = docs::of(scope, &method.attrs, &format!("{name}::{ident}"), is_waiting && !is_fallible)?;
    let generics = generics(scope, &signature.generics)?;
    let conditions = &generics.where_clause;
    Ok(quote! {
        #(#[doc = #docs])*
        #(#attributes)*
        pub fn #ident #generics(#(#inputs),*) #output #conditions {
            #new_runtime
            #made
        }
    })
}

/// Whether the method is `async`, or returns a future.
pub(crate) fn waits(signature: &Signature) -> bool {
    let returned = if let ReturnType::Type(_, ty) = &signature.output { future_output(ty) } else { None };
    signature.asyncness.is_some() || returned.is_some()
}

/// The output of `impl Future<Output = …>`.
fn future_output(ty: &Type) -> Option<&Type> {
    let Type::ImplTrait(future) = ty else { return None };
    let last = future.bounds.iter().find_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().filter(|last| last.ident == "Future"),
        _ => None,
    })?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(output) if output.ident == "Output" => Some(&output.ty),
        _ => None,
    })
}

/// Type parameters, with full paths in their bounds.
pub(crate) fn generics(scope: &Scope<'_>, generics: &Generics) -> Translated<Generics> {
    let mut generics = generics.clone();
    let bounds = |bounds: &mut syn::punctuated::Punctuated<syn::TypeParamBound, _>| {
        bounds.iter_mut().try_for_each(|bound| {
            // A closure would make the future, and a twin cannot be used inside async code.
            if matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.iter().any(|part| part.ident == "Future")) {
                return Err(scope.fault(bound, "no rule for a type parameter that is a future"));
            }
            *bound = resolve_bound(scope, bound)?;
            Ok(())
        })
    };
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            bounds(&mut parameter.bounds)?;
        }
    }
    for condition in generics.where_clause.iter_mut().flat_map(|clause| &mut clause.predicates) {
        if let WherePredicate::Type(condition) = condition {
            condition.bounded_ty = resolve(scope, &condition.bounded_ty)?;
            bounds(&mut condition.bounds)?;
        }
    }
    Ok(generics)
}

/// The async type of this name, with the type arguments of the twin, in the form before `::`.
pub(crate) fn inner_type(scope: &Scope<'_>, name: &str, twin: &Type) -> TokenStream {
    let path = scope.exports.path(name).map(|part| format_ident!("{part}"));
    let last = if let Type::Path(twin) = twin { twin.path.segments.last() } else { None };
    let arguments = last.map(|last| &last.arguments);
    quote!(<crate::#(#path)::* #arguments>)
}

/// The attributes that the twin keeps.
pub(crate) fn kept<'m>(scope: &Scope<'_>, attributes: &'m [Attribute]) -> Translated<Vec<&'m Attribute>> {
    let is = |attribute: &Attribute, names: &[&str]| names.iter().any(|name| attribute.path().is_ident(name));
    if let Some(unknown) = attributes.iter().find(|known| !is(known, &KEPT) && !is(known, &DROPPED)) {
        return Err(scope.fault(unknown, "no rule for this attribute"));
    }
    // `doc(alias)`, not the text.
    let is_setting = |doc: &Attribute| doc.path().is_ident("doc") && matches!(doc.meta, Meta::List(_));
    Ok(attributes.iter().filter(|attribute| is(attribute, &KEPT) || is_setting(attribute)).collect())
}
