//! Translates the types in a signature to those of the twin.

use syn::{GenericArgument, Ident, Path, PathArguments, PathSegment, ReturnType, Type, TypeParamBound};

use crate::error::Translated;
use crate::exports::Place;
use crate::scope::Scope;

/// The type with full paths, so that it has the same meaning in another file. A type with a twin
/// becomes the twin.
pub(crate) fn resolve(scope: &Scope<'_>, ty: &Type) -> Translated<Type> {
    let mut ty = ty.clone();
    visit(scope, &mut ty, &mut |path| rename(scope, path))?;
    Ok(ty)
}

/// A bound with full paths, such as `Into<String>`.
pub(crate) fn resolve_bound(scope: &Scope<'_>, bound: &TypeParamBound) -> Translated<TypeParamBound> {
    let mut bound = bound.clone();
    visit_bound(scope, &mut bound, &mut |path| rename(scope, path))?;
    Ok(bound)
}

/// Whether the type contains a type with a twin or a stream.
pub(crate) fn mentions(scope: &Scope<'_>, ty: &Type) -> Translated<bool> {
    let mut found = false;
    visit(scope, &mut ty.clone(), &mut |path| {
        let place = scope.place(path)?;
        found |= place.is_stream() || matches!(place, Place::Wrapped(_));
        Ok(())
    })?;
    Ok(found)
}

fn rename(scope: &Scope<'_>, path: &mut Path) -> Translated<()> {
    let full: Vec<String> = match scope.place(path)? {
        Place::Plain => return Ok(()),
        Place::Wrapped(_) if path.is_ident("Self") => return Ok(()),
        Place::Wrapped(name) => vec![name],
        Place::Public(name) => ["crate"].into_iter().chain(scope.exports.path(&name)).map(str::to_owned).collect(),
        Place::Foreign(full) => full,
        Place::Private(name) => {
            return Err(scope.fault(path, format!("`{name}` is not public; make it public, or this item private")));
        }
    };
    let arguments = path.segments.last().map(|segment| segment.arguments.clone()).unwrap_or_default();
    let span = syn::spanned::Spanned::span(&*path);
    path.segments = full.iter().map(|name| PathSegment::from(Ident::new(name, span))).collect();
    if let Some(last) = path.segments.last_mut() {
        last.arguments = arguments;
    }
    Ok(())
}

type OnPath<'v> = &'v mut dyn FnMut(&mut Path) -> Translated<()>;

/// Calls `on_path` with every path in a type, innermost first.
fn visit(scope: &Scope<'_>, ty: &mut Type, on_path: OnPath<'_>) -> Translated<()> {
    match ty {
        Type::Path(named) if named.qself.is_none() => visit_path(scope, &mut named.path, on_path),
        Type::Reference(inner) => visit(scope, &mut inner.elem, on_path),
        Type::Slice(inner) => visit(scope, &mut inner.elem, on_path),
        Type::Array(inner) => visit(scope, &mut inner.elem, on_path),
        Type::Paren(inner) => visit(scope, &mut inner.elem, on_path),
        Type::Group(inner) => visit(scope, &mut inner.elem, on_path),
        Type::Tuple(inner) => inner.elems.iter_mut().try_for_each(|ty| visit(scope, ty, on_path)),
        Type::ImplTrait(inner) => inner.bounds.iter_mut().try_for_each(|bound| visit_bound(scope, bound, on_path)),
        Type::TraitObject(inner) => inner.bounds.iter_mut().try_for_each(|bound| visit_bound(scope, bound, on_path)),
        other => Err(scope.fault(other, "no rule for this form of type")),
    }
}

fn visit_bound(scope: &Scope<'_>, bound: &mut TypeParamBound, on_path: OnPath<'_>) -> Translated<()> {
    match bound {
        TypeParamBound::Trait(bound) => visit_path(scope, &mut bound.path, on_path),
        TypeParamBound::Lifetime(_) => Ok(()),
        other => Err(scope.fault(other, "no rule for this form of bound")),
    }
}

fn visit_path(scope: &Scope<'_>, path: &mut Path, on_path: OnPath<'_>) -> Translated<()> {
    for segment in &mut path.segments {
        match &mut segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) => {
                for argument in &mut arguments.args {
                    match argument {
                        GenericArgument::Type(ty) => visit(scope, ty, on_path)?,
                        GenericArgument::AssocType(known) => visit(scope, &mut known.ty, on_path)?,
                        GenericArgument::Lifetime(_) | GenericArgument::Const(_) => {}
                        other => return Err(scope.fault(other, "no rule for this form of type argument")),
                    }
                }
            }
            PathArguments::Parenthesized(arguments) => {
                for ty in &mut arguments.inputs {
                    visit(scope, ty, on_path)?;
                }
                if let ReturnType::Type(_, ty) = &mut arguments.output {
                    visit(scope, ty, on_path)?;
                }
            }
        }
    }
    on_path(path)
}
