//! Resolves the names in a module, through imports and re-exports, to the files that define them.

use std::collections::{BTreeMap, BTreeSet};

use syn::Item;

use super::scope::{Of, Scope, plain};
use super::tree::{FileId, ModuleId, Tree};

/// The names of all modules of a crate.
pub(super) struct Names<'t> {
    pub(super) tree: &'t Tree,
    scopes: Vec<Scope>,
    /// The files that define a `macro_rules!`, by its name.
    macros: BTreeMap<String, BTreeSet<FileId>>,
}

/// The target of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Module(ModuleId),
    /// An item of this file.
    Item(FileId),
}

/// A name may have several targets, such as a function and a module, or one item per platform.
type Targets = BTreeSet<Target>;

/// The imports that are being followed, which keeps a circle of imports from being followed
/// forever. Each is a module, a name in it, and the index of the name's meaning or of the glob.
type Followed = Vec<(ModuleId, String, usize)>;

impl<'t> Names<'t> {
    pub(super) fn of(tree: &'t Tree) -> Self {
        let mut scopes: Vec<Scope> = tree.modules.iter().map(|module| Scope::of(&module.items)).collect();
        let mut macros: BTreeMap<String, BTreeSet<FileId>> = BTreeMap::new();
        for (id, module) in tree.modules.iter().enumerate() {
            if let Some(parent) = module.parent {
                scopes[parent].add(&module.name, module.is_public, Of::Module(id));
            }
            for item in &module.items {
                if let Item::Macro(item) = item
                    && let Some(name) = &item.ident
                {
                    macros.entry(plain(name)).or_default().insert(module.file);
                    if item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) && id != 0 {
                        let path = path_of(tree, id).into_iter().chain([plain(name)]).collect();
                        scopes[0].add(&plain(name), true, Of::Import(path));
                    }
                }
            }
        }
        Self { tree, scopes, macros }
    }

    /// The files that define the item that `path` names in `module`, inside of blocks with the
    /// names in `blocks`. Empty for items of other crates.
    pub(super) fn files(&self, module: ModuleId, blocks: &[Scope], path: &[String]) -> BTreeSet<FileId> {
        let followed = &mut Followed::new();
        let in_block = path.first().and_then(|first| {
            let meanings = blocks.iter().rev().find_map(|block| block.names.get(first))?;
            let found = meanings.iter().map(|meaning| match &meaning.of {
                Of::Import(imported) => {
                    let path: Vec<String> = imported.iter().chain(&path[1..]).cloned().collect();
                    self.follow(module, &path, followed).unwrap_or_default()
                }
                Of::Module(_) | Of::Item => Targets::from([Target::Item(self.tree.modules[module].file)]),
            });
            Some(found.flatten().collect::<Targets>())
        });
        let in_module = || self.follow(module, path, &mut Followed::new());
        let in_globs = || {
            let modules = blocks.iter().flat_map(|block| &block.globs);
            let found = modules.filter_map(|glob| self.in_glob(module, &glob.path, path.first()?, &mut Vec::new()));
            let found: Targets = found.flatten().collect();
            self.descend(found, path.get(1..)?, module, &mut Followed::new())
        };
        let targets = in_block.or_else(in_module).or_else(in_globs).unwrap_or_default();
        targets.into_iter().map(|target| self.file(target)).collect()
    }

    /// The files that define the macro with this path.
    pub(super) fn macro_files(&self, module: ModuleId, blocks: &[Scope], path: &[String]) -> BTreeSet<FileId> {
        let found = self.files(module, blocks, path);
        match path {
            // A `macro_rules!` is in scope after its definition, without an import.
            [name] if found.is_empty() => self.macros.get(name).cloned().unwrap_or_default(),
            _ => found,
        }
    }

    fn file(&self, target: Target) -> FileId {
        match target {
            Target::Module(id) => self.tree.modules[id].file,
            Target::Item(file) => file,
        }
    }

    /// Resolves a path. `None` if its first name does not belong to the crate.
    fn follow(&self, module: ModuleId, path: &[String], followed: &mut Followed) -> Option<Targets> {
        let (first, rest) = path.split_first()?;
        let start = match first.as_str() {
            "crate" => Targets::from([Target::Module(0)]),
            "self" => Targets::from([Target::Module(module)]),
            "super" => Targets::from([Target::Module(self.tree.modules[module].parent?)]),
            name => self.named(module, name, module, followed)?,
        };
        self.descend(start, rest, module, followed)
    }

    /// Resolves the rest of a path from the targets of its start.
    fn descend(
        &self,
        mut targets: Targets,
        rest: &[String],
        from: ModuleId,
        followed: &mut Followed,
    ) -> Option<Targets> {
        for name in rest {
            let has_module = targets.iter().any(|target| matches!(target, Target::Module(_)));
            let mut next = Targets::new();
            for target in targets {
                match target {
                    Target::Module(id) if name == "super" => {
                        next.extend(self.tree.modules[id].parent.map(Target::Module))
                    }
                    Target::Module(id) if name == "self" => next.extend([target].into_iter().filter(|_| id == from)),
                    Target::Module(id) => match self.named(id, name, from, followed) {
                        Some(found) => next.extend(found),
                        // A macro defines the item.
                        None => next.extend([Target::Item(self.tree.modules[id].file)]),
                    },
                    // A variant, or an associated item of a type.
                    Target::Item(_) if !has_module => next.extend([target]),
                    Target::Item(_) => {}
                }
            }
            targets = next;
        }
        Some(targets)
    }

    /// Resolves a name of `module` as seen from the module `from`. `None` if there is no such name.
    fn named(&self, module: ModuleId, name: &str, from: ModuleId, followed: &mut Followed) -> Option<Targets> {
        let scope = &self.scopes[module];
        let is_visible = |is_public: bool| is_public || self.tree.is_within(from, module);
        let mut found: Option<Targets> = None;
        for (number, meaning) in scope.names.get(name).into_iter().flatten().enumerate() {
            if !is_visible(meaning.is_public) {
                continue;
            }
            let targets = match &meaning.of {
                Of::Module(id) => Some(Targets::from([Target::Module(*id)])),
                Of::Item => Some(Targets::from([Target::Item(self.tree.modules[module].file)])),
                Of::Import(path) => self.once(followed, (module, name.to_owned(), number), |followed| {
                    // An item of another crate counts as defined by the file that imports it.
                    let own = || Targets::from([Target::Item(self.tree.modules[module].file)]);
                    Some(self.follow(module, path, followed).unwrap_or_else(own))
                }),
            };
            if let Some(targets) = targets {
                found.get_or_insert_default().extend(targets);
            }
        }
        if found.is_some() {
            return found;
        }
        for (number, glob) in scope.globs.iter().enumerate().filter(|(_, glob)| is_visible(glob.is_public)) {
            let targets = self.once(followed, (module, format!("*::{name}"), number), |followed| {
                self.in_glob(module, &glob.path, name, followed)
            });
            if let Some(targets) = targets {
                found.get_or_insert_default().extend(targets);
            }
        }
        found
    }

    /// The targets of a name that `use path::*` imports into a module.
    fn in_glob(&self, module: ModuleId, path: &[String], name: &str, followed: &mut Followed) -> Option<Targets> {
        let mut found: Option<Targets> = None;
        for target in self.follow(module, path, followed)? {
            if let Target::Module(id) = target
                && let Some(targets) = self.named(id, name, module, followed)
            {
                found.get_or_insert_default().extend(targets);
            }
        }
        found
    }

    fn once(
        &self,
        followed: &mut Followed,
        import: (ModuleId, String, usize),
        follow: impl FnOnce(&mut Followed) -> Option<Targets>,
    ) -> Option<Targets> {
        if followed.contains(&import) {
            return None;
        }
        followed.push(import);
        let found = follow(followed);
        followed.pop();
        found
    }
}

fn path_of(tree: &Tree, module: ModuleId) -> Vec<String> {
    let up = std::iter::successors(Some(module), |id| tree.modules[*id].parent).filter(|id| *id != 0);
    let mut path: Vec<String> = up.map(|id| tree.modules[id].name.clone()).collect();
    path.push("crate".to_owned());
    path.reverse();
    path
}
