//! The macros of the crate, and the expansion of their calls.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Item, ItemMacro, Macro};

/// The `macro_rules!` of a crate, by name. Several may have the same name.
#[derive(Default)]
pub(crate) struct Macros(BTreeMap<String, Vec<Definition>>);

/// A `macro_rules!`.
struct Definition {
    file: String,
    /// The name that proc-macro2 gives to the text of the file.
    text: String,
    rules: TokenStream,
}

/// The items that a call expands to, and their origin.
pub(crate) struct Expansion {
    pub(crate) items: Vec<Item>,
    pub(crate) origin: Origin,
}

/// The origin of expanded code: its definition and its call.
#[derive(Clone)]
pub(crate) struct Origin {
    /// The file with the definition.
    pub(crate) file: String,
    /// The name that proc-macro2 gives to the text of that file.
    pub(crate) text: String,
    /// The line of the call.
    pub(crate) line: usize,
}

impl Macros {
    /// Adds the macro that an item of a file defines, if it defines one.
    pub(crate) fn add(&mut self, file: &str, item: &Item) {
        if let Item::Macro(ItemMacro { ident: Some(name), mac, .. }) = item {
            let (file, text, rules) = (file.to_owned(), name.span().file(), mac.tokens.clone());
            self.0.entry(name.to_string()).or_default().push(Definition { file, text, rules });
        }
    }

    /// Whether the crate has a macro of this name.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Expands a call of the macro `name`. `None` for a macro of another crate, and for a macro
    /// that makes nothing public.
    pub(crate) fn expand(&self, name: &str, file: &str, call: &Macro) -> Option<Result<Expansion, String>> {
        let known = self.0.get(name)?;
        let own = known.iter().find(|definition| definition.file == file);
        let definition = match (own, known.as_slice()) {
            (Some(definition), _) | (None, [definition]) => definition,
            (None, _) => return Some(Err(format!("`{name}!` is defined more than once; rename all but one"))),
        };
        if !contains_pub(definition.rules.clone()) && !contains_pub(call.tokens.clone()) {
            return None;
        }
        let items = definition.items(call).map_err(|why| format!("cannot expand `{name}!`: {why}"));
        Some(items.map(|items| Expansion {
            items,
            origin: Origin {
                file: definition.file.clone(),
                text: definition.text.clone(),
                line: call.path.span().start().line,
            },
        }))
    }
}

impl Definition {
    fn items(&self, call: &Macro) -> Result<Vec<Item>, String> {
        let rules: Vec<TokenTree> = self.rules.clone().into_iter().collect();
        let (TokenTree::Group(matcher), TokenTree::Group(body)) = (match rules.as_slice() {
            [matcher, equals, arrow, body] if is(equals, '=') && is(arrow, '>') => (matcher, body),
            [matcher, equals, arrow, body, end] if is(equals, '=') && is(arrow, '>') && is(end, ';') => (matcher, body),
            _ => return Err("it has more than one rule".to_owned()),
        }) else {
            return Err("its rule cannot be read".to_owned());
        };
        let parameters = parameters(matcher).ok_or("its parameters are not all of the form `$name:ident`")?;
        let arguments = arguments(call.tokens.clone()).ok_or("its arguments are not all names")?;
        if parameters.len() != arguments.len() {
            return Err(format!("it takes {} arguments, but the call has {}", parameters.len(), arguments.len()));
        }
        let values = parameters.into_iter().zip(arguments).collect();
        let tokens = substitute(body.stream(), &values)?;
        Ok(syn::parse2::<syn::File>(tokens).map_err(|error| format!("it does not consist of items: {error}"))?.items)
    }
}

/// The names in `$first:ident, $second:ident`.
fn parameters(matcher: &Group) -> Option<Vec<String>> {
    let tokens: Vec<TokenTree> = matcher.stream().into_iter().collect();
    let parameters = tokens.split(|token| is(token, ','));
    let parameters = parameters.filter(|tokens| !tokens.is_empty()).map(|tokens| match tokens {
        [dollar, TokenTree::Ident(name), colon, TokenTree::Ident(kind)]
            if is(dollar, '$') && is(colon, ':') && kind == "ident" =>
        {
            Some(name.to_string())
        }
        _ => None,
    });
    parameters.collect()
}

fn arguments(tokens: TokenStream) -> Option<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let arguments = tokens.split(|token| is(token, ',')).filter(|tokens| !tokens.is_empty());
    arguments.map(|tokens| if let [name @ TokenTree::Ident(_)] = tokens { Some(name.clone()) } else { None }).collect()
}

/// The body of a rule, with the parameters replaced by the arguments.
fn substitute(body: TokenStream, values: &BTreeMap<String, TokenTree>) -> Result<TokenStream, String> {
    let mut tokens = body.into_iter();
    let mut result = Vec::new();
    while let Some(token) = tokens.next() {
        result.push(match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), substitute(group.stream(), values)?);
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            token if is(&token, '$') => match tokens.next() {
                Some(TokenTree::Ident(name)) if name == "crate" => TokenTree::Ident(name),
                Some(TokenTree::Ident(name)) => {
                    let value = values.get(&name.to_string());
                    value.cloned().ok_or_else(|| format!("it has no parameter `${name}`"))?
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    return Err("it repeats a part of its body".to_owned());
                }
                _ => return Err("its body cannot be read".to_owned()),
            },
            token => token,
        });
    }
    Ok(result.into_iter().collect())
}

fn contains_pub(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => contains_pub(group.stream()),
        TokenTree::Ident(name) => name == "pub",
        _ => false,
    })
}

fn is(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}
