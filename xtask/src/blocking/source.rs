//! The source files of a crate, found by following its `mod` lines.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use syn::{Attribute, Item, UseTree};

/// All files of the crate but those of the mirror itself and of tests.
pub(super) struct Source {
    pub(super) files: Vec<SourceFile>,
}

/// One file.
pub(super) struct SourceFile {
    /// From the folder of lib.rs.
    pub(super) name: String,
    pub(super) items: Vec<Item>,
    /// What its `use` lines bring in: the name here, and the path it stands for.
    pub(super) imports: BTreeMap<String, Vec<String>>,
}

impl Source {
    /// Reads the crate. `load` gives the text of a file, if there is one.
    pub(super) fn read(load: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut files = Vec::new();
        let mut open = vec![("lib.rs".to_owned(), String::new())];
        while let Some((name, folder)) = open.pop() {
            let text = load(&name).with_context(|| format!("there is no {name}"))?;
            let file = SourceFile::parse(&name, &text)?;
            for item in &file.items {
                let Item::Mod(module) = item else { continue };
                let module_name = module.ident.to_string();
                if module.content.is_some() || module_name == "blocking" {
                    continue;
                }
                let path = format!("{folder}{module_name}");
                let places = [format!("{path}.rs"), format!("{path}/mod.rs")];
                let Some(place) = places.into_iter().find(|place| load(place).is_some()) else {
                    bail!("there is no file for `mod {module_name}` of {name}");
                };
                open.push((place, format!("{path}/")));
            }
            files.push(file);
        }
        // A module comes before its parts, so that what a type is for comes before what else it can do.
        files.sort_by_key(|file| file.name.replace("mod.rs", ""));
        Ok(Self { files })
    }

    /// The root of the crate, where everything public is named.
    pub(super) fn root(&self) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name == "lib.rs")
    }
}

impl SourceFile {
    fn parse(name: &str, text: &str) -> Result<Self> {
        let file = syn::parse_file(text).with_context(|| format!("{name} does not parse"))?;
        let items: Vec<Item> = file.items.into_iter().filter(|item| !is_test(attributes(item))).collect();
        let mut imports = BTreeMap::new();
        for item in &items {
            if let Item::Use(used) = item {
                flatten(&used.tree, &mut Vec::new(), &mut imports);
            }
        }
        Ok(Self { name: name.to_owned(), items, imports })
    }

    /// Whether it belongs to this module of the root, or is of it.
    pub(super) fn is_in(&self, module: &str) -> bool {
        self.name == format!("{module}.rs") || self.name.starts_with(&format!("{module}/"))
    }
}

/// The names that a `use` brings in. What a glob brings in stays unknown.
pub(super) fn flatten(tree: &UseTree, path: &mut Vec<String>, names: &mut BTreeMap<String, Vec<String>>) {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            flatten(&inner.tree, path, names);
            path.pop();
        }
        UseTree::Name(last) => {
            let name = last.ident.to_string();
            if name == "self" {
                names.insert(path.last().cloned().unwrap_or_default(), path.clone());
            } else {
                names.insert(name.clone(), path.iter().cloned().chain([name]).collect());
            }
        }
        UseTree::Rename(last) => {
            let full = path.iter().cloned().chain([last.ident.to_string()]).collect();
            names.insert(last.rename.to_string(), full);
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, path, names)),
        UseTree::Glob(_) => {}
    }
}

/// Whether something is there for tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    let test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
    };
    attributes.iter().any(test)
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        _ => &[],
    }
}
