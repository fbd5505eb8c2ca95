//! Converts values between a twin and the async type inside of it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use crate::error::Translated;
use crate::exports::Place;
use crate::scope::Scope;
use crate::types::{mentions, resolve};

/// A value: its type in the twin, and the expression that makes it.
pub(crate) type Value = (Type, TokenStream);

/// Converts an argument for the async method.
///
/// - A future without a stated output is a signal. The twin takes a closure that tells whether the
///   signal was given.
/// - Any other argument without a type with a twin is passed unchanged. This includes closures and
///   futures; the async method polls the future.
/// - A twin is unwrapped: by value, by reference, in an `Option` or in a list.
/// - A closure over twins is wrapped in a closure that wraps its arguments and unwraps its result.
pub(crate) fn argument(scope: &Scope<'_>, given: TokenStream, ty: &Type, runtime: &TokenStream) -> Translated<Value> {
    if let Some(bounds) = signal(ty) {
        return Ok((syn::parse_quote!(impl Fn() -> bool #(+ #bounds)*), quote!(super::runtime::until(#given))));
    }
    if !mentions(scope, ty)? {
        return Ok((resolve(scope, ty)?, given));
    }
    let none = || scope.fault(ty, "no rule for an argument of this type");
    let expression = match ty {
        Type::Path(named) => match (scope.place(&named.path)?, only_argument(ty)) {
            (Place::Wrapped(_), inner) => {
                plain_arguments(scope, inner)?;
                quote!(#given.inner)
            }
            (Place::Plain, Some(inner)) if is_named(ty, "Option") => {
                let (_, inner) = argument(scope, quote!(inner), inner, runtime)?;
                quote!(#given.map(|inner| #inner))
            }
            (Place::Plain, Some(inner)) if is_named(ty, "Vec") => {
                let (_, inner) = argument(scope, quote!(inner), inner, runtime)?;
                quote!(#given.into_iter().map(|inner| #inner).collect())
            }
            _ => return Err(none()),
        },
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(named) if matches!(scope.place(&named.path)?, Place::Wrapped(_)) => {
                plain_arguments(scope, only_argument(&reference.elem))?;
                let mutability = &reference.mutability;
                quote!(&#mutability #given.inner)
            }
            _ => return Err(none()),
        },
        Type::ImplTrait(wanted) => {
            let wanted = wanted.bounds.iter().find_map(|bound| {
                if let TypeParamBound::Trait(bound) = bound { bound.path.segments.last() } else { None }
            });
            match wanted.map(|wanted| (wanted.ident.to_string(), &wanted.arguments)) {
                Some((name, PathArguments::AngleBracketed(items))) if name == "IntoIterator" => {
                    match items.args.first() {
                        Some(GenericArgument::AssocType(item)) => {
                            let (_, inner) = argument(scope, quote!(inner), &item.ty, runtime)?;
                            quote!(#given.into_iter().map(|inner| #inner))
                        }
                        _ => return Err(none()),
                    }
                }
                Some((name, PathArguments::Parenthesized(call))) => {
                    let mutable = (name == "FnMut").then(|| quote!(mut));
                    let names: Vec<_> =
                        (0..call.inputs.len()).map(|number| format_ident!("argument_{number}")).collect();
                    let converted = names.iter().zip(&call.inputs);
                    let converted =
                        converted.map(|(name, ty)| Ok(result(scope, quote!(#name), ty, &quote!(runtime))?.1));
                    let converted = converted.collect::<Translated<Vec<_>>>()?;
                    let called = quote!(callback(#(#converted),*));
                    let outcome = match &call.output {
                        ReturnType::Default => called,
                        ReturnType::Type(_, ty) => argument(scope, called, ty, &quote!(runtime))?.1,
                    };
                    quote!({
                        let (#mutable callback, runtime) = (#given, #runtime.clone());
                        move |#(#names),*| #outcome
                    })
                }
                _ => return Err(none()),
            }
        }
        _ => return Err(none()),
    };
    Ok((resolve(scope, ty)?, expression))
}

/// The other bounds of a future whose output does not matter, such as `impl Future + Send`.
fn signal(ty: &Type) -> Option<Vec<&TypeParamBound>> {
    let Type::ImplTrait(wanted) = ty else { return None };
    // A path that is an identifier has no arguments, so it does not state the output.
    let is_signal =
        |bound: &&TypeParamBound| matches!(bound, TypeParamBound::Trait(bound) if bound.path.is_ident("Future"));
    wanted.bounds.iter().find(is_signal)?;
    Some(wanted.bounds.iter().filter(|bound| !is_signal(bound)).collect())
}

/// Converts a result for the caller.
///
/// - A type with a twin is wrapped, also in a `Result`, an `Option` or a `Vec`. It shares the
///   runtime.
/// - A `BoxStream` becomes `Items`, an iterator.
/// - Any other value is returned unchanged.
pub(crate) fn result(scope: &Scope<'_>, made: TokenStream, ty: &Type, runtime: &TokenStream) -> Translated<Value> {
    if !mentions(scope, ty)? {
        return Ok((resolve(scope, ty)?, made));
    }
    let none = || scope.fault(ty, "no rule for a result of this type");
    let Type::Path(named) = ty else { return Err(none()) };
    let inner = |of: Option<&Type>| result(scope, quote!(inner), of.ok_or_else(none)?, runtime);
    Ok(match scope.place(&named.path)? {
        Place::Wrapped(name) => {
            plain_arguments(scope, only_argument(ty))?;
            let name = if is_named(ty, "Self") { format_ident!("Self") } else { format_ident!("{name}") };
            (resolve(scope, ty)?, quote!(#name::wrap(#made, &#runtime)))
        }
        place if place.is_stream() => {
            let items = only_argument(ty).ok_or_else(none)?;
            plain_arguments(scope, Some(items))?;
            let items = resolve(scope, items)?;
            (syn::parse_quote!(Items<#items>), quote!(Items::new(#made, &#runtime)))
        }
        Place::Public(name) if name == "Result" => {
            let (ty, inner) = inner(only_argument(ty))?;
            let path = scope.exports.path(&name).map(|part| format_ident!("{part}"));
            (syn::parse_quote!(crate::#(#path)::*<#ty>), quote!(#made.map(|inner| #inner)))
        }
        Place::Plain if is_named(ty, "Option") => {
            let (ty, inner) = inner(only_argument(ty))?;
            (syn::parse_quote!(Option<#ty>), quote!(#made.map(|inner| #inner)))
        }
        Place::Plain if is_named(ty, "Result") => {
            let (value, error) = two_arguments(ty).ok_or_else(none)?;
            let ((value, inner), error) = (inner(Some(value))?, resolve(scope, error)?);
            (syn::parse_quote!(Result<#value, #error>), quote!(#made.map(|inner| #inner)))
        }
        Place::Plain if is_named(ty, "Vec") => {
            let (ty, inner) = inner(only_argument(ty))?;
            (syn::parse_quote!(Vec<#ty>), quote!(#made.into_iter().map(|inner| #inner).collect()))
        }
        _ => return Err(none()),
    })
}

/// The only type in angle brackets.
pub(crate) fn only_argument(ty: &Type) -> Option<&Type> {
    let [only] = arguments(ty)[..] else { return None };
    Some(only)
}

fn two_arguments(ty: &Type) -> Option<(&Type, &Type)> {
    let [first, second] = arguments(ty)[..] else { return None };
    Some((first, second))
}

/// The types in angle brackets.
fn arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(named) = ty else { return Vec::new() };
    let last = named.path.segments.last().map(|last| &last.arguments);
    let Some(PathArguments::AngleBracketed(arguments)) = last else { return Vec::new() };
    let types = arguments.args.iter();
    types.filter_map(|argument| if let GenericArgument::Type(ty) = argument { Some(ty) } else { None }).collect()
}

/// Fails if a type argument of a twin has a twin too. The inner value belongs to the async type and
/// cannot be wrapped from outside.
fn plain_arguments(scope: &Scope<'_>, argument: Option<&Type>) -> Translated<()> {
    match argument {
        Some(ty) if mentions(scope, ty)? => Err(scope.fault(ty, "no rule for a type with a twin inside of another")),
        _ => Ok(()),
    }
}

pub(crate) fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(named) if named.path.segments.last().is_some_and(|last| last.ident == name))
}
