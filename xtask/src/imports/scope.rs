//! The names that the items of a module or of a block of code bring into scope.

use std::collections::BTreeMap;

use syn::{Ident, Item, UseTree, Visibility};

use super::tree::{ModuleId, is_public_to_others};

/// The names of one module, or of one block of code.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) names: BTreeMap<String, Vec<Meaning>>,
    pub(super) globs: Vec<Glob>,
}

/// One meaning of a name.
pub(super) struct Meaning {
    pub(super) is_public: bool,
    pub(super) of: Of,
}

pub(super) enum Of {
    Module(ModuleId),
    Item,
    Import(Vec<String>),
}

/// A glob import: `use module::*`.
pub(super) struct Glob {
    pub(super) is_public: bool,
    pub(super) path: Vec<String>,
}

impl Scope {
    pub(super) fn of<'i>(items: impl IntoIterator<Item = &'i Item>) -> Self {
        let mut scope = Self::default();
        for item in items {
            match item {
                Item::Use(item) => {
                    for leaf in leaves(&item.tree) {
                        scope.import(leaf, is_public_to_others(&item.vis));
                    }
                }
                // A macro is in scope after its definition. Other modules import it with a `use` of
                // this kind.
                Item::Macro(item) => {
                    if let Some(name) = &item.ident {
                        scope.add(&plain(name), false, Of::Item);
                    }
                }
                _ => {
                    if let Some((name, visibility)) = named_item(item) {
                        scope.add(&plain(name), is_public_to_others(visibility), Of::Item);
                    }
                }
            }
        }
        scope
    }

    fn import(&mut self, leaf: Leaf, is_public: bool) {
        match leaf.name {
            None => self.globs.push(Glob { is_public, path: leaf.path }),
            Some(name) => self.add(&name, is_public, Of::Import(leaf.path)),
        }
    }

    pub(super) fn add(&mut self, name: &str, is_public: bool, of: Of) {
        self.names.entry(name.to_owned()).or_default().push(Meaning { is_public, of });
    }
}

/// One path of a `use` declaration.
pub(super) struct Leaf {
    pub(super) path: Vec<String>,
    /// The name in this scope. `None` for a glob.
    pub(super) name: Option<String>,
    pub(super) line: usize,
}

pub(super) fn leaves(tree: &UseTree) -> Vec<Leaf> {
    let mut found = Vec::new();
    add_leaves(tree, &[], &mut found);
    found
}

fn add_leaves(tree: &UseTree, before: &[String], found: &mut Vec<Leaf>) {
    let with = |name: &Ident| before.iter().cloned().chain([plain(name)]).collect::<Vec<_>>();
    // `self` in `a::{self, b}` is the module `a`.
    let whole = |name: &Ident| if name == "self" && !before.is_empty() { before.to_vec() } else { with(name) };
    match tree {
        UseTree::Path(inner) => add_leaves(&inner.tree, &with(&inner.ident), found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| add_leaves(tree, before, found)),
        UseTree::Glob(star) => {
            let line = star.star_token.spans[0].start().line;
            found.push(Leaf { path: before.to_vec(), name: None, line });
        }
        UseTree::Name(last) => {
            let path = whole(&last.ident);
            found.push(Leaf { name: path.last().cloned(), path, line: last.ident.span().start().line });
        }
        UseTree::Rename(last) => {
            let path = whole(&last.ident);
            found.push(Leaf { name: Some(plain(&last.rename)), path, line: last.ident.span().start().line });
        }
    }
}

/// A name without the `r#` of a raw identifier.
pub(super) fn plain(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

fn named_item(item: &Item) -> Option<(&Ident, &Visibility)> {
    Some(match item {
        Item::Const(item) => (&item.ident, &item.vis),
        Item::Enum(item) => (&item.ident, &item.vis),
        Item::Fn(item) => (&item.sig.ident, &item.vis),
        Item::Static(item) => (&item.ident, &item.vis),
        Item::Struct(item) => (&item.ident, &item.vis),
        Item::Trait(item) => (&item.ident, &item.vis),
        Item::TraitAlias(item) => (&item.ident, &item.vis),
        Item::Type(item) => (&item.ident, &item.vis),
        Item::Union(item) => (&item.ident, &item.vis),
        _ => return None,
    })
}
