//! Finds the public types of a crate, and the types among them that need a twin.

use std::collections::BTreeMap;

use syn::{FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, PathArguments, ReturnType, Type};

use crate::error::{Fault, Translated};
use crate::exports::{Exports, Place, is_public};
use crate::method::waits;
use crate::scope::Scope;
use crate::source::{Source, SourceFile};
use crate::types::mentions;

/// The public types of the crate.
pub(crate) struct Facade<'a> {
    exports: Exports,
    pub(crate) types: BTreeMap<String, FacadeType<'a>>,
}

/// A public type of the crate, with its `impl` blocks.
pub(crate) struct FacadeType<'a> {
    pub(crate) file: &'a SourceFile,
    pub(crate) item: &'a Item,
    pub(crate) blocks: Vec<(&'a SourceFile, &'a ItemImpl)>,
}

impl<'a> Facade<'a> {
    pub(crate) fn find(source: &'a Source, crate_name: &str) -> Result<Self, Vec<Fault>> {
        let exports = Exports::of(source, crate_name);
        let mut facade = Self { exports, types: BTreeMap::new() };
        facade.find_types(source).map_err(|fault| vec![fault])?;
        facade.find_blocks(source);
        facade.find_wrapped()?;
        let faults: Vec<Fault> = facade.unreachable().into_iter().collect();
        if faults.is_empty() { Ok(facade) } else { Err(faults) }
    }

    pub(crate) fn wrapped(&self) -> impl Iterator<Item = (&str, &FacadeType<'a>)> {
        self.exports.wrapped.iter().filter_map(|name| Some((name.as_str(), self.types.get(name)?)))
    }

    /// The types without a twin.
    pub(crate) fn plain(&self) -> impl Iterator<Item = (&str, &FacadeType<'a>)> {
        let plain = self.types.iter().filter(|(name, _)| !self.exports.wrapped.contains(*name));
        plain.map(|(name, known)| (name.as_str(), known))
    }

    fn find_types(&mut self, source: &'a Source) -> Translated<()> {
        for (name, export) in self.exports.iter() {
            let Some(module) = &export.home else { continue };
            let files = source.files.iter().filter(|file| file.is_in(module));
            let found: Vec<_> = files.flat_map(|file| file.items.iter().map(move |item| (file, item))).collect();
            let mut found = found.into_iter().filter(|(_, item)| is_public_item(item, name));
            match (found.next(), found.next()) {
                (Some((_, Item::Type(_))), None) => {}
                (Some((file, item @ (Item::Struct(_) | Item::Enum(_)))), None) => {
                    self.types.insert(name.clone(), FacadeType { file, item, blocks: Vec::new() });
                }
                (Some((file, item)), None) => {
                    let why = format!("no rule for `{name}`, which is neither a struct nor an enum");
                    return Err(file.fault(syn::spanned::Spanned::span(item), why));
                }
                _ => {
                    let why = format!("`{name}` is public, but `{module}` does not define it exactly once");
                    return Err(source.root().fault(proc_macro2::Span::call_site(), why));
                }
            }
        }
        Ok(())
    }

    fn find_blocks(&mut self, source: &'a Source) {
        let mut found = Vec::new();
        for file in &source.files {
            for item in &file.items {
                let Item::Impl(block) = item else { continue };
                let Type::Path(subject) = &*block.self_ty else { continue };
                // A name without a known place is not a type of the crate.
                let Ok(Place::Public(name)) = self.scope(file, None).place(&subject.path) else { continue };
                found.push((name, file, block));
            }
        }
        for (name, file, block) in found {
            if let Some(known) = self.types.get_mut(&name) {
                known.blocks.push((file, block));
            }
        }
    }

    /// Finds the types that need a twin: those with something to wait for, and those that return
    /// such a type.
    fn find_wrapped(&mut self) -> Result<(), Vec<Fault>> {
        loop {
            let rest = self.types.iter().filter(|(name, _)| !self.exports.wrapped.contains(*name));
            let found = rest.map(|(name, known)| Ok(self.reaches(name, known)?.then(|| name.clone())));
            let found: Vec<Option<String>> = found.collect::<Translated<_>>().map_err(|fault| vec![fault])?;
            let before = self.exports.wrapped.len();
            self.exports.wrapped.extend(found.into_iter().flatten());
            if self.exports.wrapped.len() == before {
                return Ok(());
            }
        }
    }

    fn reaches(&self, name: &str, known: &FacadeType<'a>) -> Translated<bool> {
        for (file, block) in &known.blocks {
            if trait_name(block).is_some_and(|name| name == "Stream") {
                return Ok(true);
            }
            for method in public_methods(block) {
                if waits(&method.sig) {
                    return Ok(true);
                }
                if let ReturnType::Type(_, result) = &method.sig.output
                    && mentions(
                        &self.scope(file, Some(name)).inside(&block.generics).inside(&method.sig.generics),
                        result,
                    )?
                {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Uses of types with a twin by public types without one. The twin could not be used there.
    fn unreachable(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (name, known) in self.plain() {
            let scope = self.scope(known.file, Some(name));
            for field in fields(known.item).filter(|field| is_public(&field.vis) || matches!(known.item, Item::Enum(_)))
            {
                let why = format!("no rule for `{name}`, which holds a type with a twin but has none itself");
                faults.extend(mentions(&scope, &field.ty).ok().filter(|is| *is).map(|_| scope.fault(field, why)));
            }
            for (file, block) in &known.blocks {
                let scope = self.scope(file, Some(name)).inside(&block.generics);
                let inputs = public_methods(block).flat_map(|method| &method.sig.inputs);
                let types =
                    inputs.filter_map(|input| if let FnArg::Typed(input) = input { Some(&*input.ty) } else { None });
                let subject = block
                    .trait_
                    .as_ref()
                    .filter(|_| converted(block).is_none())
                    .map(|(_, path, _)| Type::Path(syn::TypePath { qself: None, path: path.clone() }));
                for ty in types.cloned().chain(subject) {
                    if mentions(&scope, &ty).is_ok_and(|is| is) {
                        let why =
                            format!("no rule for this use of a type with a twin by `{name}`, which has none itself");
                        faults.push(scope.fault(&ty, why));
                    }
                }
            }
        }
        faults
    }

    pub(crate) fn scope<'f>(&'f self, file: &'f SourceFile, own: Option<&'f str>) -> Scope<'f> {
        Scope { exports: &self.exports, file, own, parameters: Vec::new() }
    }
}

/// The last path segment of the trait that a block implements.
pub(crate) fn trait_name(block: &ItemImpl) -> Option<String> {
    let (_, path, _) = block.trait_.as_ref()?;
    path.segments.last().map(|segment| segment.ident.to_string())
}

/// The type that a block converts with `From`.
pub(crate) fn converted(block: &ItemImpl) -> Option<&Type> {
    let (_, path, _) = block.trait_.as_ref()?;
    let last = path.segments.last().filter(|last| last.ident == "From")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| if let GenericArgument::Type(ty) = argument { Some(ty) } else { None })
}

/// The public methods of a block.
fn public_methods(block: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    let methods =
        block.items.iter().filter_map(|item| if let ImplItem::Fn(method) = item { Some(method) } else { None });
    methods.filter(|method| is_public(&method.vis))
}

fn fields(item: &Item) -> Box<dyn Iterator<Item = &syn::Field> + '_> {
    match item {
        Item::Struct(item) => Box::new(item.fields.iter()),
        Item::Enum(item) => Box::new(item.variants.iter().flat_map(|variant| variant.fields.iter())),
        _ => Box::new(std::iter::empty()),
    }
}

fn is_public_item(item: &Item, name: &str) -> bool {
    let (visibility, ident) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        _ => return false,
    };
    is_public(visibility) && ident == name
}
