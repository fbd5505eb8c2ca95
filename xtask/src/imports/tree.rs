//! The files and modules of one crate, found by following its `mod` declarations.

use anyhow::{Context, Result, bail};
use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, Token};

/// A crate without its tests.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    /// The modules. The first is the root.
    pub(super) modules: Vec<Module>,
}

pub(super) struct File {
    /// The path of the file from the folder of the root.
    pub(super) name: String,
    /// The module path, without `crate`.
    pub(super) path: Vec<String>,
    pub(super) is_generated: bool,
}

/// The index of a module in [`Tree::modules`].
pub(super) type ModuleId = usize;

/// The index of a file in [`Tree::files`].
pub(super) type FileId = usize;

/// A module, in its own file or in braces.
pub(super) struct Module {
    pub(super) name: String,
    pub(super) parent: Option<ModuleId>,
    pub(super) file: FileId,
    pub(super) is_public: bool,
    /// The items of the module except its submodules.
    pub(super) items: Vec<Item>,
}

impl Tree {
    /// Reads the crate with this root. `load` returns the text of a file, or `None` if it does not
    /// exist.
    pub(super) fn read(root: &str, load: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut tree = Self { files: Vec::new(), modules: Vec::new() };
        let place = Place { file: root.to_owned(), folder: String::new(), path: Vec::new() };
        tree.add_file(place, None, true, &load)?;
        Ok(tree)
    }

    /// Whether `inner` is `outer` or inside of it.
    pub(super) fn is_within(&self, inner: ModuleId, outer: ModuleId) -> bool {
        std::iter::successors(Some(inner), |id| self.modules[*id].parent).any(|id| id == outer)
    }

    fn add_file(
        &mut self,
        place: Place,
        parent: Option<ModuleId>,
        is_public: bool,
        load: &impl Fn(&str) -> Option<String>,
    ) -> Result<()> {
        let text = load(&place.file).with_context(|| format!("there is no file {}", place.file))?;
        let parsed = syn::parse_file(&text).with_context(|| format!("{} does not parse", place.file))?;
        let mut heading = text.lines().take_while(|line| line.starts_with("//"));
        let is_generated = heading.any(|line| line.contains("@generated"));
        self.files.push(File { name: place.file.clone(), path: place.path.clone(), is_generated });
        self.add_module(place, self.files.len() - 1, parent, is_public, parsed.items, load)
    }

    fn add_module(
        &mut self,
        place: Place,
        file: FileId,
        parent: Option<ModuleId>,
        is_public: bool,
        items: Vec<Item>,
        load: &impl Fn(&str) -> Option<String>,
    ) -> Result<()> {
        let id = self.modules.len();
        let items = items.into_iter().filter(|item| !is_test(attributes(item)));
        let (modules, items): (Vec<Item>, Vec<Item>) = items.partition(|item| matches!(item, Item::Mod(_)));
        let name = place.path.last().cloned().unwrap_or_default();
        self.modules.push(Module { name, parent, file, is_public, items });
        for item in modules {
            let Item::Mod(module) = item else { continue };
            let name = module.ident.to_string();
            let path: Vec<String> = place.path.iter().cloned().chain([name.clone()]).collect();
            let is_public = is_public_to_others(&module.vis);
            let folder = format!("{}{name}/", place.folder);
            match module.content {
                Some((_, items)) => {
                    let inner = Place { file: place.file.clone(), folder, path };
                    self.add_module(inner, file, Some(id), is_public, items, load)?;
                }
                None => {
                    let candidates = match path_attribute(&module.attrs) {
                        Some(file) => vec![format!("{}{file}", parent_folder(&place.file))],
                        None => vec![format!("{}{name}.rs", place.folder), format!("{folder}mod.rs")],
                    };
                    let Some(file) = candidates.into_iter().find(|file| load(file).is_some()) else {
                        bail!("there is no file for `mod {name}` of {}", place.file);
                    };
                    self.add_file(Place { file, folder, path }, Some(id), is_public, load)?;
                }
            }
        }
        Ok(())
    }
}

/// The location of a module.
struct Place {
    file: String,
    /// The folder of its submodules: empty, or with `/` at the end.
    folder: String,
    path: Vec<String>,
}

fn parent_folder(file: &str) -> String {
    file.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// The file in `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    let meta = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?.meta.require_name_value().ok()?;
    match &meta.value {
        Expr::Lit(value) => match &value.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a name of this visibility can be used outside its module and submodules.
pub(super) fn is_public_to_others(visibility: &syn::Visibility) -> bool {
    match visibility {
        syn::Visibility::Public(_) => true,
        syn::Visibility::Restricted(restricted) => !restricted.path.is_ident("self"),
        syn::Visibility::Inherited => false,
    }
}

/// Whether these attributes limit an item to tests.
pub(super) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<Meta>().is_ok_and(|condition| needs_test(&condition))
    })
}

/// Whether a `cfg` condition holds in tests only.
fn needs_test(condition: &Meta) -> bool {
    let Meta::List(list) = condition else { return condition.path().is_ident("test") };
    let parts = syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated;
    let Ok(parts) = list.parse_args_with(parts) else { return false };
    if list.path.is_ident("all") {
        parts.iter().any(needs_test)
    } else {
        list.path.is_ident("any") && !parts.is_empty() && parts.iter().all(needs_test)
    }
}

pub(super) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

pub(super) fn impl_item_attributes(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        ImplItem::Macro(item) => &item.attrs,
        _ => &[],
    }
}
