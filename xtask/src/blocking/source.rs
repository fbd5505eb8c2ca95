//! The source files of a crate, found by following its `mod` lines.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Item, ItemMacro, UseTree};

use super::macros::{Expansion, Macros, Origin};
use super::{Fault, Translated};

/// All files of the crate but those of the mirror itself and of tests.
pub(super) struct Source {
    pub(super) files: Vec<SourceFile>,
}

/// One file.
pub(super) struct SourceFile {
    /// From the folder of lib.rs.
    pub(super) name: String,
    /// With those that the calls of the crate's own macros stand for.
    pub(super) items: Vec<Item>,
    /// What its `use` lines bring in: the name here, and the path it stands for.
    pub(super) imports: BTreeMap<String, Vec<String>>,
    /// Where code that macros have brought in is written.
    origins: Vec<Origin>,
}

impl Source {
    /// Reads the crate. `load` gives the text of a file, if there is one.
    pub(super) fn read(load: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let mut files = Self::parse(load).map_err(|fault| vec![fault])?;
        let mut macros = Macros::default();
        for file in &files {
            file.items.iter().for_each(|item| macros.add(&file.name, item));
        }
        let faults: Vec<Fault> = files.iter_mut().filter_map(|file| file.expand(&macros).err()).collect();
        if faults.is_empty() { Ok(Self { files }) } else { Err(faults) }
    }

    fn parse(load: impl Fn(&str) -> Option<String>) -> Translated<Vec<SourceFile>> {
        let mut files = Vec::new();
        let no_file = |file: &str, line, why| Fault { file: file.to_owned(), line, why };
        let root = "lib.rs".to_owned();
        let mut open = vec![(
            load(&root).ok_or_else(|| no_file(&root, 1, "there is no such file".to_owned()))?,
            root,
            String::new(),
        )];
        while let Some((text, name, folder)) = open.pop() {
            let file = SourceFile::parse(&name, &text)?;
            for item in &file.items {
                let Item::Mod(module) = item else { continue };
                let module_name = module.ident.to_string();
                if module.content.is_some() || module_name == "blocking" {
                    continue;
                }
                let path = format!("{folder}{module_name}");
                let places = [format!("{path}.rs"), format!("{path}/mod.rs")];
                let found = places.into_iter().find_map(|place| Some((load(&place)?, place)));
                let (text, place) = found.ok_or_else(|| {
                    no_file(
                        &name,
                        module.ident.span().start().line,
                        format!("there is no file for `mod {module_name}`"),
                    )
                })?;
                open.push((text, place, format!("{path}/")));
            }
            files.push(file);
        }
        // A module comes before its parts, so that what a type is for comes before what else it can do.
        files.sort_by_key(|file| file.name.replace("mod.rs", ""));
        Ok(files)
    }

    /// The root of the crate, where everything public is named.
    pub(super) fn root(&self) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name == "lib.rs")
    }
}

impl SourceFile {
    fn parse(name: &str, text: &str) -> Translated<Self> {
        let file = syn::parse_file(text).map_err(|error| Fault {
            file: name.to_owned(),
            line: error.span().start().line,
            why: format!("it does not parse: {error}"),
        })?;
        let mut file = Self { name: name.to_owned(), items: file.items, imports: BTreeMap::new(), origins: Vec::new() };
        file.leave_out_tests();
        file.read_imports();
        Ok(file)
    }

    /// Whether it belongs to this module of the root, or is of it.
    pub(super) fn is_in(&self, module: &str) -> bool {
        self.name == format!("{module}.rs") || self.name.starts_with(&format!("{module}/"))
    }

    /// A fault at a place in the file, or in a macro that it calls.
    pub(super) fn fault(&self, at: Span, why: impl Into<String>) -> Fault {
        let (line, why) = (at.start().line, why.into());
        let (line, why) = match self.origins.iter().find(|origin| origin.text == at.file()) {
            Some(origin) if origin.file != self.name => {
                (origin.line, format!("line {line} of {}, which is called here: {why}", origin.file))
            }
            _ => (line, why),
        };
        Fault { file: self.name.clone(), line, why }
    }

    /// Puts what the calls of the crate's own macros stand for in their places.
    fn expand(&mut self, macros: &Macros) -> Translated<()> {
        for item in std::mem::take(&mut self.items) {
            match self.expansion(&item, macros)? {
                None => self.items.push(item),
                Some(expansion) => {
                    self.origins.push(expansion.origin);
                    for item in expansion.items {
                        if self.expansion(&item, macros)?.is_some() {
                            return Err(self.fault(item.span(), "no rule for a macro that calls another one"));
                        }
                        self.items.push(item);
                    }
                }
            }
        }
        self.leave_out_tests();
        self.read_imports();
        Ok(())
    }

    fn expansion(&self, item: &Item, macros: &Macros) -> Translated<Option<Expansion>> {
        let Item::Macro(ItemMacro { ident: None, mac: call, .. }) = item else { return Ok(None) };
        let written: Vec<String> = call.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let full = match self.imports.get(&written[0]) {
            Some(imported) => imported.iter().chain(&written[1..]).cloned().collect(),
            None => written,
        };
        let is_own =
            full.len() == 1 || ["crate", "self", "super"].contains(&full[0].as_str()) || self.declares(&full[0]);
        let expansion = full.last().filter(|_| is_own).and_then(|name| macros.expand(name, &self.name, call));
        expansion.transpose().map_err(|why| self.fault(item.span(), why))
    }

    /// Whether a module of its own has this name.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Mod(module) if module.ident == name))
    }

    fn leave_out_tests(&mut self) {
        self.items.retain(|item| !is_test(attributes(item)));
    }

    fn read_imports(&mut self) {
        for item in &self.items {
            if let Item::Use(used) = item {
                flatten(&used.tree, &mut Vec::new(), &mut self.imports);
            }
        }
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
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
