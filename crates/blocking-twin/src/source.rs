//! The source files of a crate, found by following its `mod` declarations.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Item, ItemMacro, UseTree};

use crate::error::{Fault, Translated};
use crate::macros::{Expansion, Macros, Origin};

/// All files of a crate, except those of the twin and of tests.
pub(crate) struct Source {
    /// The root file, which names everything public.
    root: String,
    pub(crate) files: Vec<SourceFile>,
}

/// One file.
pub(crate) struct SourceFile {
    /// The path of the file from the folder of the root.
    pub(crate) name: String,
    /// The path of the file's module, with slashes. Empty for the root.
    pub(crate) module: String,
    /// The items, including those from calls of the crate's own macros.
    pub(crate) items: Vec<Item>,
    /// The imports of the file: the name in the file, and the imported path.
    pub(crate) imports: BTreeMap<String, Vec<String>>,
    /// The origins of expanded code.
    origins: Vec<Origin>,
}

impl Source {
    /// Reads the crate with this root, without the module `twin`. `load` returns the text of a
    /// file, or `None` if it does not exist.
    pub(crate) fn read(root: &str, twin: &str, load: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let mut files = Self::parse(root, twin, load).map_err(|fault| vec![fault])?;
        let mut macros = Macros::default();
        for file in &files {
            file.items.iter().for_each(|item| macros.add(&file.name, item));
        }
        let faults: Vec<Fault> = files.iter_mut().filter_map(|file| file.expand(&macros).err()).collect();
        if faults.is_empty() { Ok(Self { root: root.to_owned(), files }) } else { Err(faults) }
    }

    fn parse(root: &str, twin: &str, load: impl Fn(&str) -> Option<String>) -> Translated<Vec<SourceFile>> {
        let fault = |file: &str, line, why: String| Fault { file: file.to_owned(), line, why };
        let text = load(root).ok_or_else(|| fault(root, 1, "the file does not exist".to_owned()))?;
        let mut files = Vec::new();
        let mut open = vec![(text, root.to_owned(), String::new())];
        while let Some((text, name, folder)) = open.pop() {
            let file = SourceFile::parse(&name, folder.trim_end_matches('/'), &text)?;
            for item in &file.items {
                let Item::Mod(module) = item else { continue };
                let module_name = module.ident.to_string();
                let is_twin = folder.is_empty() && module_name == twin;
                if module.content.is_some() || is_twin {
                    continue;
                }
                let path = format!("{folder}{module_name}");
                let places = [format!("{path}.rs"), format!("{path}/mod.rs")];
                let found = places.into_iter().find_map(|place| Some((load(&place)?, place)));
                let (text, place) = found.ok_or_else(|| {
                    fault(&name, module.ident.span().start().line, format!("there is no file for `mod {module_name}`"))
                })?;
                open.push((text, place, format!("{path}/")));
            }
            files.push(file);
        }
        // A module comes before its submodules, so that the main methods of a type come first.
        files.sort_by_key(|file| file.name.replace("mod.rs", ""));
        Ok(files)
    }

    /// The file of the module with this path in the crate.
    pub(crate) fn module(&self, path: &[String]) -> Option<&SourceFile> {
        let module = path.join("/");
        self.files.iter().find(|file| !module.is_empty() && file.module == module)
    }

    /// The longest prefix of a path that is a module with a file. The item is defined in this
    /// module or in a submodule.
    pub(crate) fn home(&self, path: &[String]) -> Option<String> {
        (1..=path.len()).rev().find_map(|length| self.module(&path[..length])).map(|file| file.module.clone())
    }

    pub(crate) fn root(&self) -> &SourceFile {
        let root = self.files.iter().find(|file| file.name == self.root);
        root.expect("the root is always read")
    }
}

impl SourceFile {
    fn parse(name: &str, module: &str, text: &str) -> Translated<Self> {
        let file = syn::parse_file(text).map_err(|error| Fault {
            file: name.to_owned(),
            line: error.span().start().line,
            why: format!("it does not parse: {error}"),
        })?;
        let mut file = Self {
            name: name.to_owned(),
            module: module.to_owned(),
            items: file.items,
            imports: BTreeMap::new(),
            origins: Vec::new(),
        };
        file.leave_out_tests();
        file.read_imports();
        Ok(file)
    }

    /// Whether this is the file of the module, or of one of its submodules.
    pub(crate) fn is_in(&self, module: &str) -> bool {
        self.module == module || self.module.starts_with(&format!("{module}/"))
    }

    /// Converts a path written in the file to a path from the root of the crate. `None` for a path
    /// of another crate.
    pub(crate) fn module_path(&self, written: &[String]) -> Option<Vec<String>> {
        let mut module: Vec<String> =
            self.module.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let mut rest = written;
        match written.first()?.as_str() {
            "crate" => {
                module.clear();
                rest = &written[1..];
            }
            "self" => rest = &written[1..],
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    module.pop();
                    rest = &rest[1..];
                }
            }
            first if self.declares(first) => {}
            _ => return None,
        }
        module.extend(rest.iter().cloned());
        Some(module)
    }

    /// The fault at a place in the file, or in a macro that the file calls.
    pub(crate) fn fault(&self, at: Span, why: impl Into<String>) -> Fault {
        let (line, why) = (at.start().line, why.into());
        let (line, why) = match self.origins.iter().find(|origin| origin.text == at.file()) {
            Some(origin) if origin.file != self.name => {
                (origin.line, format!("in the macro at line {line} of {}, called here: {why}", origin.file))
            }
            _ => (line, why),
        };
        Fault { file: self.name.clone(), line, why }
    }

    /// Expands the calls of the crate's own macros.
    fn expand(&mut self, macros: &Macros) -> Translated<()> {
        let expansions = self.items.iter().map(|item| self.expansion(item, macros));
        let expansions: Vec<Option<Expansion>> = expansions.collect::<Translated<_>>()?;
        for (item, expansion) in std::mem::take(&mut self.items).into_iter().zip(expansions) {
            match expansion {
                None => self.items.push(item),
                Some(expansion) => {
                    self.origins.push(expansion.origin);
                    self.items.extend(expansion.items);
                }
            }
        }
        for item in &self.items {
            if self.expansion(item, macros)?.is_some() {
                return Err(self.fault(item.span(), "no rule for a macro that calls another one"));
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
        let (first, name) = (&full[0], &full[full.len() - 1]);
        let is_path = full.len() > 1;
        if is_path && !["crate", "self", "super"].contains(&first.as_str()) && !self.declares(first) {
            return Ok(None);
        }
        if is_path && !macros.contains(name) {
            return Err(self.fault(
                item.span(),
                format!("cannot find the macro `{name}!`; call it by the name in its definition"),
            ));
        }
        macros.expand(name, &self.name, call).transpose().map_err(|why| self.fault(item.span(), why))
    }

    /// Whether the file has a submodule of this name.
    pub(crate) fn declares(&self, name: &str) -> bool {
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

/// Adds the names that a `use` imports. Glob imports are ignored.
pub(crate) fn flatten(tree: &UseTree, path: &mut Vec<String>, names: &mut BTreeMap<String, Vec<String>>) {
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

/// Whether these attributes limit an item to tests.
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
