//! The documentation of a twin: the prose and the errors of the async one. Examples are left out
//! because they are async code.

use regex::{Captures, Regex};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::error::Translated;
use crate::exports::Place;
use crate::scope::Scope;

/// The documentation lines for the twin of `name`, such as `Rooms::list`.
pub(crate) fn of(scope: &Scope<'_>, attributes: &[Attribute], name: &str, panics: bool) -> Translated<Vec<String>> {
    let lines: Vec<String> = attributes.iter().filter_map(line).collect();
    let lines = without_examples(&lines);
    let is_heading = |line: &&String| line.trim().starts_with("# ");
    let first: Vec<&String> = lines.iter().copied().take_while(|line| !is_heading(line)).collect();
    let mut errors = lines.iter().copied().skip_while(|line| line.trim() != "# Errors");
    let heading = errors.next();
    let errors: Vec<&String> = heading.into_iter().chain(errors.take_while(|line| !is_heading(line))).collect();

    let path = scope.exports.path_of_item(name);
    let own = format!(" The blocking form of [`{}::{path}`](crate::{path}).", scope.exports.crate_name);
    let panics: &[&str] = if panics { &[" # Panics", "", " Panics if called inside async code."] } else { &[] };
    let adapt = |lines: Vec<&String>| -> Translated<Vec<String>> {
        lines.into_iter().map(|line| adapt(scope, attributes, line)).collect()
    };
    let parts: [Vec<String>; 4] =
        [adapt(first)?, vec![own], adapt(errors)?, panics.iter().map(|line| (*line).to_owned()).collect()];
    let parts = parts.map(|part| trimmed(&part).to_vec());
    Ok(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&String::new()))
}

/// Adapts a line to the twin: links lead to twins where they exist, a stream becomes an iterator,
/// and a future without an output a closure.
fn adapt(scope: &Scope<'_>, attributes: &[Attribute], line: &str) -> Translated<String> {
    let link = pattern(r"\[`([^`\]]+)`\](?:\(([^)]*)\))?");
    let mut fault = None;
    let line = link.replace_all(line, |found: &Captures<'_>| {
        let label = &found[1];
        let target = found.get(2).map_or_else(|| label.trim_end_matches("()"), |target| target.as_str());
        match relink(scope, target) {
            Link::Same => found[0].to_owned(),
            Link::To(target) if target == *label => format!("[`{label}`]"),
            Link::To(target) => format!("[`{label}`]({target})"),
            Link::Unknown => {
                let at = attributes.first();
                fault = at.map(|at| scope.fault(at, format!("cannot resolve the link to `{target}`")));
                String::new()
            }
        }
    });
    if let Some(fault) = fault {
        return Err(fault);
    }
    // Code and paths are left alone because `stream` is also the name of a method.
    let stream = pattern(r"(::)?\b([Aa] )?([Ss])tream\b");
    let line = line.replace("this future completes", "this closure returns `true`");
    let parts = line.split('`').enumerate().map(|(number, part)| match number % 2 {
        1 => part.into(),
        _ => stream.replace_all(part, |found: &Captures<'_>| {
            if found.get(1).is_some() {
                return found[0].to_owned();
            }
            let article = found.get(2).map_or("", |article| if article.as_str() == "A " { "An " } else { "an " });
            format!("{article}{}", if &found[3] == "S" { "Iterator" } else { "iterator" })
        }),
    });
    Ok(parts.collect::<Vec<_>>().join("`"))
}

enum Link {
    /// The link leads to the right place from the twin too.
    Same,
    To(String),
    Unknown,
}

fn relink(scope: &Scope<'_>, target: &str) -> Link {
    if target.contains("://") || target.starts_with('#') {
        return Link::Same;
    }
    let written: Vec<String> = target.split("::").map(str::to_owned).collect();
    // The last part may be a method of the type before it.
    for length in (1..=written.len()).rev() {
        let rest: String = written[length..].iter().map(|part| format!("::{part}")).collect();
        match scope.place_of(&written[..length]) {
            Some(Place::Wrapped(_)) if written[0] == "Self" => return Link::Same,
            Some(Place::Plain) => return Link::Same,
            Some(Place::Wrapped(name)) => return Link::To(format!("{name}{rest}")),
            Some(Place::Public(name)) => {
                return Link::To(format!("crate::{}{rest}", scope.exports.path_of_item(&name)));
            }
            Some(Place::Foreign(full)) => return Link::To(format!("{}{rest}", full.join("::"))),
            Some(Place::Private(_)) | None => {}
        }
    }
    Link::Unknown
}

/// The lines without code blocks, and without repeated empty lines.
fn without_examples(lines: &[String]) -> Vec<&String> {
    let (mut rest, mut in_code) = (Vec::<&String>::new(), false);
    for line in lines {
        let is_second_empty = line.trim().is_empty() && rest.last().is_some_and(|last| last.trim().is_empty());
        if line.trim().starts_with("```") {
            in_code = !in_code;
        } else if !in_code && !is_second_empty {
            rest.push(line);
        }
    }
    rest
}

/// The lines without leading and trailing empty lines.
fn trimmed(lines: &[String]) -> &[String] {
    let is_text = |line: &String| !line.trim().is_empty();
    let start = lines.iter().position(is_text).unwrap_or(lines.len());
    let end = lines.iter().rposition(is_text).map_or(start, |last| last + 1);
    &lines[start..end]
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the regular expression is valid")
}

fn line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    match &meta.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
