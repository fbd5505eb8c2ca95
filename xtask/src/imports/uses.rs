//! The names that a module uses, with the files that define them.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Field, ImplItem, Item, ItemMacro, ItemUse, Local, Macro, Meta, Path, Stmt};

use super::names::Names;
use super::scope::{Scope, leaves, plain};
use super::tree::{FileId, ModuleId, attributes, impl_item_attributes, is_test};

/// One use of a name that another file defines.
pub(super) struct Use {
    pub(super) line: usize,
    /// The name of an import, or a path as written.
    pub(super) name: String,
    pub(super) target: FileId,
}

/// All uses in a module, without its submodules.
pub(super) fn uses(names: &Names<'_>, module: ModuleId) -> Vec<Use> {
    let mut collector = Collector { names, module, blocks: Vec::new(), found: Vec::new() };
    for item in &names.tree.modules[module].items {
        collector.visit_item(item);
    }
    collector.found
}

struct Collector<'n> {
    names: &'n Names<'n>,
    module: ModuleId,
    /// The enclosing blocks of code, the outermost first.
    blocks: Vec<Scope>,
    found: Vec<Use>,
}

impl Collector<'_> {
    fn path(&mut self, path: &[String], name: &str, line: usize) {
        let files = self.names.files(self.module, &self.blocks, path);
        self.add(files, name, line);
    }

    fn add(&mut self, files: BTreeSet<FileId>, name: &str, line: usize) {
        let own = self.names.tree.modules[self.module].file;
        let uses = files.into_iter().filter(|file| *file != own);
        self.found.extend(uses.map(|target| Use { line, name: name.to_owned(), target }));
    }

    /// Adds the paths in tokens that are not parsed, such as the arguments of a macro.
    fn tokens(&mut self, tokens: TokenStream, counts: fn(&[String]) -> bool) {
        for Written { path, at, is_macro } in paths(tokens) {
            let name = path.join("::");
            if is_macro {
                let files = self.names.macro_files(self.module, &self.blocks, &path);
                self.add(files, &format!("{name}!"), at.start().line);
            } else if counts(&path) {
                self.path(&path, &name, at.start().line);
            }
        }
    }
}

impl<'a> Visit<'a> for Collector<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'a ImplItem) {
        if !is_test(impl_item_attributes(item)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_field(&mut self, field: &'a Field) {
        if !is_test(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_local(&mut self, local: &'a Local) {
        if !is_test(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        for leaf in leaves(&item.tree) {
            let name = if leaf.name.is_some() { leaf.path.last().map_or("", String::as_str) } else { "*" };
            self.path(&leaf.path, name, leaf.line);
        }
    }

    fn visit_block(&mut self, block: &'a Block) {
        let items = block.stmts.iter().filter_map(|stmt| if let Stmt::Item(item) = stmt { Some(item) } else { None });
        self.blocks.push(Scope::of(items.filter(|item| !is_test(attributes(item)))));
        visit::visit_block(self, block);
        self.blocks.pop();
    }

    fn visit_path(&mut self, path: &'a Path) {
        let written: Vec<String> = path.segments.iter().map(|segment| plain(&segment.ident)).collect();
        if path.leading_colon.is_none()
            && let Some(first) = path.segments.first()
        {
            self.path(&written, &written.join("::"), first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a Macro) {
        let path: Vec<String> = call.path.segments.iter().map(|segment| plain(&segment.ident)).collect();
        let files = self.names.macro_files(self.module, &self.blocks, &path);
        if let Some(first) = call.path.segments.first() {
            self.add(files, &format!("{}!", path.join("::")), first.ident.span().start().line);
        }
        self.tokens(call.tokens.clone(), |path| path.len() > 1);
    }

    fn visit_item_macro(&mut self, item: &'a ItemMacro) {
        if item.ident.is_some() {
            // Other names are resolved where the macro is called.
            self.tokens(item.mac.tokens.clone(), |path| path.len() > 1 && path[0] == "crate");
        } else {
            self.visit_macro(&item.mac);
        }
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        if let Meta::List(list) = &attribute.meta {
            let is_own = |path: &[String]| path.len() > 1 && ["crate", "super", "self"].contains(&path[0].as_str());
            self.tokens(list.tokens.clone(), is_own);
            for text in strings(list.tokens.clone()) {
                let value = text.value();
                let path: Vec<String> = value.split("::").map(str::to_owned).collect();
                if is_own(&path) {
                    self.path(&path, &value, text.span().start().line);
                }
            }
        }
    }
}

/// A path in the tokens of a macro.
struct Written {
    path: Vec<String>,
    at: Span,
    /// Whether the path is followed by `!(…)`.
    is_macro: bool,
}

fn paths(tokens: TokenStream) -> Vec<Written> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is =
        |at: usize, wanted: char| matches!(tokens.get(at), Some(TokenTree::Punct(found)) if found.as_char() == wanted);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => found.extend(paths(group.stream())),
            // Not a field, a method, or the rest of a path.
            TokenTree::Ident(first)
                if at == 0
                    || !(is(at - 1, '.') && !(at > 1 && is(at - 2, '.'))
                        || is(at - 1, ':') && at > 1 && is(at - 2, ':')) =>
            {
                let mut path = vec![plain(first)];
                while is(at + 1, ':')
                    && is(at + 2, ':')
                    && let Some(TokenTree::Ident(next)) = tokens.get(at + 3)
                {
                    path.push(plain(next));
                    at += 3;
                }
                let is_macro = is(at + 1, '!') && matches!(tokens.get(at + 2), Some(TokenTree::Group(_)));
                found.push(Written { path, at: first.span(), is_macro });
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn strings(tokens: TokenStream) -> Vec<syn::LitStr> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(strings(group.stream())),
            TokenTree::Literal(literal) => {
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    found.push(text);
                }
            }
            _ => {}
        }
    }
    found
}
